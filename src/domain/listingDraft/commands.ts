import type { AuditDraft } from '#domain/audit/model.ts';
import type { DraftActor, DraftDeps, Standing, Work } from '#domain/listingDraft/ports.ts';
import { wordGroups } from '#domain/listing/model.ts';
import { contentOf, draftMoves, isFactGroup, isSame, mayMove, proposal, proposalOf, proposedGroups, staleGroups, withGroups, type DraftMove, type ListingDraft, type ListingGroup, type Proposal } from '#domain/listingDraft/model.ts';
import { dayOf } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type DraftRefusal = 'not-found' | 'changed-meanwhile' | 'wrong-state' | 'nothing' | 'stale' | 'refused';

/** An event of the audit about an institution's page. */
export const listingEvent = (deps: Pick<DraftDeps, 'newId' | 'now'>, actor: Pick<DraftActor, 'account' | 'jurisdiction'>, kind: string, institution: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.newId(), jurisdiction: actor.jurisdiction, at: deps.now(), kind, actor: actor.account, objectKind: 'institution', objectId: institution, detail });

/** Whether an institution is the actor's to write about: its own, one of its street, any of the place. */
const isTheirs = (actor: DraftActor, { institution }: Standing): boolean =>
  (actor.institution === null || actor.institution === institution.id) && (actor.subdistrict === null || actor.subdistrict === institution.subdistrict);

/** What stands and what is being written of an institution that is the actor's; undefined of any other. */
export async function findWork({ store }: Pick<DraftDeps, 'store'>, actor: DraftActor, institution: string): Promise<Work | undefined> {
  const standing = await store.standing(actor.jurisdiction, institution);
  if (!standing || !isTheirs(actor, standing)) return undefined;
  const draft = await store.findOpen(actor.jurisdiction, institution);
  const current = proposalOf(standing.institution, standing.listing.words);
  return { ...standing, current, draft, stale: draft ? staleGroups(draft, current) : [] };
}

async function moveDraft(deps: DraftDeps, actor: DraftActor, institution: string, seen: number, move: Exclude<DraftMove, 'edit' | 'approve' | 'sendBack'>, change: (work: Work, draft: ListingDraft) => Outcome<ListingDraft, DraftRefusal>): Promise<Outcome<ListingDraft, DraftRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  const { draft } = work;
  if (draft?.version !== seen) return refused('changed-meanwhile');
  if (!mayMove(draft.state, move)) return refused('wrong-state');
  const changed = change(work, draft);
  if (!changed.ok) return changed;
  const next = { ...changed.value, state: draftMoves[move].to, version: seen + 1, changedAt: deps.now() };
  const saved = await deps.store.save(next, seen, listingEvent(deps, actor, `listing-${move}`, institution, { draft: draft.id, groups: proposedGroups(next).join(' ') }));
  return saved === 'saved' ? done(next) : refused('changed-meanwhile');
}

/** One group as its content, ready to stand in a page: words carry who said them and when. */
export function withContent(of: Proposal, group: ListingGroup, content: Readonly<Record<string, unknown>> | null, actor: Pick<DraftActor, 'sayer'>, on: string): Proposal | undefined {
  if (isFactGroup(group)) return proposal.safeParse({ ...of, facts: { ...of.facts, ...content } }).data;
  return proposal.safeParse({ ...of, words: { ...of.words, [group]: content === null ? null : { ...content, saidBy: actor.sayer, asOf: on } } }).data;
}

/** 保存一组: puts one group into the draft, which begins with it where there is none; other groups stay as they are. */
export async function saveGroup(deps: DraftDeps, actor: DraftActor, institution: string, seen: number, group: ListingGroup, content: Readonly<Record<string, unknown>> | null): Promise<Outcome<ListingDraft, DraftRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  const { draft, current, listing } = work;
  if ((draft?.version ?? 0) !== seen) return refused('changed-meanwhile');
  if (draft && !mayMove(draft.state, 'edit')) return refused('wrong-state');
  const at = deps.now();
  // A group that another has published since is begun anew from what stands.
  const base = draft && !proposedGroups(draft).includes(group) ? withGroups(draft.base, current, [group]) : draft?.base ?? current;
  const typed = withContent(draft?.proposal ?? current, group, content, actor, dayOf(at));
  if (!typed) return refused('refused');
  const unchanged = isSame(contentOf(base, group), contentOf(typed, group));
  const next: ListingDraft = {
    id: draft?.id ?? deps.newId(), jurisdiction: actor.jurisdiction, institution, state: 'draft', version: seen + 1, base, baseVersion: draft?.baseVersion ?? listing.version, proposal: unchanged ? withGroups(typed, base, [group]) : typed,
    saidBy: actor.sayer, madeBy: actor.account, changedAt: at, submitted: null, decided: draft?.decided ?? null,
  };
  const saved = await deps.store.save(next, seen, listingEvent(deps, actor, 'listing-edit', institution, { draft: next.id, group }));
  return saved === 'saved' ? done(next) : refused('changed-meanwhile');
}

