import type { CareRules } from '#domain/jurisdiction/model.ts';
import type { HomeSiteRule } from '#domain/listing/model.ts';
import { statedForIt } from '#domain/listing/rules.ts';
import { warningsOf } from '#domain/listing/warnings.ts';
import { contentOf, groupsBetween, isFactGroup, listingGroups, mayMove, proposedGroups, withFacts, type ListingDraft, type ListingGroup, type Proposal } from '#domain/listingDraft/model.ts';
import type { Work } from '#domain/listingDraft/ports.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { App } from '#server/app.ts';
import type { Typed } from '#server/forms.ts';
import { diffView, type DiffGroup } from '#server/pages/listingDiff.ts';
import { pauseLines } from '#server/pages/pauses.ts';
import { groupForm, type FormBlock } from '#server/pages/listingForm.ts';
import { dayOf, daysBetween } from '#domain/shared/dates.ts';
import { fullDayText } from '#text/dates.ts';
import { saidText } from '#text/listing.ts';
import { draftStateText, listingDeskText as words, listingPhotosText, returnReasonText } from '#text/listingDesk.ts';
import { listingGroupText } from '#text/listingFields.ts';
import { warningForStaff } from '#text/warnings.ts';

type Rules = { readonly listings: { readonly careRules: CareRules; readonly homeSiteRule: HomeSiteRule } };
type Said = { readonly text: string; readonly tone: 'leaf' | 'plain' | 'amber' };

export type GroupRow = { readonly group: ListingGroup; readonly title: string; readonly said: string; readonly mark: Said | null; readonly editText: string; readonly editLabel: string; readonly confirmLabel: string | null; readonly confirmText: string };
export type OverviewView = {
  readonly name: string; readonly base: string; readonly publicHref: string | null; readonly seen: number; readonly state: string | null; readonly mayEdit: boolean; readonly maySubmit: boolean; readonly mayWithdraw: boolean; readonly mayDrop: boolean;
  readonly returned: { readonly why: string; readonly partly: string | null } | null; readonly published: string | null; readonly changes: readonly DiffGroup[]; readonly stale: readonly DiffGroup[]; readonly rows: readonly GroupRow[];
  readonly photos: string; readonly pauses: readonly string[]; readonly history: readonly { readonly day: string; readonly what: string }[]; readonly warnings: readonly string[];
};

/** What rules warn of once a page says what is proposed. */
export const warningsFor = (of: Institution, proposal: Proposal, { listings }: Rules, today: IsoDate): readonly string[] =>
  warningsOf(withFacts(of, proposal.facts, listingGroups, today), proposal.words, listings).map(warningForStaff);

const isEmpty = (proposal: Proposal, group: ListingGroup): boolean => {
  const content = contentOf(proposal, group);
  return content === null || Object.values(content).every((value) => value === null || (Array.isArray(value) && value.length === 0));
};

const saidOf = ({ current, institution, listing }: Work, group: ListingGroup, today: IsoDate): string => {
  const other = isFactGroup(group) ? statedForIt(listing.changes, group, institution.confirmedOn) : undefined;
  if (other) return saidText(other.by, other.on, today);
  if (isFactGroup(group)) return institution.confirmedOn === null ? institution.source.title : saidText('institution', institution.confirmedOn, today);
  const held = current.words[group];
  return held === null ? '' : saidText(held.saidBy, held.asOf, today);
};

function rowOf(work: Work, group: ListingGroup, changed: readonly ListingGroup[], sayer: string, today: IsoDate): GroupRow {
  const { title } = listingGroupText[group];
  const empty = isEmpty(work.current, group);
  const other = isFactGroup(group) ? statedForIt(work.listing.changes, group, work.institution.confirmedOn) : undefined;
  const byStreet = sayer === 'institution' && (isFactGroup(group) ? other !== undefined : work.current.words[group]?.saidBy === 'street');
  const mark: Said | null = changed.includes(group) ? { text: words.changed, tone: 'amber' } : byStreet ? { text: words.street, tone: 'amber' } : empty ? { text: words.empty, tone: 'plain' } : null;
  return {
    group, title, said: empty ? '' : saidOf(work, group, today), mark, editText: empty && !changed.includes(group) ? words.fill : words.edit, editLabel: empty && !changed.includes(group) ? words.fillOf(title) : words.editOf(title),
    confirmLabel: empty || changed.includes(group) ? null : byStreet ? words.confirmOf(title) : words.stillOf(title), confirmText: byStreet ? words.confirmIt : words.still,
  };
}

