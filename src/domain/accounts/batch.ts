import { accountEvent, type AccountDeps, type Actor, type Invitation } from '#domain/accounts/commands.ts';
import { login as loginForm, type Account } from '#domain/accounts/model.ts';
import { activationEnds } from '#domain/accounts/rules.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** One line of a list of institutions that are to get an account, as typed. */
export type BatchLine = { readonly line: number; readonly institution: string; readonly login: string | null; readonly title: string | null };
/** An institution of the place as a list may name it. */
export type BatchInstitution = { readonly id: string; readonly name: string; readonly creditCode: string | null };
export type BatchProblem = { readonly line: number; readonly column: '机构' | '登录名'; readonly code: 'unknown' | 'ambiguous' | 'has-account' | 'twice' | 'login-format' | 'login-taken' | 'login-twice'; readonly said: string };
/** An account as a list means it, with every choice made. */
export type BatchPlan = { readonly line: number; readonly institution: string; readonly name: string; readonly login: string; readonly title: string | null };

/** A name as it may be typed: full-width signs and plain ones are the same. */
const plain = (name: string): string => name.normalize('NFKC').trim();

/** Who is meant, and by which login; an institution that has an account in force gets none by a list. `ownLogin` names one whose line leaves it open. */
export function planBatch(lines: readonly BatchLine[], known: readonly BatchInstitution[], accounts: readonly Account[], takenElsewhere: ReadonlySet<string>, ownLogin: (institution: string) => string): { readonly plans: readonly BatchPlan[]; readonly problems: readonly BatchProblem[] } {
  const [plans, problems]: [BatchPlan[], BatchProblem[]] = [[], []];
  const logins = new Set([...accounts.map(({ login }) => login), ...takenElsewhere]);
  const served = new Set(accounts.filter(({ state }) => state !== 'disabled').flatMap(({ institution }) => institution ?? []));
  const seen = { institutions: new Set<string>(), logins: new Set<string>() };
  for (const { line, institution, login: typed, title } of lines) {
    const wrong = (column: BatchProblem['column'], code: BatchProblem['code'], said: string): void => { problems.push({ line, column, code, said: said.slice(0, 40) }); };
    const found = known.filter(({ id, name, creditCode }) => [id, name, plain(name), creditCode].includes(institution));
    const one = found[0];
    if (one === undefined || found.length > 1) {
      wrong('机构', one === undefined ? 'unknown' : 'ambiguous', institution);
      continue;
    }
    if (served.has(one.id)) wrong('机构', 'has-account', one.name);
    else if (seen.institutions.has(one.id)) wrong('机构', 'twice', one.name);
    const login = loginForm.safeParse(typed ?? ownLogin(one.id));
    if (!login.success) wrong('登录名', 'login-format', typed ?? '');
    else if (logins.has(login.data)) wrong('登录名', 'login-taken', login.data);
    else if (seen.logins.has(login.data)) wrong('登录名', 'login-twice', login.data);
    else plans.push({ line, institution: one.id, name: one.name, login: login.data, title });
    seen.institutions.add(one.id);
    if (login.success) seen.logins.add(login.data);
  }
  return { plans, problems };
}

/** 批量建账号: all of them or none, each with its activation code, shown once. */
export async function createBatch(deps: AccountDeps, jurisdiction: JurisdictionCode, plans: readonly BatchPlan[], actor: Actor): Promise<Outcome<readonly (Invitation & { readonly name: string })[], 'login-taken'>> {
  const { seals, store, realNow } = deps;
  const [createdAt, expiresAt] = [realNow(), activationEnds(realNow())];
  const made = plans.map(({ institution, name, login, title }) => {
    const account = { id: seals.newId(), jurisdiction, login, title, roles: ['institution'] as const, institution, department: null, subdistrict: null, sample: false, createdAt };
    const code = seals.newActivationCode();
    return { name, code, account, activation: { codeHash: seals.hashActivationCode(code), account: account.id, replaces: null, expiresAt }, event: accountEvent(deps, 'account-created', actor, account, { roles: 'institution', handOver: false, batch: plans.length }) };
  });
  const saved = await store.createAll(made);
  return saved === 'saved' ? done(made.map(({ name, code, account }) => ({ name, account: account.id, login: account.login, code, expiresAt }))) : refused(saved);
}
