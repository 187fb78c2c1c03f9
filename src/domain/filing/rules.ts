import { isInForce, type Credential, type CredentialState, type Institution } from '#domain/directory/model.ts';
import type { BookingEffect, FilingMove, FilingTerms, MoveDraft, PlaceFiling, Quoted, Registration, Second } from '#domain/filing/model.ts';
import { addWorkdays, type Calendar } from '#domain/shared/calendar.ts';
import type { IsoDate } from '#domain/shared/dates.ts';

/** Which state may follow which. */
const nextStates: Readonly<Record<CredentialState, readonly CredentialState[]>> = {
  planned: [], submitted: ['receipted', 'returned', 'withdrawn'], returned: ['submitted', 'withdrawn'],
  receipted: ['changed', 'suspended', 'withdrawn'], changed: ['receipted', 'suspended', 'withdrawn'], suspended: ['receipted', 'withdrawn'], withdrawn: ['submitted'],
};

const inForce = (state: CredentialState): boolean => state === 'receipted' || state === 'changed';

/** 可以改成: the states a credential may move to from where it stands; one that was never in force cannot have ended. */
export const statesAfter = ({ state, receiptedOn }: Pick<Credential, 'state' | 'receiptedOn'>): readonly CredentialState[] =>
  nextStates[state].filter((next) => next !== 'withdrawn' || receiptedOn !== null || inForce(state) || state === 'suspended');

/** 第二个人: what brings an institution before parents waits for another account; what takes it away holds at once and is confirmed afterwards. */
export const secondFor = (from: CredentialState, to: CredentialState): Second => {
  if (inForce(to)) return inForce(from) ? 'none' : 'before';
  return (to === 'suspended' || to === 'withdrawn') && (inForce(from) || from === 'suspended') ? 'after' : 'none';
};

/** What happens to bookings: an ended filing cancels them all; a suspension cancels or keeps them, as the clerk says; nothing else touches them. */
export const bookingsFor = (from: CredentialState, to: CredentialState, chosen: MoveDraft['bookings']): BookingEffect => {
  if (secondFor(from, to) !== 'after') return 'none';
  return to === 'withdrawn' ? 'cancelled' : chosen;
};

/** The credential as a move leaves it. */
export const credentialAfter = (held: Credential, move: Pick<FilingMove, 'to' | 'on' | 'decisionNumber' | 'number'>): Credential => {
  const { to } = move;
  if (inForce(to)) {
    return { ...held, state: to, number: move.number ?? held.number, receiptedOn: held.state === 'suspended' || inForce(held.state) ? held.receiptedOn ?? move.on : move.on, since: to === 'changed' ? move.on : null, decisionNumber: null };
  }
  return { ...held, state: to, since: move.on, decisionNumber: move.decisionNumber };
};

/** Day by which the second person decides: one working day after; null where the calendar of that year is not out. */
export const confirmBy = (today: IsoDate, calendar: Calendar): IsoDate | null => {
  const day = addWorkdays(today, 1, calendar);
  return day.ok ? day.value : null;
};

/** A clock of working days; `day` null: the calendar of that year is not published, so it cannot be counted yet. */
export type Clock = { readonly day: IsoDate | null; readonly isOver: boolean };

/** 备案时限 of a filing with complete papers: receipt and reasoned refusal; undefined where no clock runs. */
export const clocksOf = ({ kind, state, since }: Pick<Credential, 'kind' | 'state' | 'since'>, terms: Pick<FilingTerms, 'receiptWorkdays' | 'refusalWorkdays'>, calendar: Calendar, today: IsoDate):
  { readonly receipt: Clock; readonly refusal: Clock } | undefined => {
  if (kind !== 'filing' || state !== 'submitted' || since === null) return undefined;
  const clock = (workdays: number): Clock => {
    const reached = addWorkdays(since, workdays, calendar);
    return reached.ok ? { day: reached.value, isOver: reached.value < today } : { day: null, isOver: false };
  };
  return { receipt: clock(terms.receiptWorkdays), refusal: clock(terms.refusalWorkdays) };
};

/** 待办清单 a registration falls into. */
export const registrationQueues = ['registeredNotFiled', 'neither', 'cancelledButListed', 'registrationChanged'] as const;
export type RegistrationQueue = (typeof registrationQueues)[number];

/** 待办: which list a registration stands in, given the institution of its credit code; undefined when nothing is to be done. */
export const queueOf = (registration: Pick<Registration, 'state' | 'handled'>, institution: Pick<Institution, 'credential'> | undefined): RegistrationQueue | undefined => {
  const { state, handled } = registration;
  const listed = institution !== undefined && isInForce(institution.credential);
  if (state === 'cancelled') return listed ? 'cancelledButListed' : undefined; // settled by the credential alone, whatever was noted
  if (handled !== null) return undefined;
  if (state === 'none') return 'neither';
  const underWay = institution !== undefined && (institution.credential.state === 'submitted' || institution.credential.state === 'returned');
  if (listed || underWay) return state === 'changed' ? 'registrationChanged' : undefined;
  return 'registeredNotFiled';
};

/** 登记核对: whether name and scope show childcare where the place's document asks for it; `unknown` where the scope was not given. */
export type RegistrationCheck = { readonly what: 'name' | 'scope'; readonly result: 'yes' | 'no' | 'unknown'; readonly by: Quoted };

/** What is checked of a registration in a place, by the lines of its document. */
export const checksOf = ({ name, scope }: Pick<Registration, 'name' | 'scope'>, { checks }: Pick<PlaceFiling, 'checks'>): readonly RegistrationCheck[] => [
  ...(checks.name === null ? [] : [{ what: 'name' as const, result: name.includes('托育') ? 'yes' as const : 'no' as const, by: checks.name }]),
  ...(checks.scope === null ? [] : [{ what: 'scope' as const, result: scope === null ? 'unknown' as const : scope.includes('托育') || scope.includes('婴幼儿照护') ? 'yes' as const : 'no' as const, by: checks.scope }]),
];

/** The move a second person still has to decide on, if any. */
export const pendingOf = (moves: readonly FilingMove[]): FilingMove | undefined => moves.find(({ second, settled }) => second !== 'none' && settled === null);
