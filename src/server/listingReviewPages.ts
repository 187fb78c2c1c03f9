import { listingGroups, proposalOf, proposedGroups, returnReasons, staleGroups, withGroups, type ListingDraft } from '#domain/listingDraft/model.ts';
import type { DraftActor } from '#domain/listingDraft/ports.ts';
import { dayOf, daysBetween } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import type { GroupError } from '#server/listingGroupRead.ts';
import { notHere, seeOther, type ListingNotice } from '#server/listingPages.ts';
import { diffView } from '#server/pages/listingDiff.ts';
import { warningsFor } from '#server/pages/listingDesk.ts';
import { fullDayText } from '#text/dates.ts';
import { listingGroupText } from '#text/listingFields.ts';
import { listingReviewText as words } from '#text/listingReview.ts';

/** Who reviews: the authority's own person, for all of the place. */
const reviewerOf = ({ account, place }: SignedIn): DraftActor => ({ account: account.id, jurisdiction: place.code, sayer: 'authority', institution: null, subdistrict: account.subdistrict });

type Queued = { readonly id: string; readonly name: string; readonly street: string; readonly groups: string; readonly since: string; readonly days: number; readonly fromStreet: boolean };

async function queueOf(app: App, { place }: SignedIn): Promise<readonly Queued[]> {
  const drafts = await app.listingDrafts.waiting(place.code);
  const names = new Map((await app.accounts.institutionNames(place.code)).map(({ id, name }) => [id, name]));
  const today = app.today();
  return Promise.all(drafts.map(async (draft): Promise<Queued> => {
    const street = await app.directory.subdistrictOf(place.code, draft.institution);
    const day = dayOf(draft.submitted?.at ?? draft.changedAt);
    const titles = proposedGroups(draft).map((group) => listingGroupText[group].title);
    return {
      id: draft.id, name: names.get(draft.institution) ?? '', street: place.subdistricts.find(({ code }) => code === street)?.name ?? words.noStreet, groups: titles.length === 0 ? words.onlyPhotos : titles.join('、'),
      since: fullDayText(day), days: daysBetween(day, today), fromStreet: draft.saidBy === 'street',
    };
  }));
}

/** 待审核的展示信息: the longest waiting first, of all streets or of one. */
export async function reviewQueueView(app: App, desk: SignedIn, parameters: URLSearchParams) {
  const all = await queueOf(app, desk);
  const asked = parameters.get('street') ?? '';
  const streets = [...Map.groupBy(all, ({ street }) => street)].map(([name, rows]) => ({ name, count: rows.length }));
  const street = streets.some(({ name }) => name === asked) ? asked : '';
  const done = parameters.get('done');
  return { rows: all.filter((row) => street === '' || row.street === street), streets, street, total: all.length, notice: done === 'published' || done === 'returned' || done === 'partly' ? { tone: 'leaf' as const, lines: [words.done[done]] } : null };
}

const nextIn = async (app: App, desk: SignedIn, id: string): Promise<string | null> => {
  const rows = await queueOf(app, desk);
  const at = rows.findIndex((row) => row.id === id);
  return rows[at + 1]?.id ?? rows.find((row) => row.id !== id)?.id ?? null;
};

async function oneView(app: App, desk: SignedIn, id: string) {
  const found = await app.listingDrafts.find(desk.place.code, id);
  if (!found) return undefined;
  const { draft, standing: { institution, listing } } = found;
  const current = proposalOf(institution, listing.words);
  const groups = proposedGroups(draft);
  const stale = staleGroups(draft, current);
  // What the reviewer compares with is the page as it stands now, not as it stood when the draft was begun.
  const after = withGroups(current, draft.proposal, groups);
  const next = await nextIn(app, desk, id);
  const entry = await app.directory.find(desk.place.code, institution.id);
  return {
    id, version: draft.version, name: institution.name, institution: institution.id, isOpen: draft.state === 'awaitingReview', isOwn: draft.submitted?.by === desk.account.id, fromStreet: draft.saidBy === 'street',
    state: draft.state, since: draft.submitted ? fullDayText(dayOf(draft.submitted.at)) : '', groups: diffView(current, after).map((group) => ({ ...group, isStale: stale.includes(group.group) })),
    warnings: warningsFor(institution, after, app, app.today()), photos: listing.photos.filter(({ cleared }) => cleared === null).map((one) => ({ id: one.id, caption: one.caption, illustration: one.illustration, width: one.width, height: one.height, src: `/office/listings/photos/${institution.id}/${one.id}/` })),
    feeNote: groups.includes('fees') && draft.proposal.facts.feesFrom !== null && draft.proposal.facts.feesFrom > app.today() ? words.feesLater(fullDayText(draft.proposal.facts.feesFrom)) : null,
    feeNotice: groups.includes('fees') && (draft.proposal.facts.feeNotice.publishedOn === null || draft.proposal.facts.feeNotice.committeeHeard !== true) ? words.feesUnheard : null,
    publicHref: entry ? `/${desk.place.slug}/institutions/${institution.id}/` : null, nextHref: next === null ? null : `/office/listings/${next}/`,
  };
}
export type OneReviewView = NonNullable<Awaited<ReturnType<typeof oneView>>>;

