import type { AuditDraft } from '#domain/audit/model.ts';
import type { DueRemedy, Inspected, Inspection, InspectionActor, InspectionChecklist, InspectionPhoto, InspectionTyped, RecheckTyped, Remedy } from '#domain/inspections/model.ts';
import type { InspectionStore } from '#domain/inspections/ports.ts';
import { rectificationStanding } from '#domain/inspections/rectification.ts';
import { addDays, dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type InspectionDeps = { readonly store: InspectionStore; readonly checklist: InspectionChecklist; readonly newId: () => string; readonly now: () => Instant };

/** A draft may wait for a signal so long. */
export const oldestDays = 30;

export type InspectionRefusal = 'institution-unknown' | 'not-your-street' | 'future' | 'too-old' | 'item-unknown' | 'fails-but-sound' | 'nothing-failed' | 'note-missing' | 'due-missing' | 'due-before' | 'recheck-before' | 'known-other';

const eventOf = (deps: InspectionDeps, { account, jurisdiction }: Pick<InspectionActor, 'account' | 'jurisdiction'>, kind: string, id: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.newId(), jurisdiction, at: deps.now(), kind, actor: account, objectKind: 'inspection', objectId: id, detail });

const sees = ({ subdistrict }: InspectionActor, of: Pick<Inspected, 'subdistrict'>): boolean => subdistrict === null || of.subdistrict === subdistrict;

/** Institutions an inspector may go to: a street those in it, an office all. */
export const inspectable = async (deps: InspectionDeps, actor: InspectionActor): Promise<readonly Inspected[]> => (await deps.store.institutions(actor.jurisdiction)).filter((of) => sees(actor, of));

/** What is wrong with a record of an inspection, by the checklist and by its own days; undefined when it holds together. */
export function faultOf(typed: InspectionTyped, checklist: InspectionChecklist, today: IsoDate): InspectionRefusal | undefined {
  const known = new Set(checklist.items.map(({ key }) => key));
  if (typed.inspectedOn > today) return 'future';
  if (typed.inspectedOn < addDays(today, -oldestDays)) return 'too-old';
  if (typed.answers.some(({ item }) => !known.has(item)) || new Set(typed.answers.map(({ item }) => item)).size < typed.answers.length) return 'item-unknown';
  const failed = typed.answers.filter(({ result }) => result === 'fail');
  if (failed.some(({ note }) => note.length < 2)) return 'note-missing';
  if (typed.outcome === 'sound') return failed.length > 0 ? 'fails-but-sound' : undefined;
  if (failed.length === 0) return 'nothing-failed';
  if (typed.outcome === 'rectify' && typed.dueOn === null) return 'due-missing';
  if (typed.dueOn !== null && typed.dueOn < typed.inspectedOn) return 'due-before';
  return typed.recheckOn !== null && typed.recheckOn < typed.inspectedOn ? 'recheck-before' : undefined;
}

/** 记一次巡查: written once however often it arrives; every failure of a 责令整改 becomes a 整改 with its day. */
export async function addInspection(deps: InspectionDeps, actor: InspectionActor, id: string, typed: InspectionTyped, photos: readonly InspectionPhoto[]): Promise<Outcome<Inspection, InspectionRefusal>> {
  const before = await deps.store.find(actor.jurisdiction, id);
  if (before) return before.account === actor.account ? done(before) : refused('known-other');
  const institution = (await deps.store.institutions(actor.jurisdiction)).find((one) => one.id === typed.institution);
  if (!institution) return refused('institution-unknown');
  if (!sees(actor, institution)) return refused('not-your-street');
  const fault = faultOf(typed, deps.checklist, dayOf(deps.now()));
  if (fault) return refused(fault);
  const inspection: Inspection = { ...typed, id, jurisdiction: actor.jurisdiction, account: actor.account, bySide: actor.subdistrict === null ? 'office' : 'street', at: deps.now(), photos };
  const { dueOn } = typed;
  const remedies: readonly Remedy[] = typed.outcome !== 'rectify' || dueOn === null ? [] : typed.answers.filter(({ result }) => result === 'fail').map(({ item, note }) => ({
    id: deps.newId(), inspection: id, institution: typed.institution, finding: deps.checklist.items.find(({ key }) => key === item)?.title ?? item, demand: note, orderedOn: typed.inspectedOn, dueOn,
    doneOn: null, recheckedOn: null, passed: null, doneWords: null, recheckNote: null, version: 1,
  }));
  const saved = await deps.store.add(inspection, remedies, eventOf(deps, actor, 'inspection-recorded', id, { outcome: typed.outcome, failed: typed.answers.filter(({ result }) => result === 'fail').length, photos: photos.length }));
  if (saved === 'saved') return done(inspection);
  const other = await deps.store.find(actor.jurisdiction, id);
  return other?.account === actor.account ? done(other) : refused('known-other');
}

