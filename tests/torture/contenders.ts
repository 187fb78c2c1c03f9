// 500 families want the last seats at the same moment: never one too many, never one too few.
import { depsOf, makeSlots, openTarget, perform, type Answer, type Target } from '#tests/torture/engine.ts';
import { chanceOf, conviction, verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints, seatComplaints } from '#tests/torture/invariants.ts';
import { onBothEngines, type Places } from '#tests/torture/places.ts';
import { startWorker, type Worker } from '#tests/torture/workers.ts';

type Size = { readonly contenders: number; readonly seeds: number };
const capacities = [1, 6] as const;

/** One crowd on one slot. Every tenth family taps twice with the same key; every twentieth also asks under another key, for the same child. */
async function crowd(workers: readonly Worker[], slot: string, capacity: number, size: Size, seed: number): Promise<readonly string[]> {
  const chance = chanceOf(seed);
  const asked: { readonly child: number; readonly answer: Promise<Answer> }[] = [];
  const ask = (child: number, key: string): void => {
    const worker = workers[Math.floor(chance() * workers.length)];
    if (worker) asked.push({ child, answer: worker.ask({ do: 'book', slot, child, key }, Math.floor(chance() * 30)) });
  };
  for (let index = 0; index < size.contenders; index += 1) {
    const child = (seed * 2 + capacity) * 10_000 + index;
    ask(child, `crowd-${child}`);
    if (index % 10 === 0) ask(child, `crowd-${child}`);
    if (index % 20 === 5) ask(child, `crowd-${child}-again`);
  }
  const answers = await Promise.all(asked.map(async ({ child, answer }) => ({ child, answer: await answer })));
  const winners = new Set(answers.flatMap(({ child, answer }) => (answer.ok ? [child] : [])));
  const receipts = new Set(answers.flatMap(({ answer }) => (answer.ok ? [answer.receipt] : [])));
  const reasons = new Set(answers.flatMap(({ answer }) => (answer.ok || answer.reason === 'full' || answer.reason === 'already-booked' ? [] : [answer.reason])));
  return [
    ...(winners.size === capacity && receipts.size === capacity ? [] : [`seed ${seed}: ${winners.size} families hold ${receipts.size} receipts for ${capacity} seats`]),
    ...[...reasons].map((reason) => `seed ${seed}: refused with ${reason}`),
  ];
}

/** All seeds on one database; complaints, and how many asked. */
async function allCrowds(of: Target, processes: number, size: Size, say: Bench['say']): Promise<{ readonly complaints: readonly string[]; readonly asked: number }> {
  const storage = await openTarget(of);
  const workers = await Promise.all(Array.from({ length: processes }, () => startWorker(of)));
  const complaints: string[] = [];
  try {
    for (let seed = 1; seed <= size.seeds; seed += 1) {
      for (const capacity of capacities) {
        const [slot = ''] = await makeSlots(storage, [capacity]);
        complaints.push(...await crowd(workers, slot, capacity, size, seed));
        const row = await storage.read.selectFrom('slot').select('taken').where('id', '=', slot).executeTakeFirstOrThrow();
        if (row.taken !== capacity) complaints.push(`seed ${seed}: ${row.taken} of ${capacity} seats taken`);
        complaints.push(...await seatComplaints(storage, [slot]));
      }
      if (seed % 5 === 0) say(`  ${of.engine}: ${seed} of ${size.seeds} seeds`);
    }
    complaints.push(...await allComplaints(storage));
    return { complaints, asked: Math.round(size.seeds * capacities.length * size.contenders * 1.15) };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await storage.close();
  }
}

/** The torture on one engine, with its planted fault. */
export async function contendOn({ engine, processes, fresh }: Places, size: Size, say: Bench['say']): Promise<readonly Verdict[]> {
  const { complaints, asked } = await allCrowds(await fresh(), processes, size, say);
  const bad = await allCrowds(await fresh('unguarded-seats'), processes, { contenders: 60, seeds: 1 }, say);
  return [
    verdictOf(`${engine}: ${size.contenders} contenders for 1 and for 6 seats, ${size.seeds} seeds`, complaints, `${asked} requests from ${processes} processes`),
    conviction(`unguarded-seats on ${engine}`, bad.complaints),
  ];
}

/** Contenders. */
export const contenders: Torture = {
  name: 'contenders', about: '500 contenders for 1 and for 6 seats, 20 seeds, on SQLite with 4 processes and PostgreSQL with a pool of 20',
  run: ({ quick, say }) => onBothEngines((places) => contendOn(places, quick ? { contenders: 100, seeds: 2 } : { contenders: 500, seeds: 20 }, say)),
};

/** A hundred requests under one key at once, and a hundred under one key with two bodies. */
export async function repeatOn({ engine, fresh }: Places, rounds: number): Promise<readonly Verdict[]> {
  const once = async (of: Target): Promise<readonly string[]> => {
    const storage = await openTarget(of);
    const deps = depsOf(storage);
    const complaints: string[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const [slot = '', other = ''] = await makeSlots(storage, [round % 2 === 0 ? 1 : 6, 6]);
        const key = `one-key-${round}`;
        const answers = await Promise.all(Array.from({ length: 100 }, () => perform(deps, storage, { do: 'book', slot, child: round * 10, key })));
        const different = new Set(answers.map((answer) => (answer.ok ? answer.receipt : answer.reason)));
        if (different.size !== 1 || !answers.every(({ ok }) => ok)) complaints.push(`round ${round}: ${different.size} different answers to one key`);
        const bodies = await Promise.all(Array.from({ length: 100 }, (_, index) => perform(deps, storage, { do: 'book', slot: other, child: round * 10 + 1 + (index % 2), key: `${key}-bodies` })));
        const [even, odd] = [0, 1].map((half) => bodies.filter((_, index) => index % 2 === half));
        const won = [even, odd].filter((half) => half?.every(({ ok }) => ok));
        const refusals = new Set(bodies.flatMap((answer) => (answer.ok ? [] : [answer.reason])));
        if (won.length !== 1 || [...refusals].join() !== 'idempotency-key-reused') complaints.push(`round ${round}: one key, two bodies: ${won.length} of them booked, refusals: ${[...refusals].join() || 'none'}`);
        for (const id of [slot, other]) {
          const { taken } = await storage.read.selectFrom('slot').select('taken').where('id', '=', id).executeTakeFirstOrThrow();
          if (taken !== 1) complaints.push(`round ${round}: ${taken} seats taken by one key`);
        }
      }
      return [...complaints, ...await allComplaints(storage)];
    } finally {
      await storage.close();
    }
  };
  return [
    verdictOf(`${engine}: one key a hundred times at once, ${rounds} rounds`, await once(await fresh()), 'one row, a hundred equal answers; of two bodies under one key one is booked'),
    conviction(`no-unique-key on ${engine}`, await once(await fresh('no-unique-key'))),
  ];
}

/** Same key. */
export const sameKey: Torture = {
  name: 'same-key', about: 'the same idempotency key a hundred times at once: one row and a hundred equal answers, on both engines',
  run: ({ quick }) => onBothEngines((places) => repeatOn(places, quick ? 3 : 20)),
};