const reasonOf = (typed: Typed) => returnReasons.find((one) => one === typed['reason']) ?? null;
const isKnown = (reason: string): reason is keyof typeof words.refusal => reason in words.refusal;

function verdictOf(draft: ListingDraft, typed: Typed) {
  const groups = proposedGroups(draft);
  const said = (typed['words'] ?? '').trim();
  return {
    approve: typed['act'] === 'approve' ? groups : typed['act'] === 'partly' ? listingGroups.filter((group) => typed[`group-${group}`] === '1') : [],
    photos: typed['act'] === 'return' ? [] : Object.keys(typed).filter((name) => name.startsWith('photo-') && typed[name] === '1').map((name) => name.slice('photo-'.length)),
    reason: reasonOf(typed), words: said === '' ? null : said,
  };
}

async function decide(astro: Guarded, desk: SignedIn, draft: ListingDraft, typed: Typed): Promise<Response | { readonly status: number; readonly errors: readonly GroupError[] }> {
  const { app } = astro.locals;
  const verdict = verdictOf(draft, typed);
  const needsReason = typed['act'] !== 'approve';
  const errors = [
    ...(needsReason && verdict.reason === null ? [{ field: 'reason', message: words.reasonNeeded }] : []),
    ...((needsReason && (verdict.words === null || verdict.words.length < 4)) || (verdict.words?.length ?? 0) > 500 ? [{ field: 'words', message: words.wordsNeeded }] : []),
  ];
  if (errors.length > 0) return { status: 422, errors };
  // The queue is asked before: what was the next then is where the clerk goes on.
  const next = await nextIn(app, desk, draft.id);
  const outcome = await app.listingDrafts.review(reviewerOf(desk), draft.id, Number(typed['version'] ?? ''), verdict);
  if (!outcome.ok) return outcome.reason === 'not-found' ? notHere() : { status: outcome.reason === 'reason' || outcome.reason === 'photo' ? 422 : 409, errors: [{ field: outcome.reason === 'reason' ? 'reason' : outcome.reason === 'photo' ? 'photos' : 'groups', message: isKnown(outcome.reason) ? words.refusal[outcome.reason] : words.refusal['changed-meanwhile'] }] };
  const done = outcome.value.state === 'published' ? 'published' : (outcome.value.decided?.approved.length ?? 0) > 0 ? 'partly' : 'returned';
  return seeOther(next === null ? `/office/listings/?done=${done}` : `/office/listings/${next}/?done=${done}`);
}

/** 审核一份: the comparison on one screen; a form on it publishes all, some, or sends it back, and leads to the next. */
export async function reviewStep(astro: Guarded, desk: SignedIn, id: string): Promise<{ readonly status: number; readonly errors: readonly GroupError[]; readonly typed: Typed; readonly notice: ListingNotice; readonly view: OneReviewView } | Response> {
  const { app } = astro.locals;
  const found = await app.listingDrafts.find(desk.place.code, id);
  if (!found) return notHere();
  let [status, errors, typed]: [number, readonly GroupError[], Typed] = [200, [], {}];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const outcome = await decide(astro, desk, found.draft, typed);
    if (outcome instanceof Response) return outcome;
    ({ status, errors } = outcome);
  }
  const view = await oneView(app, desk, id);
  if (!view) return notHere();
  const done = (['published', 'returned', 'partly'] as const).find((one) => one === astro.url.searchParams.get('done'));
  const notice: ListingNotice = errors.length > 0 ? null : done ? { tone: 'leaf', lines: [words.doneBefore[done]] } : null;
  return { status, errors, typed, notice, view };
}
