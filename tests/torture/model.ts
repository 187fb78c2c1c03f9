// What booking means, without storage, time or chance: the book that the program is held to.
// A booking is named by the key it was made with; `child` is one family with one child.

/** A step somebody takes. */
export type Step =
  | { readonly do: 'book'; readonly slot: number; readonly child: number; readonly key: string }
  | { readonly do: 'cancel'; readonly of: string }
  | { readonly do: 'reschedule'; readonly of: string; readonly slot: number; readonly key: string }
  | { readonly do: 'resize'; readonly slot: number; readonly capacity: number };

type Booked = { readonly slot: number; readonly child: number; readonly state: 'confirmed' | 'cancelled' };
export type Book = {
  readonly slots: readonly { readonly day: number; readonly capacity: number }[];
  readonly bookings: Readonly<Record<string, Booked>>;
  /** What each key was used for, and the slot its receipt names. */
  readonly keys: Readonly<Record<string, { readonly body: string; readonly slot: number }>>;
};

/** What the program may answer: a state and a slot, or one of these refusals. */
export type Expected = { readonly ok: true; readonly state: string; readonly slot: number } | { readonly ok: false; readonly reasons: readonly string[] };

/** Seats taken on a slot. */
export const takenOn = (book: Book, slot: number): number => Object.values(book.bookings).filter((one) => one.slot === slot && one.state === 'confirmed').length;

const no = (book: Book, ...reasons: readonly string[]): readonly [Book, Expected] => [book, { ok: false, reasons }];
const yes = (book: Book, { state, slot }: { readonly state: string; readonly slot: number }): readonly [Book, Expected] => [book, { ok: true, state, slot }];

/** Why a seat cannot be had: no seat left, or the child holds another booking there that day. */
function obstacles(book: Book, slot: number, child: number, self?: string): readonly string[] {
  const same = Object.entries(book.bookings).some(([name, one]) => name !== self && one.state === 'confirmed' && one.child === child && book.slots[one.slot]?.day === book.slots[slot]?.day);
  return [...(takenOn(book, slot) < (book.slots[slot]?.capacity ?? 0) ? [] : ['full']), ...(same ? ['already-booked'] : [])];
}

/** The book after a step, and what may be answered to it. */
export function take(book: Book, step: Step): readonly [Book, Expected] {
  if (step.do === 'resize') {
    if (takenOn(book, step.slot) > step.capacity) return no(book, 'taken');
    return yes({ ...book, slots: book.slots.map((one, at) => (at === step.slot ? { ...one, capacity: step.capacity } : one)) }, { state: '', slot: step.slot });
  }
  if (step.do === 'cancel') {
    const booked = book.bookings[step.of];
    if (!booked) return no(book, 'not-found');
    const cancelled: Booked = { ...booked, state: 'cancelled' };
    return yes({ ...book, bookings: { ...book.bookings, [step.of]: cancelled } }, cancelled);
  }
  const name = step.do === 'book' ? step.key : step.of;
  const body = step.do === 'book' ? `book ${step.slot} ${step.child}` : `move ${step.of} ${step.slot}`;
  const booked = book.bookings[name];
  if (step.do === 'reschedule' && !booked) return no(book, 'not-found');
  const used = book.keys[step.key];
  if (used) return used.body !== body ? no(book, 'idempotency-key-reused') : yes(book, step.do === 'reschedule' && booked ? booked : { state: 'confirmed', slot: used.slot });
  if (step.do === 'reschedule' && booked?.state === 'cancelled') return no(book, 'booking-over');
  if (step.do === 'reschedule' && booked?.slot === step.slot) return yes(book, booked);
  const child = step.do === 'book' ? step.child : (booked?.child ?? 0);
  const stopped = obstacles(book, step.slot, child, name);
  if (stopped.length > 0) return no(book, ...stopped);
  const made: Booked = { slot: step.slot, child, state: 'confirmed' };
  return yes({ ...book, bookings: { ...book.bookings, [name]: made }, keys: { ...book.keys, [step.key]: { body, slot: step.slot } } }, made);
}