/** One inspection with its 整改; undefined for another street's as for one that never was. */
export async function findInspection(deps: InspectionDeps, actor: InspectionActor, id: string): Promise<{ readonly inspection: Inspection; readonly institution: Inspected; readonly remedies: readonly Remedy[] } | undefined> {
  const inspection = await deps.store.find(actor.jurisdiction, id);
  const institution = inspection && (await deps.store.institutions(actor.jurisdiction)).find((one) => one.id === inspection.institution);
  return inspection && institution && sees(actor, institution) ? { inspection, institution, remedies: await deps.store.remedies(actor.jurisdiction, { inspection: id }) } : undefined;
}

/** Since when a 整改 waits for somebody at this desk: the institution said it is done, or its day. */
const waitsSince = (remedy: Remedy, today: IsoDate): IsoDate => (rectificationStanding(remedy, today) === 'awaitsRecheck' ? remedy.doneOn ?? remedy.dueOn : remedy.dueOn);

/** 整改 that are not closed, of what the actor sees, the longest waiting first. */
export async function openRemedies(deps: InspectionDeps, actor: InspectionActor): Promise<readonly DueRemedy[]> {
  const today = dayOf(deps.now());
  const seen = new Map((await inspectable(deps, actor)).map((of) => [of.id, of]));
  return (await deps.store.remedies(actor.jurisdiction, {})).flatMap((remedy) => { const institution = seen.get(remedy.institution); return institution ? [{ remedy, institution, on: waitsSince(remedy, today) }] : []; })
    .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : one.remedy.id < other.remedy.id ? -1 : 1));
}

type Changed = Outcome<Remedy, 'not-found' | 'changed-meanwhile' | 'wrong-state' | 'due-before'>;
const changed = async (deps: InspectionDeps, actor: Pick<InspectionActor, 'account' | 'jurisdiction'>, next: Remedy, kind: string, detail: AuditDraft['detail']): Promise<Changed> =>
  ((await deps.store.change(next, next.version - 1, eventOf(deps, actor, kind, next.inspection, { remedy: next.id, ...detail }))) === 'saved' ? done(next) : refused('changed-meanwhile'));

/** 机构报告已整改: today, in its own words; again only after a failed re-check. */
export async function reportDone(deps: InspectionDeps, actor: { readonly account: string; readonly jurisdiction: InspectionActor['jurisdiction']; readonly institution: string }, chosen: { readonly id: string; readonly version: number }, words: string): Promise<Changed> {
  const remedy = (await deps.store.remedies(actor.jurisdiction, { institution: actor.institution })).find(({ id }) => id === chosen.id);
  if (!remedy) return refused('not-found');
  if (remedy.version !== chosen.version) return refused('changed-meanwhile');
  const today = dayOf(deps.now());
  const standing = rectificationStanding(remedy, today);
  if (standing === 'closed' || standing === 'awaitsRecheck') return refused('wrong-state');
  return changed(deps, actor, { ...remedy, doneOn: today, doneWords: words, recheckedOn: null, passed: null, version: remedy.version + 1 }, 'rectification-reported', {});
}

/** 复查: mended, or not and by when again. */
export async function recheck(deps: InspectionDeps, actor: InspectionActor, chosen: { readonly inspection: string; readonly id: string; readonly version: number }, { passed, note, nextDue }: RecheckTyped): Promise<Changed> {
  const found = await findInspection(deps, actor, chosen.inspection);
  const remedy = found?.remedies.find(({ id }) => id === chosen.id);
  if (!remedy) return refused('not-found');
  if (remedy.version !== chosen.version) return refused('changed-meanwhile');
  const today = dayOf(deps.now());
  if (rectificationStanding(remedy, today) === 'closed') return refused('wrong-state');
  if (!passed && (nextDue === null || nextDue < today)) return refused('due-before');
  return changed(deps, actor, { ...remedy, recheckedOn: today, passed, recheckNote: note === '' ? null : note, dueOn: passed ? remedy.dueOn : nextDue ?? remedy.dueOn, doneOn: passed ? remedy.doneOn ?? today : null, version: remedy.version + 1 }, passed ? 'rectification-passed' : 'rectification-failed', passed ? {} : { due: nextDue ?? '' });
}
