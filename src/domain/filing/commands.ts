import type { AuditDraft } from '#domain/audit/model.ts';
import { closedNoticeKind } from '#domain/demand/model.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { FilingMove, Handling, MoveDraft, Registration, RegistrationDraft } from '#domain/filing/model.ts';
import type { BookingWord, FilingSeals, FilingStore } from '#domain/filing/ports.ts';
import { bookingsFor, confirmBy, credentialAfter, pendingOf, secondFor, statesAfter } from '#domain/filing/rules.ts';
import type { Calendar } from '#domain/shared/calendar.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** What filing commands need; `now` is the domain's instant. */
export type FilingDeps = { readonly store: FilingStore; readonly seals: FilingSeals; readonly now: () => Instant; readonly calendar: Calendar };

/** Who acts: an account of the place, or of one street of it. */
export type FilingActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly subdistrict: string | null };

const eventOf = (deps: FilingDeps, actor: Pick<FilingActor, 'account' | 'jurisdiction'>, kind: string, objectKind: string, objectId: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.seals.newId(), jurisdiction: actor.jurisdiction, at: deps.now(), kind, actor: actor.account, objectKind, objectId, detail });

/** An institution the actor may see: of the place, and of the street where the actor has one. */
export async function findFiling(deps: Pick<FilingDeps, 'store'>, actor: FilingActor, id: string): Promise<{ readonly institution: Institution; readonly moves: readonly FilingMove[] } | undefined> {
  const institution = (await deps.store.institutions(actor.jurisdiction)).find((one) => one.id === id);
  if (!institution || (actor.subdistrict !== null && institution.subdistrict !== actor.subdistrict)) return undefined;
  return { institution, moves: await deps.store.moves(actor.jurisdiction, id) };
}

export type MoveRefusal = 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'future' | 'too-early';

const wordsFor = (deps: FilingDeps, actor: FilingActor, to: MoveDraft['to']) => (booking: string, effect: 'cancelled' | 'told'): BookingWord => {
  const id = deps.seals.newId();
  return {
    event: eventOf(deps, actor, effect === 'cancelled' ? 'booking-cancelled' : 'booking-told', 'booking', booking, { by: 'institution', reason: 'closure' }),
    message: { id, kind: effect === 'told' ? 'institution-suspended' : to === 'withdrawn' ? 'institution-closed' : 'booking-cancelled-by-institution', sealed: deps.seals.sealMessage(id, { booking }) },
  };
};

const wishWords = (deps: FilingDeps, actor: FilingActor, institution: string) => (demand: string): BookingWord => {
  const id = deps.seals.newId();
  return { event: eventOf(deps, actor, 'demand-closure-told', 'demand', demand, { reason: 'closure' }), message: { id, kind: closedNoticeKind, sealed: deps.seals.sealMessage(id, { demand, institution }) } };
};

/**
 * 变更备案状态: what protects takes effect at once and is to be confirmed by a second person within one working day; what brings an institution
 * before parents waits for that person. Bookings of an ended filing are cancelled by the institution's end, each family with its message; families
 * that registered demand and named the institution are told too.
 */
export async function changeState(deps: FilingDeps, actor: FilingActor, id: string, draft: MoveDraft): Promise<Outcome<{ readonly move: FilingMove; readonly bookings: number }, MoveRefusal>> {
  const found = await findFiling(deps, actor, id);
  if (!found) return refused('not-found');
  const { institution: { credential }, moves } = found;
  const before = moves.find((one) => one.id === draft.id);
  if (before) return done({ move: before, bookings: before.bookingCount });
  if ((moves[0]?.id ?? '') !== draft.seen) return refused('changed-meanwhile');
  if (!statesAfter(credential).includes(draft.to)) return refused('wrong-state');
  const at = deps.now();
  const today = dayOf(at);
  if (draft.on > today) return refused('future');
  if (credential.receiptedOn !== null && draft.on < credential.receiptedOn) return refused('too-early');
  const second = secondFor(credential.state, draft.to);
  const move: FilingMove = {
    id: draft.id, jurisdiction: actor.jurisdiction, institution: id, from: credential.state, to: draft.to, on: draft.on, decisionNumber: draft.decisionNumber, reason: draft.reason, number: draft.number,
    before: credential, bookings: bookingsFor(credential.state, draft.to, draft.bookings), bookingCount: 0, by: actor.account, at, second, dueOn: second === 'none' ? null : confirmBy(today, deps.calendar), settled: null,
  };
  const written = await deps.store.write({
    move, credential: second === 'before' ? null : credentialAfter(credential, move), seen: draft.seen === '' ? null : draft.seen, changeId: deps.seals.newId(), wordFor: wordsFor(deps, actor, draft.to),
    wishWordFor: draft.to === 'withdrawn' ? wishWords(deps, actor, id) : null,
    event: eventOf(deps, actor, second === 'before' ? 'filing-change-asked' : 'filing-changed', 'institution', id, { from: move.from, to: move.to, on: move.on, decision: move.decisionNumber, second, bookings: move.bookings }),
  });
  if (written.kind === 'changed-meanwhile') return refused('changed-meanwhile');
  return done({ move, bookings: written.kind === 'saved' ? written.bookings : 0 });
}

