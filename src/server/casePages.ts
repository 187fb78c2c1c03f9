import type { CaseView } from '#domain/complaints/caseViews.ts';
import type { CaseDesk } from '#domain/complaints/deps.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { seeOther, unknown, type DeskNotice } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { chosenIn, idLike, readAct, readCaseAct, withTemplate } from '#server/caseForms.ts';
import { caseDeskOf } from '#server/cases.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { readFilter } from '#server/pages/caseQueue.ts';
import { caseNames, type CaseNames } from '#server/pages/caseWords.ts';
import { caseRefusalText, caseStateText } from '#text/cases.ts';
import { caseActText, casePageText } from '#text/casesForms.ts';

/** The names a page of cases needs, read once. */
export async function namesFor({ locals }: Pick<Guarded, 'locals'>, { place, account }: Pick<SignedIn, 'place' | 'account'>): Promise<CaseNames> {
  const { deps, institutionNames } = locals.app.accounts;
  const [institutions, accounts] = await Promise.all([institutionNames(place.code), deps.store.list(place.code)]);
  return caseNames(place, institutions, accounts, account.id);
}

/** Colleagues a case may be given to: whoever handles cases here, the oneself first. */
export async function colleaguesOf({ locals }: Pick<Guarded, 'locals'>, { place, account }: Pick<SignedIn, 'place' | 'account'>): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const accounts = await locals.app.accounts.deps.store.list(place.code);
  const handling = accounts.filter(({ roles, state }) => state === 'active' && roles.some((role) => role === 'clerk' || role === 'reviewer'));
  return handling.toSorted((one, other) => Number(other.id === account.id) - Number(one.id === account.id)).map(({ id, title, login }) => ({ value: id, label: id === account.id ? casePageText.mine : title ?? login }));
}

/** One case on its page: as it stands, what was just said, and what was typed where it was not done. */
export type CaseStep = { readonly status: number; readonly desk: CaseDesk; readonly view: CaseView; readonly names: CaseNames; readonly notice: DeskNotice | null; readonly typed: Typed; readonly errors: readonly FormError[]; readonly query: string; readonly next: string | null };
type Said = Partial<Pick<CaseStep, 'status' | 'notice' | 'typed' | 'errors'>>;

/** A case of this desk; undefined for anybody else's as for one that never was. */
export async function caseOf({ locals }: Pick<Guarded, 'locals'>, desk: CaseDesk, id: string): Promise<CaseView | undefined> {
  const opened = idLike.test(id) ? await locals.app.cases.open(desk, id) : undefined;
  return opened?.ok === true ? opened.value : undefined;
}

export const caseHref = (id: string): string => `/office/cases/${id}/`;

const doneNotice = (url: URL): DeskNotice | null => {
  if (url.searchParams.get('done') === 'forward') return { tone: 'leaf', title: casePageText.forwarded, lines: [] };
  const act = readAct(url.searchParams.get('done'));
  return act === undefined ? null : { tone: 'leaf', title: caseActText[act].done, lines: [] };
};

/** A move that was sent twice stands already: the last step is this one, by this account, on the version it was sent for. */
const standsAlready = ({ complaint, history }: CaseView, desk: CaseDesk, act: string, version: number): boolean => {
  const last = history.at(-1);
  return complaint.version === version + 1 && last?.move === act && last.actor === desk.actor;
};

async function makeMove(astro: Guarded, desk: CaseDesk, id: string, typed: Typed, query: string): Promise<Said | Response> {
  const drafted = withTemplate(typed);
  if (drafted) return { typed: drafted };
  const act = readAct(typed['act']);
  if (act === undefined) return unknown();
  const read = readCaseAct(act, typed);
  if (!read.ok) return { status: 422, typed, errors: read.errors };
  const chosen = chosenIn(typed, id);
  const outcome: Outcome<{ readonly version: number }, CaseRefusal> = await read.run(astro.locals.app.cases, desk, chosen);
  const after = new URLSearchParams(query);
  after.set('done', act);
  if (idLike.test(typed['next'] ?? '')) after.set('next', typed['next'] ?? '');
  const away = seeOther(`${caseHref(id)}?${after.toString()}`);
  if (outcome.ok) return away;
  const now = await caseOf(astro, desk, id);
  if (!now) return act === 'handBack' ? seeOther('/office/cases/') : unknown();
  if (outcome.reason !== 'changed-meanwhile') return { status: 409, typed, notice: { tone: 'amber', title: casePageText.notDone, lines: [caseRefusalText[outcome.reason]] } };
  if (standsAlready(now, desk, act, chosen.version)) return away;
  return { status: 409, typed, notice: { tone: 'amber', title: casePageText.changed, lines: [casePageText.changedWhat(caseStateText[now.complaint.state])] } };
}

/** The case after this one in the list it was opened from; what an address carries on stays, so that a move does not change what comes next. */
async function nextOf({ locals, url }: Guarded, signedIn: SignedIn, desk: CaseDesk, id: string): Promise<{ readonly query: string; readonly next: string | null }> {
  const { filter, page, query } = readFilter(url.searchParams, signedIn.place);
  const carried = url.searchParams.get('next') ?? '';
  if (idLike.test(carried)) return { query, next: carried };
  const { rows } = await locals.app.cases.queue(desk, filter, page);
  const at = rows.findIndex(({ complaint }) => complaint.id === id);
  return { query, next: (at < 0 ? rows[0] : rows[at + 1])?.complaint.id ?? null };
}

/** 一件诉求: reads it, or makes the move a form on it asks for. Another desk's is unknown. */
export async function caseStep(astro: Guarded, signedIn: SignedIn, id: string): Promise<CaseStep | Response> {
  const desk = caseDeskOf(signedIn);
  const { query, next } = await nextOf(astro, signedIn, desk, id);
  const typed = astro.request.method === 'POST' ? await readTyped(astro.request) : undefined;
  const said: Said | Response = typed === undefined ? { notice: doneNotice(astro.url) } : await makeMove(astro, desk, id, typed, query);
  if (said instanceof Response) return said;
  const view = await caseOf(astro, desk, id);
  if (!view) return unknown();
  return { status: 200, notice: null, typed: {}, errors: [], ...said, desk, view, names: await namesFor(astro, signedIn), query, next: idLike.test(typed?.['next'] ?? '') ? typed?.['next'] ?? null : next };
}
