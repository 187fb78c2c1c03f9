// Random lives of two classes with a waiting list, held to the model of the queue: in turn, and with several people at
// once, where some order of their steps must explain every answer and the state of every booking at the end.
import fc from 'fast-check';
import { type Answer, type Operation, type Target } from '#tests/torture/engine.ts';
import { conviction, verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { complaintsOf, live, type Outcome } from '#tests/torture/histories.ts';
import { seatComplaints } from '#tests/torture/invariants.ts';
import { agrees, isLinearizable, type Event, type Given } from '#tests/torture/linearizable.ts';
import { onBothEngines, type Places } from '#tests/torture/places.ts';
import { seatsOn, takeInQueue, type Queue, type QueueStep } from '#tests/torture/queueModel.ts';
import type { Worker } from '#tests/torture/workers.ts';
import { aSlot, sundayMorning } from '#tests/builders/booking.ts';
import type { Storage } from '#storage/schema.ts';

const key = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8');
const slot = fc.nat({ max: 1 });
const child = fc.nat({ max: 5 });
const quietly: readonly fc.WeightedArbitrary<QueueStep>[] = [
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join' as const), slot, child, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('book' as const), slot, child, key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'accept' as const), of: key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resize' as const), slot, capacity: fc.integer({ min: 1, max: 3 }) }) },
];
const lapse: fc.WeightedArbitrary<QueueStep> = { weight: 1, arbitrary: fc.constant({ do: 'lapse' as const }) };
const capacities = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 2 });

type World = { readonly ids: readonly string[]; readonly act: (step: QueueStep, worker: Worker) => Promise<Given>; readonly matches: () => Promise<(queue: Queue) => boolean> };

async function makeWorld(storage: Storage, run: number, sizes: readonly number[]): Promise<World> {
  const ids: string[] = [];
  // Far enough ahead for a lapse a day, near enough to be bookable.
  for (const [at, capacity] of sizes.entries()) ids.push((await aSlot(storage, { kind: 'class', capacity, startsAt: sundayMorning + (26 + at) * 86_400_000 })).id);
  const receipts = new Map<string, { readonly reference: string; readonly queryCode: string }>();
  let days = 0;
  const operationOf = (step: QueueStep): Operation | undefined => {
    if (step.do === 'lapse') {
      days += 1;
      return { do: 'lapse', days };
    }
    if (step.do === 'resize') return { do: 'resize', slot: ids[step.slot] ?? '', capacity: step.capacity };
    if ('key' in step) return { do: 'join', slot: ids[step.slot] ?? '', child: run * 10 + step.child, key: `queue-${run}-${step.key}`, wait: step.do === 'join', days };
    const claim = receipts.get(step.of);
    return claim && { do: step.do === 'accept' ? 'accept' : 'leave', ...claim, days };
  };
  const readAnswer = (step: QueueStep, answer: Answer): Given => {
    if (!answer.ok) return { ok: false, reason: answer.reason };
    if ('key' in step) receipts.set(step.key, { reference: answer.reference, queryCode: answer.queryCode });
    return { ok: true, state: answer.state, slot: ids.indexOf(answer.slot) };
  };
  return {
    ids,
    act: async (step, worker) => {
      const operation = operationOf(step);
      return operation ? readAnswer(step, await worker.ask(operation)) : { ok: false, reason: 'not-found' };
    },
    matches: async () => {
      const rows = await storage.read.selectFrom('slot').select(['id', 'taken', 'capacity']).where('id', 'in', ids).execute();
      const made = await storage.read.selectFrom('booking').select(['reference', 'state']).where('slot_id', 'in', ids).execute();
      return (queue) => made.length === queue.families.length
        && rows.every(({ id, taken, capacity }) => taken === seatsOn(queue, ids.indexOf(id)) && capacity === queue.capacities[ids.indexOf(id)])
        && queue.families.every(({ name, state }) => made.find(({ reference }) => reference === receipts.get(name)?.reference)?.state === state);
    },
  };
}

const tell = (value: unknown): string => JSON.stringify(value);

