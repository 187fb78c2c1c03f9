import type { Selectable } from 'kysely';
import { z } from 'zod';
import { noticeAnswers, noticeBounds, signInNoticeKinds, type SignInNotice } from '#domain/accounts/model.ts';
import type { AccountStore, NewSession } from '#domain/accounts/ports.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import type { Database, Storage, WriteTx } from '#storage/schema.ts';

type NoticeStore = Pick<AccountStore, 'recordFailure' | 'noticesOf' | 'noticesIn' | 'answerNotices' | 'mayAnswerNotices'>;

const readNotice = (row: Selectable<Database['sign_in_notice']>): SignInNotice => ({
  id: row.id, account: row.account_id, kind: z.enum(signInNoticeKinds).parse(row.kind), at: instant.parse(row.at), device: row.device, times: row.times, answer: z.enum(noticeAnswers).nullable().parse(row.answer),
});

const tell = (tx: WriteTx, jurisdiction: string, { account, openedAt, device }: NewSession, kind: SignInNotice['kind'], times: number) =>
  tx.insertInto('sign_in_notice').values({ id: newId(), account_id: account, jurisdiction_code: jurisdiction, kind, at: openedAt, device, times, answer: null, answered_at: null }).execute();

/** Remembers the browser a session was opened from, tells of one not seen before and of many wrong tries, and marks the session where its holder has something to read. */
export async function noteSignIn(tx: WriteTx, session: NewSession): Promise<void> {
  const { account, openedAt, deviceHash } = session;
  const { jurisdiction_code: jurisdiction } = await tx.selectFrom('account').select('jurisdiction_code').where('id', '=', account).executeTakeFirstOrThrow();
  const known = await tx.selectFrom('known_device').select('token_hash').where('account_id', '=', account).execute();
  const isKnown = known.some(({ token_hash: hash }) => hash === deviceHash);
  if (isKnown) await tx.updateTable('known_device').set({ seen_at: openedAt }).where('account_id', '=', account).where('token_hash', '=', deviceHash).execute();
  else await tx.insertInto('known_device').values({ account_id: account, token_hash: deviceHash, first_at: openedAt, seen_at: openedAt }).onConflict((clash) => clash.doNothing()).execute();
  const wrong = await tx.deleteFrom('sign_in_failures').where('account_id', '=', account).returning('times').executeTakeFirst();
  if (wrong && wrong.times >= noticeBounds.failures) await tell(tx, jurisdiction, session, 'failures', wrong.times);
  // Told before the new browser is: who signs in from it reads what came before, not of itself.
  const open = await tx.selectFrom('sign_in_notice').select('id').where('account_id', '=', account).where('answer', 'is', null).where('at', '>=', openedAt - noticeBounds.days * 86_400_000).limit(1).executeTakeFirst();
  if (open) await tx.updateTable('session').set({ warned: 1 }).where('id', '=', session.id).execute();
  if (!isKnown && known.length > 0) {
    await tell(tx, jurisdiction, session, 'newDevice', 0);
    await tx.updateTable('session').set({ warned: 1 }).where('account_id', '=', account).where('id', '<>', session.id).execute();
  }
}

/** Forgets browsers not seen and notices given for as long as a browser keeps its cookie. */
export async function forgetNotices(tx: WriteTx, realNow: number): Promise<void> {
  const before = realNow - noticeBounds.keptDays * 86_400_000;
  await tx.deleteFrom('known_device').where('seen_at', '<=', before).execute();
  await tx.deleteFrom('sign_in_failures').where('last_at', '<=', before).execute();
  await tx.deleteFrom('sign_in_notice').where('at', '<=', before).execute();
}

/** 登录提醒 on either engine. */
export function noticeStore({ read, write }: Storage): NoticeStore {
  const since = async (account: string, hash: string): Promise<Instant | undefined> => {
    const devices = await read.selectFrom('known_device').select(['token_hash', 'first_at']).where('account_id', '=', account).orderBy('first_at').execute();
    const own = devices.find(({ token_hash: held }) => held === hash);
    if (!own) return undefined;
    // The oldest browser an account has may answer everything; a later one only what came after it.
    return instant.parse(devices[0]?.token_hash === hash ? 0 : Number(own.first_at) + 1);
  };
  return {
    recordFailure: (account, realNow, event) => write(async (tx) => {
      await tx.insertInto('sign_in_failures').values({ account_id: account, times: 1, last_at: realNow })
        .onConflict((clash) => clash.column('account_id').doUpdateSet((eb) => ({ times: eb('sign_in_failures.times', '+', 1), last_at: realNow }))).execute();
      await appendAudit(tx, event);
    }),
    noticesOf: async (account, from) => (await read.selectFrom('sign_in_notice').selectAll().where('account_id', '=', account).where('at', '>=', from).orderBy('at', 'desc').orderBy('id').limit(50).execute()).map(readNotice),
    noticesIn: async (jurisdiction, from) => (await read.selectFrom('sign_in_notice').selectAll().where('jurisdiction_code', '=', jurisdiction).where('at', '>=', from).orderBy('at', 'desc').orderBy('id').limit(500).execute()).map(readNotice),
    mayAnswerNotices: async (account, hash) => (await since(account, hash)) ?? null,
    answerNotices: async (account, hash, answer, realNow, event) => {
      const from = await since(account, hash);
      if (from === undefined) return 0;
      return write(async (tx) => {
        const { numUpdatedRows } = await tx.updateTable('sign_in_notice').set({ answer, answered_at: realNow }).where('account_id', '=', account).where('answer', 'is', null).where('at', '>=', from).executeTakeFirst();
        if (numUpdatedRows === 0n) return 0;
        const left = await tx.selectFrom('sign_in_notice').select('id').where('account_id', '=', account).where('answer', 'is', null).limit(1).executeTakeFirst();
        if (!left) await tx.updateTable('session').set({ warned: 0 }).where('account_id', '=', account).execute();
        await appendAudit(tx, event);
        return Number(numUpdatedRows);
      });
    },
  };
}
