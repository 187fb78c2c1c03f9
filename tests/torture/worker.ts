// A process that does operations on a database as it is told: one JSON line in, one out, as many at once as come.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { depsOf, openTarget, operation, perform, target } from '#tests/torture/engine.ts';

const order = z.strictObject({ id: z.int(), wait: z.number(), operation });
const storage = await openTarget(target.parse(JSON.parse(process.argv[2] ?? '')));
const deps = depsOf(storage);
const say = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value)}\n`); };

say({ id: -1 });
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { id, wait, operation: asked } = order.parse(JSON.parse(line));
  setTimeout(() => {
    perform(deps, storage, asked).then((answer) => { say({ id, answer }); }, (fault: unknown) => { say({ id, fault: String(fault) }); });
  }, wait);
});
lines.on('close', () => { void storage.close(); });
