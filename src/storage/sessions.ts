import type { Session } from '#domain/accounts/model.ts';
import type { AccountStore } from '#domain/accounts/ports.ts';
import { instant } from '#domain/shared/dates.ts';
import { readAccount, rolesOf } from '#storage/accountRows.ts';
import { appendAudit } from '#storage/commit.ts';
import { forgetNotices, noteSignIn } from '#storage/signInNotices.ts';
import type { Database, Storage, WriteTx } from '#storage/schema.ts';

type SessionStore = Pick<AccountStore,
  'useStep' | 'useRecoveryCode' | 'countRecoveryCodes' | 'openSession' | 'findSession' | 'touchSession' | 'renewSession' | 'sessionsOf' | 'endSession' | 'endSessions' | 'forgetEnded' | 'record'>;

const readSession = (row: Omit<Database['session'], 'token_hash' | 'warned'> & { readonly warned: number }): Session => ({
  id: row.id, account: row.account_id, openedAt: instant.parse(row.opened_at), seenAt: instant.parse(row.seen_at), provedAt: instant.parse(row.proved_at), device: row.device, isWarned: row.warned === 1,
});

/** Sessions and one-time codes: each used by a conditional write, so that two at once cannot both succeed. */
export function sessionStore({ read, write }: Storage): SessionStore {
  /** Writes the event only when exactly one row changed. */
  const once = (change: (tx: WriteTx) => Promise<bigint>, event: Parameters<typeof appendAudit>[1] | null): Promise<boolean> => write(async (tx) => {
    if ((await change(tx)) !== 1n) return false;
    if (event) await appendAudit(tx, event);
    return true;
  });
  return {
    useStep: (account, step) => once(async (tx) =>
      (await tx.updateTable('account').set({ last_step: step }).where('id', '=', account).where('last_step', '<', step).executeTakeFirst()).numUpdatedRows, null),
    useRecoveryCode: (account, codeHash, realNow, event) => once(async (tx) =>
      (await tx.updateTable('recovery_code').set({ used_at: realNow }).where('account_id', '=', account).where('code_hash', '=', codeHash).where('used_at', 'is', null).executeTakeFirst()).numUpdatedRows, event),
    countRecoveryCodes: async (account) => Number((await read.selectFrom('recovery_code').select((eb) => eb.fn.countAll<number>().as('left')).where('account_id', '=', account).where('used_at', 'is', null).executeTakeFirstOrThrow()).left),
    openSession: (session, account, event) => once(async (tx) => {
      const made = await tx.insertInto('session').columns(['id', 'token_hash', 'account_id', 'opened_at', 'seen_at', 'proved_at', 'device'])
        .expression((eb) => eb.selectFrom('account').select(({ val }) => [
          val(session.id).as('id'), val(session.tokenHash).as('token_hash'), 'account.id as account_id', eb.cast<number>(val(session.openedAt), 'bigint').as('opened_at'),
          eb.cast<number>(val(session.seenAt), 'bigint').as('seen_at'), eb.cast<number>(val(session.provedAt), 'bigint').as('proved_at'), val(session.device).as('device'),
        ]).where('account.id', '=', account.id).where('account.version', '=', account.version).where('account.state', '=', 'active')).executeTakeFirst();
      if (made.numInsertedOrUpdatedRows === 1n) await noteSignIn(tx, session);
      return made.numInsertedOrUpdatedRows ?? 0n;
    }, event),
    findSession: async (tokenHash) => {
      const row = await read.selectFrom('session').innerJoin('account', 'account.id', 'session.account_id').selectAll('account')
        .select(['session.id as session_id', 'opened_at', 'seen_at', 'proved_at', 'device', 'warned']).where('token_hash', '=', tokenHash).where('account.state', '=', 'active').executeTakeFirst();
      if (!row) return undefined;
      return { session: readSession({ ...row, id: row.session_id, account_id: row.id }), account: readAccount(row, await rolesOf(read, row.id)) };
    },
    touchSession: async (session, realNow) => { await write((tx) => tx.updateTable('session').set({ seen_at: realNow }).where('id', '=', session).execute()); },
    renewSession: (session, tokenHash, realNow, event) => once(async (tx) =>
      (await tx.updateTable('session').set({ token_hash: tokenHash, proved_at: realNow, seen_at: realNow }).where('id', '=', session).executeTakeFirst()).numUpdatedRows, event),
    sessionsOf: async (account) =>
      (await read.selectFrom('session').selectAll().where('account_id', '=', account).orderBy('seen_at', 'desc').execute()).map(readSession),
    endSession: (account, session, event) => once(async (tx) =>
      (await tx.deleteFrom('session').where('account_id', '=', account).where('id', '=', session).executeTakeFirst()).numDeletedRows, event),
    endSessions: (account, except, event) => write(async (tx) => {
      const { numDeletedRows } = await tx.deleteFrom('session').where('account_id', '=', account).where('id', '<>', except ?? '').executeTakeFirst();
      if (numDeletedRows > 0n) await appendAudit(tx, event);
      return Number(numDeletedRows);
    }),
    forgetEnded: (seenBefore, openedBefore, realNow) => write(async (tx) => {
      await tx.deleteFrom('session').where((eb) => eb.or([eb('seen_at', '<=', seenBefore), eb('opened_at', '<=', openedBefore)])).execute();
      await tx.deleteFrom('account_activation').where('expires_at', '<=', realNow).execute();
      await forgetNotices(tx, realNow);
    }),
    record: (event) => write((tx) => appendAudit(tx, event)),
  };
}