const returnedOf = (draft: ListingDraft | undefined): OverviewView['returned'] => {
  if (!draft?.decided || draft.decided.reason === null || (draft.state !== 'returned' && draft.state !== 'draft')) return null;
  const { reason, words: why, approved } = draft.decided;
  const titles = listingGroups.filter((group) => approved.includes(group)).map((group) => listingGroupText[group].title).join('、');
  return { why: words.returnedWhy(returnReasonText[reason], why ?? ''), partly: titles === '' ? null : words.partly(titles) };
};

/** Days for which an institution is told that what it handed in is published. */
const toldDays = 14;
/** 审核通过: the last draft, where nothing was begun since and it is not long ago. */
function publishedOf(open: ListingDraft | undefined, [last]: readonly ListingDraft[], today: IsoDate): string | null {
  if (open !== undefined || last?.state !== 'published' || !last.decided) return null;
  const on = dayOf(last.decided.at);
  const titles = proposedGroups(last).map((group) => listingGroupText[group].title);
  return daysBetween(on, today) > toldDays ? null : words.publishedWhat(fullDayText(on), titles.length === 0 ? listingPhotosText.title : titles.join('、'));
}

const historyOf = (drafts: readonly ListingDraft[]): OverviewView['history'] => drafts.filter(({ submitted, decided }) => submitted !== null || decided !== null).map((draft) => ({
  day: fullDayText(dayOf(draft.decided?.at ?? draft.submitted?.at ?? draft.changedAt)),
  what: [draftStateText[draft.state], proposedGroups(draft).map((group) => listingGroupText[group].title).join('、'), draft.decided?.reason ? words.returnedWhy(returnReasonText[draft.decided.reason], draft.decided.words ?? '') : ''].filter((part) => part !== '').join('：'),
}));

/** 展示信息 of one institution at the desk of whoever writes it; undefined where it is not theirs. */
export async function overviewView(app: App, { actor, institution: id, base }: { readonly actor: Parameters<App['listingDrafts']['work']>[0]; readonly institution: string; readonly base: string }): Promise<OverviewView | undefined> {
  const work = await app.listingDrafts.work(actor, id);
  if (!work) return undefined;
  const today = app.today();
  const { draft, current, institution, listing } = work;
  const changed = draft ? proposedGroups(draft) : [];
  const photosWait = listing.photos.filter(({ cleared }) => cleared === null).length;
  const place = app.jurisdictions.find(({ code }) => code === actor.jurisdiction);
  const canEdit = draft === undefined || mayMove(draft.state, 'edit');
  const [history, entry] = await Promise.all([app.listingDrafts.history(actor.jurisdiction, id), app.directory.find(actor.jurisdiction, id)]);
  const moved = draft ? groupsBetween(draft.base, current).filter((group) => work.stale.includes(group)) : [];
  return {
    name: institution.name, base, publicHref: place && entry ? `/${place.slug}/institutions/${id}/` : null, seen: draft?.version ?? 0,
    state: draft ? [draftStateText[draft.state], draft.submitted ? words.waits(fullDayText(dayOf(draft.submitted.at))) : ''].filter((part) => part !== '').join('，') : null,
    mayEdit: canEdit, maySubmit: draft !== undefined && canEdit && (changed.length > 0 || photosWait > 0), mayWithdraw: draft?.state === 'awaitingReview', mayDrop: draft !== undefined && canEdit,
    returned: returnedOf(draft), published: publishedOf(draft, history, today), changes: draft ? diffView(draft.base, draft.proposal) : [], stale: draft && moved.length > 0 ? diffView(draft.base, current).filter(({ group }) => moved.includes(group)) : [],
    rows: listingGroups.map((group) => rowOf(work, group, changed, actor.sayer, today)), photos: words.photosCount(listing.photos.length - photosWait, photosWait),
    pauses: pauseLines(institution, today), history: historyOf(history), warnings: warningsFor(institution, draft?.proposal ?? current, app, today),
  };
}

export type GroupView = { readonly group: ListingGroup; readonly title: string; readonly what: string; readonly seen: number; readonly mayEdit: boolean; readonly isChanged: boolean; readonly blocks: readonly FormBlock[]; readonly warnings: readonly string[] };

/** One group's form: the draft's words, else those that stand; what was typed before all. */
export function groupView(work: Work, group: ListingGroup, typed: Typed | undefined, app: Rules & Pick<App, 'today'>): GroupView {
  const { draft, current, institution } = work;
  const proposal = draft?.proposal ?? current;
  return {
    group, ...listingGroupText[group], seen: draft?.version ?? 0, mayEdit: draft === undefined || mayMove(draft.state, 'edit'), isChanged: draft !== undefined && proposedGroups(draft).includes(group),
    blocks: groupForm(group, draft && proposedGroups(draft).includes(group) ? draft.proposal : current, typed), warnings: group === 'bands' || group === 'classes' ? warningsFor(institution, proposal, app, app.today()) : [],
  };
}