async function inTurn(of: Target, storage: Storage, workers: readonly Worker[], runs: number): Promise<Outcome> {
  let [run, steps] = [0, 0];
  const life = fc.array(fc.oneof(...quietly, lapse), { minLength: 6, maxLength: 24, size: 'max' });
  const complaints = await complaintsOf(fc.asyncProperty(capacities, life, async (sizes, taken) => {
    run += 1;
    const world = await makeWorld(storage, run, sizes);
    let queue: Queue = { capacities: sizes, families: [] };
    for (const [at, step] of taken.entries()) {
      const worker = workers[at % workers.length];
      if (!worker) throw new Error('no worker');
      const given = await world.act(step, worker);
      const [next, expected] = takeInQueue(queue, step);
      if (!agrees(expected, given)) throw new Error(`step ${at} answered ${tell(given)}, the model says ${tell(expected)}`);
      queue = next;
      steps += 1;
    }
    if (!(await world.matches())(queue)) throw new Error(`the rows are not as the model has them: ${tell(queue)}`);
    const wrong = await seatComplaints(storage, world.ids);
    if (wrong.length > 0) throw new Error(wrong.join(', '));
  }), runs, of.plant === undefined);
  return { complaints: complaints.map((complaint) => `${of.engine} ${complaint}`), steps };
}

async function atOnce(of: Target, storage: Storage, workers: readonly Worker[], runs: number): Promise<Outcome> {
  let [run, steps] = [200_000, 0];
  const people = fc.array(fc.array(fc.oneof(...quietly), { minLength: 1, maxLength: 3, size: 'max' }), { minLength: 2, maxLength: 4, size: 'max' });
  const before = fc.array(fc.oneof(...quietly), { minLength: 3, maxLength: 8, size: 'max' });
  const complaints = await complaintsOf(fc.asyncProperty(capacities, before, people, async (sizes, first, lanes) => {
    run += 1;
    const world = await makeWorld(storage, run, sizes);
    const [quiet] = workers;
    if (!quiet) throw new Error('no worker');
    let [queue, clock]: [Queue, number] = [{ capacities: sizes, families: [] }, 0];
    for (const step of first) {
      await world.act(step, quiet);
      [queue] = takeInQueue(queue, step);
    }
    const known = new Set(queue.families.map(({ name }) => name));
    const events: Event<QueueStep>[] = [];
    await Promise.all(lanes.map(async (lane, number) => {
      const worker = workers[number % workers.length];
      for (const step of lane) {
        if (!worker || ('of' in step && !known.has(step.of))) continue;
        const from = clock++;
        const given = await world.act(step, worker);
        events.push({ step, given, from, until: clock++ });
        steps += 1;
      }
    }));
    if (!isLinearizable(takeInQueue, queue, events, await world.matches())) throw new Error(`no order explains ${tell(events)}, from ${tell(queue)}`);
    const wrong = await seatComplaints(storage, world.ids);
    if (wrong.length > 0) throw new Error(wrong.join(', '));
  }), runs, false);
  return { complaints: complaints.map((complaint) => `${of.engine} ${complaint}`), steps };
}

/** Both phases on one engine, and a planted fault. */
export async function queueOn({ engine, processes, fresh }: Places, runs: number): Promise<readonly Verdict[]> {
  const calm = await live(await fresh(), 1, runs, inTurn);
  const busy = await live(await fresh(), processes, runs, atOnce);
  const twins = await live(await fresh('no-unique-child'), 1, 60, inTurn);
  return [
    verdictOf(`${engine}: ${runs} lives of a waiting list, one step after another, answer as the model`, calm.complaints, `${calm.steps} steps`),
    verdictOf(`${engine}: ${runs} histories of a waiting list with two to four people at once are linearizable`, busy.complaints, `${busy.steps} steps from ${processes} processes`),
    conviction(`no-unique-child in a waiting list on ${engine}`, twins.complaints),
  ];
}

/** Waiting list. */
export const queues: Torture = {
  name: 'queue', about: 'random lives of a waiting list against a model of 60 lines: fair order, a freed seat held for one, offers that lapse; linearizable; on both engines',
  run: ({ quick }) => onBothEngines((places) => queueOn(places, quick ? 15 : 300)),
};
