import { accountEvent } from '#domain/accounts/commands.ts';
import type { SignInNotice } from '#domain/accounts/model.ts';
import { answerNotices, deviceHashOf, noticesSince } from '#domain/accounts/notices.ts';
import { writeInstant, type Instant } from '#domain/shared/dates.ts';
import { seeOther } from '#server/bookingDeskPages.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { deviceIn } from '#server/session.ts';
import { slotStartText } from '#text/dates.ts';
import { noticeAnswerText, noticeKindText, signInNoticeText as words } from '#text/signInNotices.ts';

const whenText = (at: Instant): string => slotStartText(writeInstant(at));
const whatText = ({ kind, times }: SignInNotice): string => (kind === 'failures' ? `${noticeKindText[kind]}（${words.times(times)}）` : noticeKindText[kind]);

/** 登录提醒 of one's own account that are not answered, and whether they may be answered from this browser. */
export async function ownNotices(astro: Guarded, { account }: Pick<SignedIn, 'account'>) {
  const { deps } = astro.locals.app.accounts;
  const open = (await deps.store.noticesOf(account.id, noticesSince(deps.realNow()))).filter(({ answer }) => answer === null);
  const from = open.length === 0 ? null : await deps.store.mayAnswerNotices(account.id, deviceHashOf(deps, account, deviceIn(astro)));
  return { rows: open.map((one) => ({ what: whatText(one), when: whenText(one.at), device: one.device })), mayAnswer: from !== null && open.some(({ at }) => at >= from) };
}

/** 是我本人 or 不是我, as pressed on 我的账号. */
export async function answerOwn(astro: Guarded, { account, session }: SignedIn, typed: Typed): Promise<{ readonly answered: boolean; readonly line: string }> {
  const answer = typed['answer'] === 'notMine' ? 'notMine' : 'mine';
  const answered = await answerNotices(astro.locals.app.accounts.deps, account, session, deviceIn(astro), answer);
  if (answered === 0) return { answered: false, line: (await ownNotices(astro, { account })).rows.length > 0 ? words.notHere : words.nothing };
  return { answered: true, line: answer === 'mine' ? words.mineDone : words.notMineDone };
}

/** 登录提醒 of a place, for whoever keeps its rights: those that are not their holder's first; a form ends every session of an account. */
export async function noticesStep(astro: Guarded, signedIn: SignedIn) {
  const { place, account } = signedIn;
  const { deps } = astro.locals.app.accounts;
  const accounts = await deps.store.list(place.code);
  const page = async (part: { readonly status?: number; readonly errors?: readonly { readonly field: string; readonly message: string }[]; readonly done?: string }) => {
    const notices = await deps.store.noticesIn(place.code, noticesSince(deps.realNow()));
    const nameOf = (id: string): string => accounts.find((one) => one.id === id)?.login ?? words.gone;
    const concerned = accounts.filter((one) => one.state === 'active' && notices.some((notice) => notice.account === one.id));
    const rankOf = ({ answer }: SignInNotice): number => (answer === 'notMine' ? 0 : answer === null ? 1 : 2);
    return {
      status: 200, errors: [], done: null, ...part, accounts: concerned.map(({ login }) => ({ value: login, label: login })),
      rows: notices.toSorted((one, other) => rankOf(one) - rankOf(other)).map((one) => [nameOf(one.account), whatText(one), whenText(one.at), one.device, one.answer === null ? words.open : noticeAnswerText[one.answer]]),
    };
  };
  if (astro.request.method !== 'POST') {
    const ended = accounts.find(({ login }) => login === astro.url.searchParams.get('ended'));
    return page(ended ? { done: words.ended(ended.login) } : {});
  }
  const away = requireFresh(astro, signedIn);
  if (away) return away;
  const typed = await readTyped(astro.request);
  const target = accounts.find(({ login }) => login === typed['account']);
  if (!target) return page({ status: 422, errors: [{ field: 'account', message: words.chooseWrong }] });
  await deps.store.endSessions(target.id, null, accountEvent(deps, 'sessions-ended', account.id, target));
  return seeOther(`/office/sign-ins/?ended=${encodeURIComponent(target.login)}`);
}
