import { createAccount, disableAccount, handOver, inviteAgain, resetTotp, type Invitation } from '#domain/accounts/commands.ts';
import { login as loginForm, roles, type Account, type Permission, type Role } from '#domain/accounts/model.ts';
import { writeInstant } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { readForm } from '#server/forms.ts';
import { requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { activationLink } from '#server/letters.ts';
import { qrPath, type QrPath } from '#server/qrPath.ts';
import type { PageError } from '#server/signInPages.ts';
import { accountListText, accountStateText, createRefusalText } from '#text/accounts.ts';
import { slotStartText } from '#text/dates.ts';
import { roleText } from '#text/desk.ts';

/** What was typed into the form of a new account. */
export type AccountTyped = { readonly login: string; readonly title: string; readonly roles: readonly string[]; readonly institution: string; readonly department: string; readonly subdistrict: string };
/** 账号: the last act's outcome; an activation is shown once, for printing. */
export type AccountsView = {
  readonly status: number; readonly errors: readonly PageError[]; readonly typed: AccountTyped; readonly done?: string;
  readonly letter?: { readonly login: string; readonly code: string; readonly until: string; readonly qr: QrPath };
};

const empty: AccountTyped = { login: '', title: '', roles: [], institution: '', department: '', subdistrict: '' };
const acts: Readonly<Record<string, Permission>> = { 'create': 'account.write', 'invite': 'account.write', 'hand-over': 'account.write', 'disable': 'account.write', 'reset-totp': 'account.secure' };
const roleOf = (text: string): Role | undefined => roles.find((one) => one === text);
const failed = (field: string, message: string, typed = empty, status = 422): AccountsView => ({ status, errors: [{ field, message }], typed });

const letterOf = ({ url }: Guarded, outcome: Outcome<Invitation, string>, refusal: (reason: string) => AccountsView): AccountsView => {
  if (!outcome.ok) return refusal(outcome.reason);
  const { login, code, expiresAt } = outcome.value;
  return { status: 200, errors: [], typed: empty, letter: { login, code, until: slotStartText(writeInstant(expiresAt)), qr: qrPath(activationLink(url.origin, code)) } };
};

const sentences = new Map<string, string>(Object.entries(createRefusalText));
const fieldOf: Readonly<Record<string, string>> = { 'login-taken': 'login', 'roles-not-together': 'roles', 'institution-needed': 'institution', 'institution-not-allowed': 'institution', 'department-needed': 'department', 'subdistrict-needed': 'subdistrict' };

/** An account of this place by its login; nobody reaches into another place. */
const accountHere = async ({ locals }: Guarded, { place }: SignedIn, login: string): Promise<Account | undefined> => {
  const found = await locals.app.accounts.deps.store.findByLogin(login);
  return found?.account.jurisdiction === place.code ? found.account : undefined;
};

async function create(astro: Guarded, signedIn: SignedIn, form: FormData): Promise<AccountsView> {
  const { deps, institutionNames } = astro.locals.app.accounts;
  const one = (name: string): string => { const value = form.get(name); return typeof value === 'string' ? value.trim() : ''; };
  const typed: AccountTyped = { login: one('login'), title: one('title').slice(0, 60), roles: form.getAll('roles').flatMap((value) => (typeof value === 'string' ? [value] : [])), institution: one('institution'), department: one('department'), subdistrict: one('subdistrict') };
  const login = loginForm.safeParse(typed.login);
  if (!login.success) return failed('login', accountListText.loginRule, typed);
  const held = typed.roles.flatMap((text) => roleOf(text) ?? []);
  if (held.length === 0) return failed('roles', accountListText.rolesNeeded, typed);
  const { place } = signedIn;
  const named = typed.institution === '' ? [] : (await institutionNames(place.code)).filter(({ id, name, credit_code }) => [id, name, credit_code].includes(typed.institution));
  if (typed.institution !== '' && named.length !== 1) return failed('institution', accountListText.institutionUnknown, typed);
  const made = await createAccount(deps, {
    jurisdiction: place.code, login: login.data, title: typed.title || null, roles: held, institution: named[0]?.id ?? null,
    department: place.departments.find(({ key }) => key === typed.department)?.key ?? null, subdistrict: place.subdistricts.find(({ code }) => code === typed.subdistrict)?.code ?? null,
  }, signedIn.account.id);
  return letterOf(astro, made, (reason) => failed(fieldOf[reason] ?? 'login', sentences.get(reason) ?? accountListText.refused, typed));
}

/** Does what a form on 账号 asked for. Password and code must have been given within ten minutes; nobody ends their own account. */
export async function accountsStep(astro: Guarded, signedIn: SignedIn): Promise<AccountsView | Response> {
  if (astro.request.method !== 'POST') return { status: 200, errors: [], typed: empty };
  const away = requireFresh(astro, signedIn);
  if (away) return away;
  const form = await readForm(astro.request);
  const act = String(form.get('act') ?? '');
  const permission = acts[act];
  if (permission === undefined || !signedIn.may(permission)) return failed('list', accountListText.refused, empty, 403);
  if (act === 'create') return create(astro, signedIn, form);
  const target = await accountHere(astro, signedIn, String(form.get('account') ?? ''));
  if (!target) return failed('list', accountListText.gone, empty, 404);
  const { deps } = astro.locals.app.accounts;
  const by = signedIn.account.id;
  const refusal = (reason: string): AccountsView => failed(reason === 'login-taken' ? `to-${target.login}` : 'list', sentences.get(reason) ?? accountListText.gone, empty, 409);
  if (act === 'invite') return letterOf(astro, await inviteAgain(deps, target.login, by), refusal);
  if (target.id === by) return failed('list', accountListText.notYourself, empty, 409);
  if (act === 'hand-over') {
    const to = loginForm.safeParse(form.get('to'));
    if (!to.success) return failed(`to-${target.login}`, accountListText.loginRule);
    return letterOf(astro, await handOver(deps, target.login, { login: to.data, title: target.title }, by), refusal);
  }
  const ended = await (act === 'disable' ? disableAccount : resetTotp)(deps, target.login, by);
  return ended.ok ? { status: 200, errors: [], typed: empty, done: act === 'disable' ? accountListText.disabled(target.login) : accountListText.totpReset(target.login) } : refusal(ended.reason);
}

/** The accounts of one's place, those in force first. */
export async function accountRows({ locals }: Guarded, { place, account }: SignedIn) {
  const { deps, institutionNames } = locals.app.accounts;
  const names = new Map((await institutionNames(place.code)).map(({ id, name }) => [id, name]));
  const rows = (await deps.store.list(place.code)).map((one) => ({
    login: one.login, roles: one.roles.map((each) => roleText[each]).join('、'), state: accountStateText[one.state], isOver: one.state === 'disabled', isMine: one.id === account.id, hasTotp: one.hasTotp,
    where: [one.title, one.institution === null ? null : names.get(one.institution) ?? null, place.departments.find(({ key }) => key === one.department)?.name ?? null, place.subdistricts.find(({ code }) => code === one.subdistrict)?.name ?? null].filter((part) => part !== null).join(' · '),
  }));
  return rows.toSorted((one, other) => Number(one.isOver) - Number(other.isOver));
}
