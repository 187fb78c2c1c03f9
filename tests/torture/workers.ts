import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { answer, type Answer, type Operation, type Target } from '#tests/torture/engine.ts';

const reply = z.strictObject({ id: z.int(), answer: answer.optional(), fault: z.string().optional() });

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** A process that does operations. */
export type Worker = {
  /** Does one operation after `wait` milliseconds; rejects with the fault the program met. */
  readonly ask: (operation: Operation, wait?: number) => Promise<Answer>;
  readonly stop: () => Promise<void>;
};

/** Starts a process on a database and waits until it is open. */
export async function startWorker(of: Target): Promise<Worker> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), JSON.stringify(of)], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('a worker without pipes');
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  const waiting = new Map<number, { readonly resolve: (value: Answer) => void; readonly reject: (fault: Error) => void }>();
  let next = 0;
  await new Promise<void>((resolve, reject) => {
    void exited.then(() => {
      const gone = new Error('a worker ended');
      reject(gone);
      for (const { reject: lose } of waiting.values()) lose(gone);
    });
    createInterface({ input: stdout }).on('line', (line) => {
      const { id, answer: given, fault } = reply.parse(JSON.parse(line));
      if (id === -1) resolve();
      const asked = waiting.get(id);
      waiting.delete(id);
      if (given) asked?.resolve(given);
      else asked?.reject(new Error(fault));
    });
  });
  return {
    ask: (operation, wait = 0) => new Promise((resolve, reject) => {
      const id = next;
      next += 1;
      waiting.set(id, { resolve, reject });
      stdin.write(`${JSON.stringify({ id, wait, operation })}\n`);
    }),
    stop: async () => {
      stdin.end();
      await exited;
    },
  };
}
