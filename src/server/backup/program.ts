import { spawn, type ChildProcess } from 'node:child_process';

/** Settles when a program has ended; its failure is told with its own last words. */
export const ended = (child: ChildProcess, name: string): Promise<void> => new Promise((resolve, reject) => {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-2000); });
  child.on('error', reject);
  child.on('close', (code) => { if (code === 0) resolve(); else reject(new Error(`${name} ended with ${String(code)}: ${said.trim()}`)); });
});

/** Runs a program to its end, without a word to it. */
export const runProgram = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> => ended(spawn(program, [...args], { env, stdio: ['ignore', 'ignore', 'pipe'] }), program);
