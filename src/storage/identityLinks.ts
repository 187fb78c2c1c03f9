import type { AccountStore } from '#domain/accounts/ports.ts';
import { appendAudit } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import type { Storage } from '#storage/schema.ts';

/** 统一身份认证: which account belongs to whom, and which answers of the provider were used. */
export function identityLinkStore({ write }: Storage): Pick<AccountStore, 'linkIdentity' | 'unlinkIdentity' | 'useIdentityAnswer'> {
  return {
    linkIdentity: async (account, subjectKey, actor, realNow, event) => {
      try {
        await write(async (tx) => {
          await tx.insertInto('identity_link').values({ subject_key: subjectKey, account_id: account, linked_by: actor, linked_at: realNow }).execute();
          await appendAudit(tx, event);
        });
        return true;
      } catch (fault) {
        if (isUniqueViolation(fault)) return false;
        throw fault;
      }
    },
    unlinkIdentity: (account, event) => write(async (tx) => {
      const { numDeletedRows } = await tx.deleteFrom('identity_link').where('account_id', '=', account).executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await tx.deleteFrom('session').where('account_id', '=', account).execute();
      await appendAudit(tx, event);
      return true;
    }),
    // The table in which signatures of pushes are remembered serves: a value, and until when.
    useIdentityAnswer: (key, ends, realNow) => write(async (tx) => {
      await tx.deleteFrom('push_signature').where('expires_at', '<', realNow).execute();
      const fresh = await tx.insertInto('push_signature').values({ signature_hash: key, expires_at: ends }).onConflict((clash) => clash.doNothing()).executeTakeFirst();
      return fresh.numInsertedOrUpdatedRows === 1n;
    }),
  };
}
