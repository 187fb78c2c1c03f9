// Random lives of a few slots, held to the model: step by step, and with several people at once, where some order of
// their steps must explain every answer and the rows at the end.
import fc from 'fast-check';
import { openTarget, type Answer, type Operation, type Target } from '#tests/torture/engine.ts';
import { conviction, verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints, seatComplaints } from '#tests/torture/invariants.ts';
import { agrees, isLinearizable, type Event, type Given } from '#tests/torture/linearizable.ts';
import { take, takenOn, type Book, type Step } from '#tests/torture/model.ts';
import { onBothEngines, type Places } from '#tests/torture/places.ts';
import { startWorker, type Worker } from '#tests/torture/workers.ts';
import { aSlot, sundayMorning } from '#tests/builders/booking.ts';
import type { Storage } from '#storage/schema.ts';

// Two times on one day and one on the next, all of one institution; three children; few keys, so that they are reused.
const days = [1, 1, 2];
const key = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6');
const slot = fc.nat({ max: days.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('book' as const), slot, child: fc.nat({ max: 2 }), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), of: key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reschedule' as const), of: key, slot, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resize' as const), slot, capacity: fc.integer({ min: 1, max: 3 }) }) },
);
const capacities = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }));

type World = { readonly book: Book; readonly act: (step: Step, worker: Worker) => Promise<Given>; readonly look: (book: Book) => Promise<readonly string[]>; readonly ids: readonly string[] };

/** Fresh slots, and the way from the model's steps to the program's operations. */
async function makeWorld(storage: Storage, run: number, sizes: readonly number[]): Promise<World> {
  const ids: string[] = [];
  let institution: string | undefined;
  for (const [at, day] of days.entries()) {
    const made = await aSlot(storage, { capacity: sizes[at] ?? 1, startsAt: sundayMorning + day * 86_400_000 + at * 7_200_000, ...(institution === undefined ? {} : { institution }) });
    institution = made.institution;
    ids.push(made.id);
  }
  const receipts = new Map<string, { readonly reference: string; readonly queryCode: string }>();
  const operationOf = (of: Step): Operation | undefined => {
    const id = 'slot' in of ? (ids[of.slot] ?? '') : '';
    const named = (name: string): string => `run-${run}-${name}`;
    if (of.do === 'book') return { do: 'book', slot: id, child: run * 10 + of.child, key: named(of.key) };
    if (of.do === 'resize') return { do: 'resize', slot: id, capacity: of.capacity };
    const claim = receipts.get(of.of);
    if (!claim) return undefined;
    return of.do === 'cancel' ? { do: 'cancel', ...claim } : { do: 'reschedule', ...claim, slot: id, key: named(of.key) };
  };
  const readAnswer = (of: Step, answer: Answer): Given => {
    if (!answer.ok) return { ok: false, reason: answer.reason };
    if (of.do === 'book') receipts.set(of.key, { reference: answer.reference, queryCode: answer.queryCode });
    return { ok: true, state: answer.state, slot: ids.indexOf(answer.slot) };
  };
  return {
    ids, book: { slots: days.map((day, at) => ({ day, capacity: sizes[at] ?? 1 })), bookings: {}, keys: {} },
    act: async (of, worker) => {
      const operation = operationOf(of);
      return operation ? readAnswer(of, await worker.ask(operation)) : { ok: false, reason: 'not-found' };
    },
    look: async (book) => {
      const rows = await storage.read.selectFrom('slot').select(['id', 'taken', 'capacity']).where('id', 'in', ids).execute();
      const made = await storage.read.selectFrom('booking').select(['reference', 'state', 'slot_id']).where('slot_id', 'in', ids).execute();
      const wrongSlots = rows.filter(({ id, taken, capacity }) => taken !== takenOn(book, ids.indexOf(id)) || capacity !== book.slots[ids.indexOf(id)]?.capacity);
      const wrong = Object.entries(book.bookings).filter(([name, { state, slot: at }]) => {
        const row = made.find(({ reference }) => reference === receipts.get(name)?.reference);
        return row?.state !== state || row.slot_id !== ids[at];
      });
      return [...wrongSlots.map(({ taken, capacity }) => `a slot has ${taken} of ${capacity}`), ...wrong.map(([name]) => `${name} is not as the model has it`),
        ...(made.length === Object.keys(book.bookings).length ? [] : [`${made.length} bookings, the model has ${Object.keys(book.bookings).length}`])];
    },
  };
}

/** What a run of histories came to. */
export type Outcome = { readonly complaints: readonly string[]; readonly steps: number };

/** The property's counterexample in words, or nothing. */
export async function complaintsOf<Values>(property: fc.IAsyncProperty<Values>, runs: number, shrink: boolean): Promise<readonly string[]> {
  const details = await fc.check(property, { numRuns: runs, seed: 20_261_122, endOnFailure: !shrink });
  return details.failed ? [`after ${details.numRuns} runs, seed ${details.seed}: ${JSON.stringify(details.counterexample)}: ${details.errorInstance instanceof Error ? details.errorInstance.message : ''}`] : [];
}

