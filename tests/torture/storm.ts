// A process that books, cancels and moves bookings as fast as it can on several lanes until it is killed or has done
// `count`: it says what it is about to do before, and what came of it after. Each lane touches its own bookings only.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { depsOf, openTarget, perform, target, type Operation } from '#tests/torture/engine.ts';
import { chanceOf } from '#tests/torture/harness.ts';

const orders = z.strictObject({ target, lanes: z.int().min(1).max(16), count: z.int().min(1).max(100_000), seed: z.int(), slots: z.array(z.string()).min(1) });

// One write for one line, finished before anything else happens: pipes and files are written synchronously here.
const say = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value)}\n`); };

async function storm({ target: of, lanes, count, seed, slots }: z.infer<typeof orders>): Promise<void> {
  const storage = await openTarget(of);
  const deps = depsOf(storage);
  const lane = async (number: number): Promise<void> => {
    const chance = chanceOf(seed * 100 + number);
    const pick = (): string => slots[Math.floor(chance() * slots.length)] ?? '';
    const own: { reference: string; queryCode: string }[] = [];
    for (let step = 0; step < count; step += 1) {
      const n = (seed * 20 + number) * 1000 + step;
      const kind = chance();
      const held = own[Math.floor(chance() * own.length)];
      const asked: Operation = held === undefined || kind < 0.7
        ? { do: 'book', slot: pick(), child: n, key: `storm-${n}` }
        : kind < 0.85 ? { do: 'cancel', ...held } : { do: 'reschedule', ...held, slot: pick(), key: `storm-${n}` };
      say({ n, operation: asked });
      const answer = await perform(deps, storage, asked);
      say({ n, answer });
      if (answer.ok && asked.do === 'book') own.push({ reference: answer.reference, queryCode: answer.queryCode });
      if (answer.ok && asked.do === 'cancel') own.splice(own.findIndex(({ reference }) => reference === asked.reference), 1);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  await storage.close();
}

// Loaded and warm, it waits for its orders: one line.
const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  void storm(orders.parse(JSON.parse(line))).then(() => { lines.close(); });
});