/** 提交审核: hands the draft to the authority; one that would change nothing, or what others changed meanwhile, is not handed in. */
export const submitDraft = async (deps: DraftDeps, actor: DraftActor, institution: string, seen: number): Promise<Outcome<ListingDraft, DraftRefusal>> => {
  const photosWait = (await deps.store.photos(actor.jurisdiction, institution)).some(({ cleared }) => cleared === null);
  return moveDraft(deps, actor, institution, seen, 'submit', (work, draft) => {
    if (proposedGroups(draft).length === 0 && !photosWait) return refused('nothing');
    return work.stale.length > 0 ? refused('stale') : done({ ...draft, submitted: { by: actor.account, at: deps.now() }, decided: null, saidBy: actor.sayer });
  });
};

/** 照片送审: a draft that changes nothing but photos, so that they can be handed in. */
export async function beginDraft(deps: DraftDeps, actor: DraftActor, institution: string): Promise<Outcome<ListingDraft, DraftRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  if (work.draft) return done(work.draft);
  const next: ListingDraft = {
    id: deps.newId(), jurisdiction: actor.jurisdiction, institution, state: 'draft', version: 1, base: work.current, baseVersion: work.listing.version, proposal: work.current, saidBy: actor.sayer, madeBy: actor.account, changedAt: deps.now(),
    submitted: null, decided: null,
  };
  const saved = await deps.store.save(next, 0, listingEvent(deps, actor, 'listing-edit', institution, { draft: next.id, group: 'photos' }));
  return saved === 'saved' ? done(next) : refused('changed-meanwhile');
}

/** 撤回: takes the draft back from review. */
export const withdrawDraft = (deps: DraftDeps, actor: DraftActor, institution: string, seen: number) => moveDraft(deps, actor, institution, seen, 'withdraw', (_, draft) => done({ ...draft, submitted: null }));

/** 放弃草稿. */
export const dropDraft = (deps: DraftDeps, actor: DraftActor, institution: string, seen: number) => moveDraft(deps, actor, institution, seen, 'drop', (_, draft) => done(draft));

/** 看过新内容: keeps one's own words over what others published since, or takes theirs for some groups. */
export async function rebaseDraft(deps: DraftDeps, actor: DraftActor, institution: string, seen: number, take: readonly ListingGroup[]): Promise<Outcome<ListingDraft, DraftRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  const { draft, current, listing } = work;
  if (draft?.version !== seen) return refused('changed-meanwhile');
  if (!mayMove(draft.state, 'edit')) return refused('wrong-state');
  const mine = proposedGroups(draft).filter((group) => !take.includes(group));
  const next: ListingDraft = { ...draft, state: 'draft', version: seen + 1, base: current, baseVersion: listing.version, proposal: withGroups(current, draft.proposal, mine), changedAt: deps.now() };
  const saved = await deps.store.save(next, seen, listingEvent(deps, actor, 'listing-rebase', institution, { draft: draft.id, kept: mine.join(' ') }));
  return saved === 'saved' ? done(next) : refused('changed-meanwhile');
}

/** 一键无变化: says today that a group still stands as it is; for words of a street (街道代录) it is the institution's confirmation. Published at once, since nothing changes. */
export async function confirmGroup(deps: DraftDeps, actor: DraftActor, institution: string, group: ListingGroup): Promise<Outcome<null, DraftRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  const at = deps.now();
  const on = dayOf(at);
  const saved = await deps.store.change({
    jurisdiction: actor.jurisdiction, institution, on, at, by: actor.sayer, changeId: deps.newId(), event: listingEvent(deps, actor, 'listing-confirmed', institution, { group }),
    next: ({ institution: of, listing: { words } }) => {
      if (!isSame(contentOf(work.current, group), contentOf(proposalOf(of, words), group))) return undefined;
      if (isFactGroup(group)) return { institution: { ...of, confirmedOn: on }, parts: [] };
      const name = wordGroups.find((one) => one === group);
      const held = name && words[name];
      return held ? { words: { ...words, [group]: { ...held, saidBy: actor.sayer, asOf: on } }, parts: [] } : undefined;
    },
  });
  return saved === 'saved' ? done(null) : refused('changed-meanwhile');
}
