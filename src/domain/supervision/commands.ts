import type { AuditDraft } from '#domain/audit/model.ts';
import type { Decision } from '#domain/listing/model.ts';
import { dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { SupervisionStore, WatchedPlace } from '#domain/supervision/ports.ts';
import type { Amendment, AnnualDuties, AssessmentDraft, DecisionDraft, DutySaid, Entry, EntryKind, Held, StaffCheckDraft, SupervisionActor, SupervisionRecord, Withdrawal } from '#domain/supervision/model.ts';
import { dutiesIn, yearsAsked } from '#domain/supervision/rules.ts';

export type SupervisionDeps = { readonly store: SupervisionStore; readonly rules: AnnualDuties; readonly newId: () => string; readonly now: () => Instant };
export type SupervisionRefusal = 'not-found' | 'not-yours' | 'future' | 'known' | 'unknown-duty' | 'other-year' | 'ends-before' | 'reason' | 'withdrawn-before' | 'no-reply' | 'over' | 'changed-meanwhile';
type Done = Promise<Outcome<SupervisionRecord, SupervisionRefusal>>;

/** Which entry is meant, as the page knew it. */
export type Chosen = { readonly id: string; readonly version: number };
/** What is typed of an entry, by its kind. */
export type Typed =
  | { readonly kind: 'assessment'; readonly typed: AssessmentDraft } | { readonly kind: 'decision'; readonly typed: DecisionDraft }
  | { readonly kind: 'duty'; readonly duty: string; readonly year: number; readonly typed: DutySaid } | { readonly kind: 'staffCheck'; readonly typed: StaffCheckDraft };

const sees = (actor: SupervisionActor, { institution }: Pick<SupervisionRecord, 'institution'>): boolean =>
  (actor.side === 'institution' ? actor.institution === institution.id : actor.subdistrict === null || actor.subdistrict === institution.subdistrict);

/** 监督记录 of an institution; undefined for another street's and another institution's as for one that never was. */
export async function findRecord({ store }: Pick<SupervisionDeps, 'store'>, actor: SupervisionActor, institution: string): Promise<SupervisionRecord | undefined> {
  const record = await store.find(actor.jurisdiction, institution);
  return record && sees(actor, record) ? record : undefined;
}

/** What a desk looks through: its whole place, or its street. */
export async function watchedBy({ store }: Pick<SupervisionDeps, 'store'>, actor: SupervisionActor): Promise<WatchedPlace> {
  const place = await store.watched(actor.jurisdiction);
  return actor.side === 'institution' || actor.subdistrict !== null ? { ...place, institutions: place.institutions.filter((institution) => sees(actor, { institution })) } : place;
}

/** Entries of a kind in a record, each with its version. */
const heldIn = (record: SupervisionRecord, kind: EntryKind): readonly Held<Entry>[] => {
  switch (kind) {
    case 'assessment': return record.assessments.map(({ of, version }) => ({ of: { kind, of }, version }));
    case 'decision': return record.decisions.map(({ of, version }) => ({ of: { kind, of }, version }));
    case 'duty': return record.duties.map(({ of, version }) => ({ of: { kind, of }, version }));
    case 'staffCheck': return record.staffChecks.map(({ of, version }) => ({ of: { kind, of }, version }));
  }
};

const isPublic = (kind: EntryKind): boolean => kind === 'assessment' || kind === 'decision';
/** What may be told of an entry in the audit: its kind, days and numbers, never its words. */
const detailOf = ({ kind, of }: Entry): AuditDraft['detail'] => {
  switch (kind) {
    case 'assessment': return { grade: of.grade, year: of.year, assessedOn: of.assessedOn };
    case 'decision': return { kind: of.kind, number: of.number, decidedOn: of.decidedOn, until: of.until, withdrawnOn: of.withdrawn?.on ?? null, hasReply: of.reply === null ? 0 : 1 };
    case 'duty': return { duty: of.duty, year: of.year, state: of.state, doneOn: of.doneOn };
    case 'staffCheck': return { check: of.check, done: of.done, notDone: of.notDone, checkedOn: of.checkedOn, nextDue: of.nextDue };
  }
};
const eventKind: Readonly<Record<EntryKind, string>> = { assessment: 'assessment', decision: 'decision', duty: 'duty', staffCheck: 'staff-check' };

const placeOf = (actor: SupervisionActor, institution: string) => ({ jurisdiction: actor.jurisdiction, institution });
const eventOf = (deps: SupervisionDeps, actor: SupervisionActor, institution: string, entry: Entry, act: string): AuditDraft =>
  ({ id: deps.newId(), jurisdiction: actor.jurisdiction, at: deps.now(), kind: `${eventKind[entry.kind]}-${act}`, actor: actor.account, objectKind: 'institution', objectId: institution, detail: { entry: entry.of.id, ...detailOf(entry) } });

/** What of an entry is kept when it is amended: never the words of a reply, which were the institution's to take back; and where words named a person, none of them. */
function keptOf(entry: Entry, isForgetful: boolean): object {
  switch (entry.kind) {
    case 'decision': { const { reply: said, ...rest } = entry.of; return { ...rest, reply: said && { on: said.on }, ...(isForgetful ? { about: null, withdrawn: rest.withdrawn && { kind: rest.withdrawn.kind, on: rest.withdrawn.on } } : {}) }; }
    case 'assessment': case 'duty': return { ...entry.of, ...(isForgetful ? { note: null } : {}) };
    case 'staffCheck': return entry.of;
  }
}
const amendmentOf = (deps: SupervisionDeps, actor: SupervisionActor, before: Entry, act: Amendment['act'], reason: string | null, isForgetful = false): Amendment =>
  ({ id: deps.newId(), kind: before.kind, entry: before.of.id, act, at: deps.now(), by: actor.side, account: actor.account, reason, before: JSON.stringify(keptOf(before, isForgetful)) });

/** Only the public history of what the list says of grades: a decision leaves no line that would outlast its end. */
const changeIdOf = (deps: SupervisionDeps, entry: Entry): string | null => (entry.kind === 'assessment' ? deps.newId() : null);

async function put(deps: SupervisionDeps, actor: SupervisionActor, record: SupervisionRecord, entry: Entry, version: number | null, act: string, amendment: Amendment | null, forgets = false): Done {
  const { id } = record.institution;
  const saved = await deps.store.write({ ...placeOf(actor, id), entry, version, account: actor.account, amendment, forgets, changeId: changeIdOf(deps, entry), event: eventOf(deps, actor, id, entry, act) });
  return saved === 'saved' ? done(record) : refused(saved);
}

const latestDayOf = (typed: Typed): IsoDate | null => {
  switch (typed.kind) {
    case 'assessment': return typed.typed.assessedOn;
    case 'decision': return typed.typed.decidedOn;
    case 'duty': return typed.typed.doneOn;
    case 'staffCheck': return typed.typed.checkedOn;
  }
};

/** Why something typed cannot stand: a day to come, a duty that is not asked of this institution in this year, a day of another year. */
function faultOf(deps: SupervisionDeps, { jurisdiction }: SupervisionActor, record: SupervisionRecord, typed: Typed): SupervisionRefusal | null {
  const today = dayOf(deps.now());
  const day = latestDayOf(typed);
  if (day !== null && day > today) return 'future';
  if (typed.kind === 'staffCheck' && !deps.rules.staffChecks.some(({ key }) => key === typed.typed.check)) return 'unknown-duty';
  if (typed.kind !== 'duty') return null;
  if (!dutiesIn(deps.rules, jurisdiction).some(({ key }) => key === typed.duty) || !yearsAsked(deps.rules, record.institution, today).includes(typed.year)) return 'unknown-duty';
  return day !== null && Number(day.slice(0, 4)) < typed.year ? 'other-year' : null;
}

/** An entry as typed; of one that stands, what is not typed (reply, withdrawal) stays. */
function entryOf(deps: SupervisionDeps, { side }: SupervisionActor, id: string, typed: Typed, before: Entry | null): Entry {
  const told = { id, by: side, at: deps.now() };
  switch (typed.kind) {
    case 'assessment': return { kind: 'assessment', of: { id, ...typed.typed } };
    case 'decision': return { kind: 'decision', of: { id, ...typed.typed, withdrawn: before?.kind === 'decision' ? before.of.withdrawn : null, reply: before?.kind === 'decision' ? before.of.reply : null } };
    case 'duty': return { kind: 'duty', of: { ...typed.typed, ...told, duty: typed.duty, year: typed.year } };
    case 'staffCheck': return { kind: 'staffCheck', of: { ...typed.typed, ...told } };
  }
}

const mayEnter = (actor: SupervisionActor, kind: EntryKind): boolean => actor.side === 'authority' || kind === 'duty' || kind === 'staffCheck';

/** 录入: puts an entry down. Assessments and decisions are the office's; duties and staff checks the institution's too. */
export async function enter(deps: SupervisionDeps, actor: SupervisionActor, institution: string, id: string, typed: Typed): Done {
  const record = await findRecord(deps, actor, institution);
  if (!record) return refused('not-found');
  if (!mayEnter(actor, typed.kind)) return refused('not-yours');
  const fault = faultOf(deps, actor, record, typed);
  if (fault) return refused(fault);
  return put(deps, actor, record, entryOf(deps, actor, id, typed, null), null, 'entered', null);
}

/** 更正: an entry as it should have been, with the reason; what it said before is kept, or nothing of its words where they named a person. An institution mends what it reported itself, and says so again of a duty found not done. */
export async function correct(deps: SupervisionDeps, actor: SupervisionActor, institution: string, chosen: Chosen, typed: Typed, reason: string | null, isForgetful = false): Done {
  const record = await findRecord(deps, actor, institution);
  const held = record && heldIn(record, typed.kind).find(({ of }) => of.of.id === chosen.id);
  if (!record || !held) return refused('not-found');
  if (!mayEnter(actor, typed.kind) || (actor.side === 'institution' && held.of.kind === 'staffCheck' && held.of.of.by !== 'institution')) return refused('not-yours');
  if (actor.side === 'authority' && reason === null) return refused('reason');
  if (held.version !== chosen.version) return refused('changed-meanwhile');
  const fault = faultOf(deps, actor, record, typed);
  if (fault) return refused(fault);
  const entry = entryOf(deps, actor, chosen.id, typed, held.of);
  if (entry.kind === 'decision' && entry.of.withdrawn !== null && entry.of.withdrawn.on < entry.of.decidedOn) return refused('ends-before');
  return put(deps, actor, record, entry, held.version, 'corrected', amendmentOf(deps, actor, held.of, 'corrected', reason, isForgetful), isForgetful);
}

/** 撤下误录: what should never have been entered, with the reason; what it said is kept among the amendments. */
export async function takeOut(deps: SupervisionDeps, actor: SupervisionActor, institution: string, kind: EntryKind, chosen: Chosen, reason: string, isForgetful = false): Done {
  const record = await findRecord(deps, actor, institution);
  const held = record && heldIn(record, kind).find(({ of }) => of.of.id === chosen.id);
  if (!record || !held) return refused('not-found');
  if (actor.side !== 'authority') return refused('not-yours');
  if (held.version !== chosen.version) return refused('changed-meanwhile');
  const saved = await deps.store.takeOut({ ...placeOf(actor, institution), version: held.version, amendment: amendmentOf(deps, actor, held.of, 'takenOut', reason, isForgetful), forgets: isForgetful, changeId: isPublic(kind) ? changeIdOf(deps, held.of) : null, event: eventOf(deps, actor, institution, held.of, 'taken-out') });
  return saved === 'saved' ? done(record) : refused(saved);
}

type Move = (held: Decision) => { readonly of: Decision; readonly act: Amendment['act']; readonly event: string; readonly reason: string | null } | SupervisionRefusal;
async function moveDecision(deps: SupervisionDeps, actor: SupervisionActor, institution: string, chosen: Chosen, move: Move): Done {
  const record = await findRecord(deps, actor, institution);
  const held = record?.decisions.find(({ of }) => of.id === chosen.id);
  if (!record || !held) return refused('not-found');
  if (held.version !== chosen.version) return refused('changed-meanwhile');
  const moved = move(held.of);
  if (typeof moved === 'string') return refused(moved);
  return put(deps, actor, record, { kind: 'decision', of: moved.of }, held.version, moved.event, amendmentOf(deps, actor, { kind: 'decision', of: held.of }, moved.act, moved.reason));
}

/** 撤销、变更、确认违法: the decision stays on the page with the note and since when, until its end day. */
export const withdraw = (deps: SupervisionDeps, actor: SupervisionActor, institution: string, chosen: Chosen, typed: Withdrawal): Done =>
  moveDecision(deps, actor, institution, chosen, (held) => {
    if (actor.side !== 'authority') return 'not-yours';
    if (held.withdrawn !== null) return 'withdrawn-before';
    if (typed.on > dayOf(deps.now())) return 'future';
    if (typed.on < held.decidedOn) return 'ends-before';
    return { of: { ...held, withdrawn: typed }, act: 'withdrawn', event: 'withdrawn', reason: typed.note };
  });

/** 机构说明: the institution's word beside a decision that is still shown, at once; said again it takes the place of the one before. */
export const reply = (deps: SupervisionDeps, actor: SupervisionActor, institution: string, chosen: Chosen, text: string): Done =>
  moveDecision(deps, actor, institution, chosen, (held) => {
    const today = dayOf(deps.now());
    if (actor.side !== 'institution') return 'not-yours';
    if (held.until !== null && held.until < today) return 'over';
    return { of: { ...held, reply: { text, on: today } }, act: 'replied', event: 'replied', reason: null };
  });

/** 撤下说明: the office takes a reply off the page that names a person, with the reason; the institution may write another. */
export const takeDownReply = (deps: SupervisionDeps, actor: SupervisionActor, institution: string, chosen: Chosen, reason: string): Done =>
  moveDecision(deps, actor, institution, chosen, (held) => {
    if (actor.side !== 'authority') return 'not-yours';
    if (held.reply === null) return 'no-reply';
    return { of: { ...held, reply: null }, act: 'replyTakenDown', event: 'reply-taken-down', reason };
  });
