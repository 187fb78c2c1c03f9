import { accountEvent } from '#domain/accounts/commands.ts';
import { shortestPassword } from '#domain/accounts/password.ts';
import { isOpen } from '#domain/accounts/rules.ts';
import { findPending, renewRecoveryCodes, setTotp } from '#domain/accounts/signIn.ts';
import { instant, writeInstant, type Instant } from '#domain/shared/dates.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import type { QrPath } from '#server/qrPath.ts';
import { callerOf } from '#server/session.ts';
import { answerOwn } from '#server/signInNotices.ts';
import { setUpOf, type PageError } from '#server/signInPages.ts';
import { accountFieldText, accountText, passwordRefusalText, signInRefusalText } from '#text/accounts.ts';
import { slotStartText } from '#text/dates.ts';

/** 我的账号: what came of the last act. */
export type AccountView = {
  readonly errors: readonly PageError[]; readonly status: number; readonly done?: string;
  readonly codes?: readonly string[]; readonly setUp?: { readonly pending: string; readonly secret: string; readonly qr: QrPath };
};

const setUpMs = 10 * 60_000;
const instantText = (at: Instant): string => slotStartText(writeInstant(at));
const wrong = (field: string, message: string, status = 422): AccountView => ({ errors: [{ field, message }], status });
const done = (text: string): AccountView => ({ errors: [], status: 200, done: text });

async function changePassword(astro: Guarded, { account, session }: SignedIn, typed: Typed): Promise<AccountView> {
  const [present, next] = [typed['present'] ?? '', typed['password'] ?? ''];
  if (present === '') return wrong('present', accountFieldText.present);
  if (next !== (typed['again'] ?? '')) return wrong('again', accountFieldText.again);
  const tried = await astro.locals.app.accounts.changePassword({ account, session }, present, next, await callerOf(astro));
  if (tried.ok) return done(accountText.passwordChanged);
  switch (tried.reason) {
    case 'wrong': return wrong('present', accountFieldText.presentWrong);
    case 'wait': return wrong('present', signInRefusalText.wait(tried.seconds), 429);
    case 'busy': return wrong('present', signInRefusalText.busy(), 503);
    case 'changed-meanwhile': return wrong('present', accountText.changedMeanwhile, 409);
    default: return wrong('password', passwordRefusalText[tried.reason]);
  }
}

async function setCode(astro: Guarded, { account }: SignedIn, typed: Typed): Promise<AccountView> {
  const { deps } = astro.locals.app.accounts;
  const pending = typed['pending'] ?? '';
  const found = await findPending(deps, pending);
  if (!found?.pending.secret || found.pending.account !== account.id) return wrong('totp', accountText.newLink, 409);
  const set = await setTotp(deps, found.proof.account, found.pending.secret, typed['code'] ?? '');
  if (set.ok) return { ...done(accountText.totpSet), codes: set.value };
  if (set.reason === 'changed-meanwhile') return wrong('totp', accountText.changedMeanwhile, 409);
  return { ...wrong('code', signInRefusalText.wrongCode()), setUp: { pending, ...setUpOf(astro, found.pending.secret, account) } };
}

/** Does what a form on 我的账号 asked for; a Response where the person must first prove again who they are. */
export async function accountStep(astro: Guarded, signedIn: SignedIn): Promise<AccountView | Response> {
  if (astro.request.method !== 'POST') return { errors: [], status: 200 };
  const typed = await readTyped(astro.request);
  const { account, session } = signedIn;
  const { deps } = astro.locals.app.accounts;
  const act = typed['act'] ?? '';
  // What changes how one signs in, or ends a session, needs the password given within the last ten minutes.
  if (['totp', 'codes', 'end', 'end-others'].includes(act)) {
    const away = requireFresh(astro, signedIn);
    if (away) return away;
  }
  switch (act) {
    case 'password': return changePassword(astro, signedIn, typed);
    case 'totp': {
      const secret = deps.seals.newTotpSecret();
      const pending = deps.seals.sealPending({ account: account.id, version: account.version, until: instant.parse(deps.realNow() + setUpMs), secret });
      return { errors: [], status: 200, setUp: { pending, ...setUpOf(astro, secret, account) } };
    }
    case 'totp-set': return setCode(astro, signedIn, typed);
    case 'codes': {
      const made = await renewRecoveryCodes(deps, account);
      return made.ok ? { errors: [], status: 200, codes: made.value } : wrong('codes', accountText.changedMeanwhile, 409);
    }
    case 'notices': {
      const { answered, line } = await answerOwn(astro, signedIn, typed);
      return answered ? done(line) : wrong('notices', line, 409);
    }
    case 'end': {
      await deps.store.endSession(account.id, typed['session'] ?? '', accountEvent(deps, 'session-ended', account.id, account));
      return done(accountText.sessionEnded);
    }
    case 'end-others': {
      await deps.store.endSessions(account.id, session.id, accountEvent(deps, 'sessions-ended', account.id, account));
      return done(accountText.sessionEnded);
    }
    default: return { errors: [], status: 422 };
  }
}

/** What stands on 我的账号: sessions in force, codes left, the shortest password. */
export async function accountFacts({ locals }: Pick<Guarded, 'locals'>, { account, session }: SignedIn) {
  const { store, realNow } = locals.app.accounts.deps;
  const open = (await store.sessionsOf(account.id)).filter((one) => isOpen(one, realNow()));
  return {
    sessions: open.map(({ id, device, openedAt, seenAt }) => ({ id, device, isThis: id === session.id, openedAt: instantText(openedAt), seenAt: instantText(seenAt) })),
    codesLeft: await store.countRecoveryCodes(account.id), shortest: shortestPassword(account), policy: locals.app.accounts.deps.passwordPolicy,
  };
}
