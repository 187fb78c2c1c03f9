// Random days of an institution that gives care by the hour, held to the model of its desk: in turn, and with families
// and several of its staff at once, where some order of their steps must explain every answer and the rows at the end.
import fc from 'fast-check';
import { depsOf, perform, type Answer, type Operation, type Target } from '#tests/torture/engine.ts';
import { minutesOf, seatsAt, takeAtDesk, type Day, type DeskStep } from '#tests/torture/deskModel.ts';
import { conviction, verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { complaintsOf, live, type Outcome } from '#tests/torture/histories.ts';
import { seatComplaints } from '#tests/torture/invariants.ts';
import { agrees, isLinearizable, type Event, type Given } from '#tests/torture/linearizable.ts';
import { onBothEngines, type Places } from '#tests/torture/places.ts';
import type { Worker } from '#tests/torture/workers.ts';
import { aSlot, sundayMorning } from '#tests/builders/booking.ts';
import type { Storage } from '#storage/schema.ts';

// Two times on one day, two on others; a child has four hours a month.
const times = [{ day: 1, hours: 1 }, { day: 1, hours: 2 }, { day: 2, hours: 2 }, { day: 3, hours: 3 }];
const mostHours = 4;
const take = takeAtDesk(mostHours * 60);
const key = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6');
const walk = fc.constantFrom('w1', 'w2', 'w3');
const of = fc.oneof({ weight: 3, arbitrary: key }, { weight: 1, arbitrary: walk });
const slot = fc.nat({ max: times.length - 1 });
const child = fc.nat({ max: 2 });
const busily: readonly fc.WeightedArbitrary<DeskStep>[] = [
  { weight: 6, arbitrary: fc.record({ do: fc.constant('care' as const), slot, child, key, code: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('walkIn' as const), slot, child, key: walk, late: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reschedule' as const), of, slot, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), of }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('confirm' as const, 'decline' as const, 'drop' as const, 'attended' as const, 'noShow' as const, 'turnedAway' as const), of }) },
];
const codes: fc.WeightedArbitrary<DeskStep> = { weight: 1, arbitrary: fc.oneof(fc.constant({ do: 'issue' as const }), fc.constant({ do: 'revoke' as const })) };
const capacities = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: times.length, maxLength: times.length });

type World = { readonly ids: readonly string[]; readonly act: (step: DeskStep, worker: Worker) => Promise<Given>; readonly matches: () => Promise<(day: Day) => boolean> };

async function makeSlots(storage: Storage, sizes: readonly number[]): Promise<{ readonly institution: string; readonly ids: readonly string[] }> {
  const ids: string[] = [];
  let institution: string | undefined;
  for (const [at, { day, hours }] of times.entries()) {
    const made = await aSlot(storage, { kind: 'care', hours, capacity: sizes[at] ?? 1, startsAt: sundayMorning + day * 86_400_000 + at * 600_000, ...(institution === undefined ? {} : { institution }) });
    institution = made.institution;
    ids.push(made.id);
  }
  if (institution === undefined) throw new Error('no institution');
  await storage.write((tx) => tx.insertInto('booking_terms').values({
    scope: institution, kind: 'care', opens_days_ahead: 28, opens_at: '00:00', closes_hours_before: 2, cancel_hours_before: 2, confirmation: 'onRequest', monthly_hours: mostHours, waiting_list: 0, version: 1,
  }).execute());
  return { institution, ids };
}

async function makeWorld(storage: Storage, run: number, sizes: readonly number[]): Promise<World> {
  const { institution, ids } = await makeSlots(storage, sizes);
  const deps = depsOf(storage);
  const receipts = new Map<string, { readonly reference: string; readonly queryCode: string }>();
  let [code, inForce]: [string | null, boolean] = [null, false];
  const named = (name: string): string => `desk-${run}-${name}`;
  const operationOf = (step: Exclude<DeskStep, { do: 'issue' | 'revoke' }>): Operation | undefined => {
    const id = 'slot' in step ? (ids[step.slot] ?? '') : '';
    if (step.do === 'care') return { desk: true, do: 'care', slot: id, child: run * 10 + step.child, key: named(step.key), code: step.code ? code : null };
    if (step.do === 'walkIn') return { desk: true, do: 'walkIn', slot: id, child: run * 10 + step.child, key: named(step.key), late: step.late };
    const claim = receipts.get(step.of);
    if (!claim) return undefined;
    if (step.do === 'reschedule') return { do: 'reschedule', ...claim, slot: id, key: named(step.key) };
    return step.do === 'cancel' ? { do: 'cancel', ...claim } : { desk: true, do: step.do, reference: claim.reference };
  };
  const readAnswer = (step: DeskStep, answer: Answer): Given => {
    if (!answer.ok) return { ok: false, reason: answer.reason };
    if (step.do === 'care' || step.do === 'walkIn') receipts.set(step.key, { reference: answer.reference, queryCode: answer.queryCode });
    return { ok: true, state: answer.state, slot: ids.indexOf(answer.slot) };
  };
  return {
    ids,
    act: async (step, worker) => {
      if (step.do === 'issue' || step.do === 'revoke') {
        const answer = step.do === 'issue' && inForce ? undefined : await perform(deps, storage, { desk: true, do: step.do, institution });
        if (step.do === 'issue' && answer?.ok) code = answer.receipt;
        inForce = step.do === 'issue';
        return { ok: true, state: '', slot: -1 };
      }
      const operation = operationOf(step);
      return operation ? readAnswer(step, await worker.ask(operation)) : { ok: false, reason: 'not-found' };
    },
    matches: async () => {
      const rows = await storage.read.selectFrom('slot').select(['id', 'taken']).where('id', 'in', ids).execute();
      const made = await storage.read.selectFrom('booking').select(['reference', 'state', 'slot_id']).where('slot_id', 'in', ids).execute();
      const hours = await storage.read.selectFrom('child_hours').select('minutes').where('institution_id', '=', institution).execute();
      const minutes = hours.map((row) => row.minutes).filter((sum) => sum > 0).toSorted((one, other) => one - other);
      return (day) => rows.every(({ id, taken }) => taken === seatsAt(day, ids.indexOf(id)))
        && made.length === Object.keys(day.bookings).length
        && Object.entries(day.bookings).every(([name, one]) => made.some((row) => row.reference === receipts.get(name)?.reference && row.state === one.state && row.slot_id === ids[one.slot]))
        && JSON.stringify(minutes) === JSON.stringify([0, 1, 2].map((number) => minutesOf(day, number)).filter((sum) => sum > 0).toSorted((one, other) => one - other));
    },
  };
}

const tell = (value: unknown): string => JSON.stringify(value);
const morning = (sizes: readonly number[]): Day => ({ slots: times.map(({ day, hours }, at) => ({ day, minutes: hours * 60, capacity: sizes[at] ?? 1 })), bookings: {}, keys: {}, issued: 0, inForce: false });

async function inTurn(target: Target, storage: Storage, workers: readonly Worker[], runs: number): Promise<Outcome> {
  let [run, steps] = [300_000, 0];
  const life = fc.array(fc.oneof(...busily, codes), { minLength: 12, maxLength: 40, size: 'max' });
  const complaints = await complaintsOf(fc.asyncProperty(capacities, life, async (sizes, taken) => {
    run += 1;
    const world = await makeWorld(storage, run, sizes);
    let day = morning(sizes);
    for (const [at, step] of taken.entries()) {
      const worker = workers[at % workers.length];
      if (!worker) throw new Error('no worker');
      const given = await world.act(step, worker);
      const [next, expected] = take(day, step);
      if (!agrees(expected, given)) throw new Error(`step ${at} answered ${tell(given)}, the model says ${tell(expected)}`);
      day = next;
      steps += 1;
    }
    if (!(await world.matches())(day)) throw new Error(`the rows are not as the model has them: ${tell(day)}`);
    const wrong = await seatComplaints(storage, world.ids);
    if (wrong.length > 0) throw new Error(wrong.join(', '));
  }), runs, target.plant === undefined);
  return { complaints: complaints.map((complaint) => `${target.engine} ${complaint}`), steps };
}

async function atOnce(target: Target, storage: Storage, workers: readonly Worker[], runs: number): Promise<Outcome> {
  let [run, steps] = [400_000, 0];
  const people = fc.array(fc.array(fc.oneof(...busily), { minLength: 1, maxLength: 3, size: 'max' }), { minLength: 2, maxLength: 4, size: 'max' });
  const before = fc.array(fc.oneof(...busily, codes), { minLength: 6, maxLength: 14, size: 'max' });
  const complaints = await complaintsOf(fc.asyncProperty(capacities, before, people, async (sizes, first, lanes) => {
    run += 1;
    const world = await makeWorld(storage, run, sizes);
    const [quiet] = workers;
    if (!quiet) throw new Error('no worker');
    let [day, clock] = [morning(sizes), 0];
    for (const step of first) {
      await world.act(step, quiet);
      [day] = take(day, step);
    }
    const known = new Set(Object.keys(day.bookings));
    const events: Event<DeskStep>[] = [];
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
    if (!isLinearizable(take, day, events, await world.matches())) throw new Error(`no order explains ${tell(events)}, from ${tell(day)}`);
    const wrong = await seatComplaints(storage, world.ids);
    if (wrong.length > 0) throw new Error(wrong.join(', '));
  }), runs, false);
  return { complaints: complaints.map((complaint) => `${target.engine} ${complaint}`), steps };
}

/** Both phases on one engine, and a planted fault. */
export async function deskOn({ engine, processes, fresh }: Places, runs: number): Promise<readonly Verdict[]> {
  const calm = await live(await fresh(), 1, runs, inTurn);
  const busy = await live(await fresh(), processes, runs, atOnce);
  const twins = await live(await fresh('no-unique-child'), 1, 60, inTurn);
  return [
    verdictOf(`${engine}: ${runs} days at a desk, one step after another, answer as the model`, calm.complaints, `${calm.steps} steps`),
    verdictOf(`${engine}: ${runs} histories of families and staff at once are linearizable`, busy.complaints, `${busy.steps} steps from ${processes} processes`),
    conviction(`no-unique-child at a desk on ${engine}`, twins.complaints),
  ];
}

/** Desk. */
export const desks: Torture = {
  name: 'desk', about: 'random days of care by the hour against a model of 60 lines: asked, confirmed, declined, enrolment codes, minutes a month, walk-ins, who came; linearizable; on both engines',
  run: ({ quick }) => onBothEngines((places) => deskOn(places, quick ? 15 : 300)),
};