/** One after another: every answer and the rows after every life are the model's. */
async function inTurn(of: Target, storage: Storage, workers: readonly Worker[], runs: number): Promise<Outcome> {
  let [run, steps] = [0, 0];
  const complaints = await complaintsOf(fc.asyncProperty(capacities, fc.array(step, { minLength: 4, maxLength: 24, size: 'max' }), async (sizes, life) => {
    run += 1;
    const world = await makeWorld(storage, run, sizes);
    let { book } = world;
    for (const [at, one] of life.entries()) {
      const worker = workers[at % workers.length];
      if (!worker) throw new Error('no worker');
      const given = await world.act(one, worker);
      const [next, expected] = take(book, one);
      if (!agrees(expected, given)) throw new Error(`step ${at} answered ${JSON.stringify(given)}, the model says ${JSON.stringify(expected)}`);
      book = next;
      steps += 1;
    }
    const wrong = [...await world.look(book), ...await seatComplaints(storage, world.ids)];
    if (wrong.length > 0) throw new Error(wrong.join(', '));
  }), runs, of.plant === undefined);
  return { complaints: complaints.map((complaint) => `${of.engine} ${complaint}`), steps };
}

/** At the same time: two to four people with up to three steps each, after a quiet beginning. */
async function atOnce(of: Target, storage: Storage, workers: readonly Worker[], runs: number): Promise<Outcome> {
  let [run, steps] = [100_000, 0];
  const people = fc.array(fc.array(step, { minLength: 1, maxLength: 3, size: 'max' }), { minLength: 2, maxLength: 4, size: 'max' });
  const complaints = await complaintsOf(fc.asyncProperty(capacities, fc.array(step, { maxLength: 5, size: 'max' }), people, async (sizes, before, lanes) => {
    run += 1;
    const world = await makeWorld(storage, run, sizes);
    let [{ book }, clock] = [world, 0];
    const [quiet] = workers;
    if (!quiet) throw new Error('no worker');
    for (const one of before) {
      await world.act(one, quiet);
      [book] = take(book, one);
    }
    // A booking made in this very moment has no receipt yet that another could come with.
    const known = new Set(Object.keys(book.bookings));
    const events: Event<Step>[] = [];
    await Promise.all(lanes.map(async (lane, number) => {
      const worker = workers[number % workers.length];
      for (const one of lane) {
        if (!worker || ('of' in one && !known.has(one.of))) continue;
        const from = clock++;
        const given = await world.act(one, worker);
        events.push({ step: one, given, from, until: clock++ });
        steps += 1;
      }
    }));
    const rows = await storage.read.selectFrom('slot').select(['id', 'taken', 'capacity']).where('id', 'in', [...world.ids]).execute();
    const isEnd = (end: Book): boolean => rows.every(({ id, taken, capacity }) => taken === takenOn(end, world.ids.indexOf(id)) && capacity === end.slots[world.ids.indexOf(id)]?.capacity);
    if (!isLinearizable(take, book, events, isEnd)) throw new Error(`no order explains ${JSON.stringify(events)} with rows ${JSON.stringify(rows.map(({ taken, capacity }) => [taken, capacity]))}`);
    const wrong = await seatComplaints(storage, world.ids);
    if (wrong.length > 0) throw new Error(wrong.join(', '));
  }), runs, false);
  return { complaints: complaints.map((complaint) => `${of.engine} ${complaint}`), steps };
}

type Phase = (of: Target, storage: Storage, workers: readonly Worker[], runs: number) => Promise<Outcome>;

/** Runs a phase on a database with so many processes; complaints of the whole database with it, unless something was planted. */
export async function live(of: Target, processes: number, runs: number, phase: Phase): Promise<Outcome> {
  const storage = await openTarget(of);
  const workers = await Promise.all(Array.from({ length: processes }, () => startWorker(of)));
  try {
    const outcome = await phase(of, storage, workers, runs);
    return { ...outcome, complaints: [...outcome.complaints, ...(of.plant === undefined ? await allComplaints(storage) : [])] };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await storage.close();
  }
}

/** Both phases on one engine, and their planted faults. */
export async function modelOn({ engine, processes, fresh }: Places, runs: number): Promise<readonly Verdict[]> {
  const calm = await live(await fresh(), 1, runs, inTurn);
  const busy = await live(await fresh(), processes, runs, atOnce);
  const twins = await live(await fresh('no-unique-child'), 1, 60, inTurn);
  const crowd = await live(await fresh('unguarded-seats'), processes, 60, atOnce);
  return [
    verdictOf(`${engine}: ${runs} lives, one step after another, answer as the model`, calm.complaints, `${calm.steps} steps`),
    verdictOf(`${engine}: ${runs} histories of two to four people at once are linearizable`, busy.complaints, `${busy.steps} steps from ${processes} processes`),
    conviction(`no-unique-child on ${engine}`, twins.complaints),
    conviction(`unguarded-seats at once on ${engine}`, crowd.complaints),
  ];
}

/** Model. */
export const histories: Torture = {
  name: 'model', about: 'random lives against a model of 60 lines (fast-check); with several people at once every history is linearizable; on both engines',
  run: ({ quick }) => onBothEngines((places) => modelOn(places, quick ? 15 : 300)),
};
