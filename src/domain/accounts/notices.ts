import type { AuditDraft } from '#domain/audit/model.ts';
import { accountEvent, type AccountDeps } from '#domain/accounts/commands.ts';
import { noticeBounds, type Account, type Device, type NoticeAnswer, type Session } from '#domain/accounts/model.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';

/** Since when notices are shown. */
export const noticesSince = (realNow: Instant): Instant => instant.parse(realNow - noticeBounds.days * 86_400_000);

/** What is kept of a browser: a hash of its random cookie, other for every account, so that nothing links two accounts of one computer. */
export const deviceHashOf = ({ seals }: Pick<AccountDeps, 'seals'>, account: Pick<Account, 'id'>, { token }: Device): string => seals.hashToken(`${account.id}|${token}`);

/** 是我本人 / 不是我: answers every open notice of one's account; whose browser is newer than a notice cannot answer it. `notMine` ends every other session. */
export async function answerNotices(deps: AccountDeps, account: Account, session: Pick<Session, 'id'>, device: Device, answer: NoticeAnswer): Promise<number> {
  const event: AuditDraft = accountEvent(deps, 'sign-in-notice-answered', account.id, account, { answer });
  const answered = await deps.store.answerNotices(account.id, deviceHashOf(deps, account, device), answer, deps.realNow(), event);
  if (answered > 0 && answer === 'notMine') await deps.store.endSessions(account.id, session.id, accountEvent(deps, 'sessions-ended', account.id, account));
  return answered;
}
