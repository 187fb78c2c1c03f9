import type { DraftActor, Work } from '#domain/listingDraft/ports.ts';
import { listingGroups, mayMove, type ListingGroup } from '#domain/listingDraft/model.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { readGroup, type GroupError } from '#server/listingGroupRead.ts';
import { groupView, overviewView, type GroupView, type OverviewView } from '#server/pages/listingDesk.ts';
import { listingDeskText as words } from '#text/listingDesk.ts';
import { listingGroupText } from '#text/listingFields.ts';

export type ListingNotice = { readonly tone: 'leaf' | 'amber'; readonly lines: readonly string[] } | null;
/** Whose page is being written and where its forms stand. */
export type ListingSite = { readonly actor: DraftActor; readonly institution: string; readonly base: string };
type Step<View> = { readonly status: number; readonly errors: readonly GroupError[]; readonly notice: ListingNotice; readonly view: View };

export const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
/** The answer for what is not of this place, street or institution, as for what never was. */
export const notHere = (): Response => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

/** 机构自己填: its own page. */
export const ownSite = ({ account, place }: SignedIn): ListingSite | undefined => (account.institution === null ? undefined : {
  actor: { account: account.id, jurisdiction: place.code, sayer: 'institution', institution: account.institution, subdistrict: null }, institution: account.institution, base: '/portal/listing/',
});

/** 街道代录: someone of the office for an institution of theirs; what a street enters is marked so. */
export const enterSite = ({ account, place }: SignedIn, institution: string): ListingSite => ({
  actor: { account: account.id, jurisdiction: place.code, sayer: account.subdistrict === null ? 'authority' : 'street', institution: null, subdistrict: account.subdistrict }, institution, base: `/office/listings/enter/${institution}/`,
});

const groupNamed = (name: string | undefined | null): ListingGroup | undefined => listingGroups.find((one) => one === name);
const isRefusal = (reason: string): reason is keyof typeof words.refusal => reason in words.refusal;
export const refusalSaid = (reason: string): string => (isRefusal(reason) ? words.refusal[reason] : words.refusal.refused);

function doneNotice(url: URL): ListingNotice {
  const [done, group] = [url.searchParams.get('done'), groupNamed(url.searchParams.get('group'))];
  const leaf = (line: string): ListingNotice => ({ tone: 'leaf', lines: [line] });
  if (group && done === 'confirmed') return leaf(words.confirmed(listingGroupText[group].title));
  if (group && done === 'saved') return leaf(words.savedGroup(listingGroupText[group].title));
  if (group && done === 'unchanged') return leaf(words.unchangedGroup(listingGroupText[group].title));
  if (done === 'submitted' || done === 'withdrawn' || done === 'dropped' || done === 'rebased') return leaf(words[done]);
  return null;
}

async function act(astro: Guarded, site: ListingSite, typed: Typed): Promise<string | Response> {
  const { listingDrafts } = astro.locals.app;
  const { actor, institution, base } = site;
  const seen = Number(typed['seen'] ?? '');
  const group = groupNamed(typed['confirm']);
  const run = {
    confirm: async () => (group ? listingDrafts.confirm(actor, institution, group) : undefined), submit: () => listingDrafts.submit(actor, institution, seen), withdraw: () => listingDrafts.withdraw(actor, institution, seen),
    drop: () => listingDrafts.drop(actor, institution, seen), keep: () => listingDrafts.rebase(actor, institution, seen, []), take: () => listingDrafts.rebase(actor, institution, seen, listingGroups),
  };
  const after = { confirm: `confirmed&group=${group ?? ''}`, submit: 'submitted', withdraw: 'withdrawn', drop: 'dropped', keep: 'rebased', take: 'rebased' };
  const named = (['confirm', 'submit', 'withdraw', 'drop', 'keep', 'take'] as const).find((one) => one === (group ? 'confirm' : typed['act']));
  const outcome = named && await run[named]();
  if (!named || !outcome) return 'refused';
  return outcome.ok ? seeOther(`${base}?done=${after[named]}`) : outcome.reason;
}

/** 展示信息: what each group says and what is under way; its buttons confirm a group, hand the draft in, take it back or give it up. */
export async function overviewStep(astro: Guarded, site: ListingSite): Promise<Step<OverviewView> | Response> {
  const { app } = astro.locals;
  let [status, errors]: [number, readonly GroupError[]] = [200, []];
  if (astro.request.method === 'POST') {
    const refusal = await act(astro, site, await readTyped(astro.request));
    if (refusal instanceof Response) return refusal;
    [status, errors] = [409, [{ field: 'state', message: refusalSaid(refusal) }]];
  }
  const view = await overviewView(app, site);
  return view ? { status, errors, notice: errors.length > 0 ? null : doneNotice(astro.url), view } : notHere();
}

const isOpen = ({ draft }: Work): boolean => draft === undefined || mayMove(draft.state, 'edit');

async function saveTyped(astro: Guarded, site: ListingSite, group: ListingGroup, typed: Typed): Promise<Response | { readonly status: number; readonly errors: readonly GroupError[] }> {
  const { app } = astro.locals;
  const read = readGroup(group, typed, app.today());
  if (!read.ok) return { status: 422, errors: read.errors };
  const saved = await app.listingDrafts.save(site.actor, site.institution, Number(typed['seen'] ?? ''), group, read.content);
  if (!saved.ok) return saved.reason === 'not-found' ? notHere() : { status: saved.reason === 'refused' ? 422 : 409, errors: [{ field: 'group', message: refusalSaid(saved.reason) }] };
  const work = await app.listingDrafts.work(site.actor, site.institution);
  return seeOther(`${site.base}?done=${work && groupView(work, group, undefined, app).isChanged ? 'saved' : 'unchanged'}&group=${group}`);
}

/** 一组内容: its form; what was typed is kept when something is wrong or somebody else was faster. */
export async function groupStep(astro: Guarded, site: ListingSite, name: string | undefined): Promise<Step<GroupView> | Response> {
  const { app } = astro.locals;
  const group = groupNamed(name);
  if (!group) return notHere();
  let [status, errors, typed]: [number, readonly GroupError[], Typed | undefined] = [200, [], undefined];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const outcome = await saveTyped(astro, site, group, typed);
    if (outcome instanceof Response) return outcome;
    ({ status, errors } = outcome);
  }
  const work = await app.listingDrafts.work(site.actor, site.institution);
  if (!work) return notHere();
  return { status, errors, notice: isOpen(work) ? null : { tone: 'amber', lines: [words.locked] }, view: groupView(work, group, typed, app) };
}