export type SettleRefusal = 'not-found' | 'changed-meanwhile' | 'needs-another';

/** 复核: a second person confirms a change or takes it back; nobody decides on their own. */
export async function settleMove(deps: FilingDeps, actor: FilingActor, id: string, moveId: string, how: 'confirmed' | 'refused'): Promise<Outcome<FilingMove, SettleRefusal>> {
  const found = await findFiling(deps, actor, id);
  if (!found) return refused('not-found');
  const move = pendingOf(found.moves);
  if (!move || move.id !== moveId) return refused('changed-meanwhile');
  if (move.by === actor.account) return refused('needs-another');
  const at = deps.now();
  const { credential } = found.institution;
  const next = move.second === 'before' ? (how === 'confirmed' ? credentialAfter(credential, move) : null) : how === 'refused' ? move.before : null;
  const saved = await deps.store.settle({
    move, how, by: actor.account, at, credential: next, changeId: deps.seals.newId(), on: dayOf(at),
    event: eventOf(deps, actor, how === 'confirmed' ? 'filing-change-confirmed' : 'filing-change-refused', 'institution', id, { move: move.id, from: move.from, to: move.to }),
  });
  return saved === 'saved' ? done({ ...move, settled: { how, by: actor.account, at } }) : refused('changed-meanwhile');
}

/** 手工登记: takes down a registration nobody pushed, or a place without any. */
export async function enterRegistration(deps: FilingDeps, actor: FilingActor, draft: RegistrationDraft): Promise<Outcome<string, 'known' | 'future'>> {
  if (draft.on > dayOf(deps.now())) return refused('future');
  const saved = await deps.store.enter(draft, actor.jurisdiction, deps.now(), eventOf(deps, actor, 'registration-entered', 'registration', draft.id, { state: draft.state, on: draft.on }));
  return saved === 'saved' ? done(draft.id) : refused('known');
}

/** The institution that a filing begins with: what the registration says, and nothing else. */
export type FilingStart = { readonly id: string; readonly authority: string | null; readonly source: string; readonly submittedOn: IsoDate };

/** An institution as the registration alone describes it, its papers complete since a day. */
export const institutionOf = (registration: Registration, start: FilingStart, today: IsoDate): Institution => ({
  id: start.id, jurisdiction: registration.jurisdiction, county: null, subdistrict: null, name: registration.name, aliases: [], kind: null, ownership: null, nature: registration.nature,
  creditCode: registration.creditCode, address: registration.address, phone: null, point: null,
  credential: { kind: 'filing', state: 'submitted', number: null, receiptedOn: null, authority: start.authority, since: start.submittedOn, decisionNumber: null },
  modes: [], bands: [], admission: null, recognitions: [], fees: [], feesFrom: null, hours: [], opensInSchoolHolidays: null, extendedUntil: null, mealsProvided: null, openToNeighbours: null,
  accepts: { allergy: null, medicine: null, specialNeeds: null }, confirmedOn: null, source: { title: start.source, url: null, readOn: today }, missingSince: null, planned: null, sample: false,
});

/** 办理登记线索: notes what became of a registration; nothing is noted twice over another's word. */
export async function handleRegistration(deps: FilingDeps, actor: FilingActor, id: string, version: number, how: Exclude<Handling, 'filing'>, note: string | null): Promise<Outcome<Registration, 'not-found' | 'changed-meanwhile'>> {
  const registration = await deps.store.findRegistration(actor.jurisdiction, id);
  if (!registration) return refused('not-found');
  if (registration.version !== version) return refused('changed-meanwhile');
  const saved = await deps.store.handle({ registration, how, on: dayOf(deps.now()), note, institution: null, event: eventOf(deps, actor, 'registration-handled', 'registration', id, { how }) });
  return saved === 'saved' ? done(registration) : refused('changed-meanwhile');
}

/** 材料已齐全: begins the filing of a registration, and with it the clocks; the institution is not public until its receipt is confirmed. */
export async function beginFiling(deps: FilingDeps, actor: FilingActor, id: string, version: number, start: Omit<FilingStart, 'id'> & { readonly idOf: (registration: Registration) => string }): Promise<Outcome<string, 'not-found' | 'changed-meanwhile' | 'future' | 'known'>> {
  const registration = await deps.store.findRegistration(actor.jurisdiction, id);
  if (!registration || registration.creditCode === null) return refused('not-found');
  if (registration.version !== version) return refused('changed-meanwhile');
  const today = dayOf(deps.now());
  if (start.submittedOn > today) return refused('future');
  const institutions = await deps.store.institutions(actor.jurisdiction);
  if (institutions.some(({ creditCode }) => creditCode === registration.creditCode)) return refused('known');
  const institution = institutionOf(registration, { ...start, id: start.idOf(registration) }, today);
  const saved = await deps.store.handle({ registration, how: 'filing', on: today, note: null, institution, event: eventOf(deps, actor, 'filing-begun', 'institution', institution.id, { registration: id, on: start.submittedOn }) });
  return saved === 'saved' ? done(institution.id) : refused('changed-meanwhile');
}
