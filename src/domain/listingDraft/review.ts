import { listingEvent } from '#domain/listingDraft/commands.ts';
import type { DraftActor, DraftDeps, NextStanding, Standing } from '#domain/listingDraft/ports.ts';
import { isFactGroup, mayMove, proposalOf, proposedGroups, staleGroups, withFacts, withGroups, type ListingDraft, type ListingGroup, type ReturnReason } from '#domain/listingDraft/model.ts';
import { dayOf, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type ReviewRefusal = 'not-found' | 'changed-meanwhile' | 'wrong-state' | 'needs-another' | 'stale' | 'reason' | 'photo';

/** What the reviewer says: groups to publish, photos without a recognisable child, and why the rest goes back. */
export type Verdict = { readonly approve: readonly ListingGroup[]; readonly photos: readonly string[]; readonly reason: ReturnReason | null; readonly words: string | null };

/** What will stand once some groups of a draft are published over what stands; undefined when one of them has been changed by another since. */
export function published(draft: ListingDraft, { institution, listing }: Standing, approve: readonly ListingGroup[], today: IsoDate): NextStanding | undefined {
  const current = proposalOf(institution, listing.words);
  if (staleGroups(draft, current).some((group) => approve.includes(group))) return undefined;
  const next = withGroups(current, draft.proposal, approve);
  const facts = approve.filter(isFactGroup);
  const changed = facts.length > 0 ? withFacts(institution, next.facts, facts, today, draft.saidBy) : undefined;
  // A change of fees in force from today carries its 公示 into 收费约定, where such are stated.
  const money = facts.includes('fees') && !changed?.nextFees && next.words.money ? { ...next.words.money, ...next.facts.feeNotice } : next.words.money;
  return {
    ...(facts.length < approve.length || money !== listing.words.money ? { words: { ...next.words, money } } : {}), ...(changed ? { institution: changed } : {}),
    parts: approve,
  };
}

/**
 * 审核: publishes the groups named and sends the rest back with the reason, in one transaction; whoever decided meanwhile was first. Nobody reviews what they handed in themselves.
 * Rules only warn: nothing here is refused for a class too large.
 */
export async function reviewDraft(deps: DraftDeps, actor: DraftActor, id: string, seen: number, verdict: Verdict): Promise<Outcome<ListingDraft, ReviewRefusal>> {
  const draft = await deps.store.find(actor.jurisdiction, id);
  if (!draft) return refused('not-found');
  if (draft.version !== seen) return refused('changed-meanwhile');
  if (!mayMove(draft.state, 'approve')) return refused('wrong-state');
  if (draft.submitted?.by === actor.account) return refused('needs-another');
  const proposed = proposedGroups(draft);
  const approve = proposed.filter((group) => verdict.approve.includes(group));
  const open = (await deps.store.photos(actor.jurisdiction, draft.institution)).filter(({ cleared }) => cleared === null);
  const photos = open.filter((one) => verdict.photos.includes(one.id)).map((one) => one.id);
  const isWhole = approve.length === proposed.length && photos.length === open.length;
  if (!isWhole && (verdict.reason === null || verdict.words === null)) return refused(approve.length === proposed.length ? 'photo' : 'reason');
  const at = deps.now();
  const on = dayOf(at);
  const noticeId = deps.newId();
  const decision = { by: actor.account, at, reason: isWhole ? null : verdict.reason, words: isWhole ? null : verdict.words, approved: [...approve, ...(photos.length > 0 ? ['photos'] : [])] };
  const saved = await deps.store.review({
    draft: id, version: seen, state: isWhole ? 'published' : 'returned', decision, photos, jurisdiction: actor.jurisdiction, institution: draft.institution, on, at, by: draft.saidBy, changeId: deps.newId(),
    notice: { id: noticeId, kind: 'listing-decided', sealed: deps.sealNotice(noticeId, { institution: draft.institution, draft: id, version: seen + 1 }) },
    event: listingEvent(deps, actor, isWhole ? 'listing-published' : approve.length + photos.length > 0 ? 'listing-partly-published' : 'listing-returned', draft.institution, { draft: id, groups: approve.join(' '), photos: photos.length, reason: decision.reason }),
    next: (current) => { const next = published(draft, current, approve, on); return next && photos.length > 0 ? { ...next, parts: [...next.parts, 'photos'] } : next; },
  });
  if (saved !== 'saved') return refused(saved === 'refused' ? 'stale' : 'changed-meanwhile');
  return done({ ...draft, state: isWhole ? 'published' : 'returned', version: seen + 1, decided: decision });
}
