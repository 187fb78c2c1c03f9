// What the waiting list means, without storage or chance: fair order, a freed seat held for one family alone, offers that
// lapse. Days pass only when `lapse` says so. A booking is named by the key it was made with.

/** A step somebody takes; `join` is a booking that will wait when it must. */
export type QueueStep =
  | { readonly do: 'book' | 'join'; readonly slot: number; readonly child: number; readonly key: string }
  | { readonly do: 'cancel' | 'accept'; readonly of: string }
  | { readonly do: 'resize'; readonly slot: number; readonly capacity: number }
  | { readonly do: 'lapse' };

type State = 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'expired';
type Family = { readonly slot: number; readonly child: number; readonly state: State };
/** `families` stand in the order in which they came. */
export type Queue = { readonly capacities: readonly number[]; readonly families: readonly (Family & { readonly name: string; readonly body: string; readonly receipt: State })[] };
type Expected = { readonly ok: true; readonly state: string; readonly slot: number } | { readonly ok: false; readonly reasons: readonly string[] };

const count = (queue: Queue, slot: number, states: readonly State[]): number => queue.families.filter((one) => one.slot === slot && states.includes(one.state)).length;
/** Seats taken on a slot: those that are held for an offer too. */
export const seatsOn = (queue: Queue, slot: number): number => count(queue, slot, ['confirmed', 'offered']);

const change = (queue: Queue, of: (one: Family & { readonly name: string }) => boolean, state: State): Queue =>
  ({ ...queue, families: queue.families.map((one) => (of(one) ? { ...one, state } : one)) });

/** Offers free seats to the oldest who wait. */
function fill(queue: Queue, slot: number): Queue {
  const next = queue.families.find((one) => one.slot === slot && one.state === 'waiting');
  if (!next || seatsOn(queue, slot) >= (queue.capacities[slot] ?? 0)) return queue;
  return fill(change(queue, ({ name }) => name === next.name, 'offered'), slot);
}

const no = (queue: Queue, ...reasons: readonly string[]): readonly [Queue, Expected] => [queue, { ok: false, reasons }];
const yes = (queue: Queue, state: string, slot: number): readonly [Queue, Expected] => [queue, { ok: true, state, slot }];

function come(queue: Queue, step: Extract<QueueStep, { key: string }>): readonly [Queue, Expected] {
  const body = `${step.do} ${step.slot} ${step.child}`;
  const used = queue.families.find(({ name }) => name === step.key);
  if (used) return used.body === body ? yes(queue, used.receipt, Number(body.split(' ')[1])) : no(queue, 'idempotency-key-reused');
  const same = queue.families.some((one) => one.slot === step.slot && one.child === step.child && ['confirmed', 'waiting', 'offered'].includes(one.state));
  const open = count(queue, step.slot, ['waiting']) === 0 && seatsOn(queue, step.slot) < (queue.capacities[step.slot] ?? 0);
  if (same || (!open && step.do === 'book')) return no(queue, ...(same ? ['already-booked'] : []), ...(open ? [] : ['full']));
  const state = open ? 'confirmed' : 'waiting';
  return yes({ ...queue, families: [...queue.families, { name: step.key, body, receipt: state, slot: step.slot, child: step.child, state }] }, state, step.slot);
}

/** The queue after a step, and what may be answered to it. */
export function takeInQueue(queue: Queue, step: QueueStep): readonly [Queue, Expected] {
  if ('key' in step) return come(queue, step);
  if (step.do === 'lapse') return yes(queue.capacities.reduce((lapsed, _capacity, slot) => fill(lapsed, slot), change(queue, ({ state }) => state === 'offered', 'expired')), '', -1);
  if (step.do === 'resize') {
    if (seatsOn(queue, step.slot) > step.capacity) return no(queue, 'taken');
    return yes({ ...queue, capacities: queue.capacities.map((capacity, slot) => (slot === step.slot ? step.capacity : capacity)) }, '', step.slot);
  }
  const own = queue.families.find(({ name }) => name === step.of);
  if (!own) return no(queue, 'not-found');
  const become = (state: State): Queue => change(queue, ({ name }) => name === own.name, state);
  if (step.do === 'accept') return own.state === 'confirmed' || own.state === 'offered' ? yes(become('confirmed'), 'confirmed', own.slot) : no(queue, 'offer-ended');
  if (own.state === 'expired') return no(queue, 'booking-over');
  const freed = own.state === 'confirmed' || own.state === 'offered';
  return yes(freed ? fill(become('cancelled'), own.slot) : become('cancelled'), 'cancelled', own.slot);
}
