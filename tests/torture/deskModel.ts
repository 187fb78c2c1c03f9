// What an institution's desk means, without storage, time or chance: care by the hour, asked for or booked at once with an
// enrolment code, minutes a month for each child, and what became of it. A booking is named by the key it was made with.

const outcomes = { confirm: 'confirmed', decline: 'declined', drop: 'cancelled', attended: 'attended', noShow: 'noShow', turnedAway: 'turnedAway' } as const;
/** A step of a family or of the desk; `code` is the enrolment code the institution gave out last, `late` a walk-in at the door. */
export type DeskStep =
  | { readonly do: 'care'; readonly slot: number; readonly child: number; readonly key: string; readonly code: boolean }
  | { readonly do: 'walkIn'; readonly slot: number; readonly child: number; readonly key: string; readonly late: boolean }
  | { readonly do: 'reschedule'; readonly of: string; readonly slot: number; readonly key: string }
  | { readonly do: 'cancel' | keyof typeof outcomes; readonly of: string }
  | { readonly do: 'issue' } | { readonly do: 'revoke' };

type State = 'requested' | (typeof outcomes)[keyof typeof outcomes];
/** `code`: which of the codes, numbered from 1, it was made with; 0 for none. */
type Booked = { readonly slot: number; readonly child: number; readonly state: State; readonly code: number; readonly receipt: State };
export type Day = { readonly slots: readonly { readonly day: number; readonly minutes: number; readonly capacity: number }[]; readonly bookings: Readonly<Record<string, Booked>>; readonly keys: Readonly<Record<string, string>>; readonly issued: number; readonly inForce: boolean };
type Expected = { readonly ok: true; readonly state: string; readonly slot: number } | { readonly ok: false; readonly reasons: readonly string[] };

const present = ['confirmed', 'attended', 'noShow', 'turnedAway'];
const from = { confirm: ['requested'], decline: ['requested'], drop: ['requested', 'confirmed'], attended: present, noShow: present, turnedAway: present } as const;
const isActive = ({ state }: Booked): boolean => state === 'requested' || state === 'confirmed';
const others = (day: Day, self?: string): readonly Booked[] => Object.entries(day.bookings).flatMap(([name, one]) => (name === self ? [] : [one]));
/** Seats taken on a slot, those of a past visit too. */
export const seatsAt = (day: Day, slot: number, self?: string): number => others(day, self).filter((one) => one.slot === slot && (isActive(one) || present.includes(one.state))).length;
/** Minutes counted for a child: asked for or used, but not where it was sent home. */
export const minutesOf = (day: Day, child: number, self?: string): number =>
  others(day, self).filter((one) => one.child === child && (isActive(one) || one.state === 'attended' || one.state === 'noShow')).reduce((sum, one) => sum + (day.slots[one.slot]?.minutes ?? 0), 0);

const no = (day: Day, ...reasons: readonly string[]): readonly [Day, Expected] => [day, { ok: false, reasons }];
const yes = (day: Day, { state, slot }: { readonly state: string; readonly slot: number }): readonly [Day, Expected] => [day, { ok: true, state, slot }];
const put = (day: Day, name: string, one: Booked): Day => ({ ...day, bookings: { ...day.bookings, [name]: one } });

function obstacles(day: Day, most: number, { slot, child, state }: Booked, self?: string): readonly string[] {
  const at = day.slots[slot];
  const same = state !== 'attended' && others(day, self).some((one) => isActive(one) && one.child === child && day.slots[one.slot]?.day === at?.day);
  return [...(seatsAt(day, slot, self) < (at?.capacity ?? 0) ? [] : ['full']), ...(same ? ['already-booked'] : []), ...(minutesOf(day, child, self) + (at?.minutes ?? 0) > most ? ['monthly-hours-used'] : [])];
}

/** The day after a step, and what may be answered to it; at most so many minutes a month for a child. */
export const takeAtDesk = (most: number) => (day: Day, step: DeskStep): readonly [Day, Expected] => {
  if (step.do === 'issue' || step.do === 'revoke') return yes({ ...day, issued: day.issued + (step.do === 'issue' && !day.inForce ? 1 : 0), inForce: step.do === 'issue' }, { state: '', slot: -1 });
  const name = 'of' in step ? step.of : step.key;
  const own = day.bookings[name];
  if ('of' in step && !own) return no(day, 'not-found');
  if ('key' in step) {
    const body = JSON.stringify({ ...step, ...(step.do === 'care' ? { code: step.code ? day.issued : 0 } : { late: false }) });
    const used = day.keys[step.key];
    if (used !== undefined) return used !== body ? no(day, 'idempotency-key-reused') : yes(day, step.do === 'reschedule' && own ? own : { state: own?.receipt ?? '', slot: step.slot });
    if (own && !isActive(own)) return no(day, 'booking-over');
    if (own?.slot === step.slot) return yes(day, own);
    const code = step.do === 'reschedule' ? (own?.code ?? 0) : step.do === 'care' && step.code && day.inForce ? day.issued : 0;
    const state = step.do === 'walkIn' ? (step.late ? 'attended' : 'confirmed') : code > 0 && day.inForce && code === day.issued ? 'confirmed' : 'requested';
    const made: Booked = { slot: step.slot, child: step.do === 'reschedule' ? (own?.child ?? 0) : step.child, state, code, receipt: state };
    const stopped = obstacles(day, most, made, own && name);
    return stopped.length > 0 ? no(day, ...stopped) : yes({ ...put(day, name, made), keys: { ...day.keys, [step.key]: body } }, made);
  }
  if (!own) return no(day, 'not-found');
  if (step.do === 'cancel') return own.state === 'cancelled' || isActive(own) ? yes(put(day, name, { ...own, state: 'cancelled' }), { ...own, state: 'cancelled' }) : no(day, 'booking-over');
  const state = outcomes[step.do];
  if (own.state !== state && !from[step.do].some((one) => one === own.state)) return no(day, 'wrong-state');
  return yes(put(day, name, { ...own, state }), { ...own, state });
};
