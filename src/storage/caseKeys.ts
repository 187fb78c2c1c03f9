import type { Kysely } from 'kysely';
import type { CaseKeyStore } from '#domain/complaints/ports.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import type { KeyDatabase, Storage } from '#storage/schema.ts';

/** 钥匙库: the keys of cases on either engine. `settle` makes the file forget what was destroyed. */
export const caseKeyStore = (db: Kysely<KeyDatabase>, settle: () => void): CaseKeyStore => ({
  put: async (owner, complaint, wrapped, at) => {
    await db.insertInto('case_key').values([
      { complaint_id: complaint, part: 'story', owner, wrapped: wrapped.story, made_at: at },
      { complaint_id: complaint, part: 'identity', owner, wrapped: wrapped.identity, made_at: at },
    ]).execute();
  },
  get: async (complaint, part) => {
    const row = await db.selectFrom('case_key').select('wrapped').where('complaint_id', '=', complaint).where('part', '=', part).executeTakeFirst();
    return row?.wrapped;
  },
  destroy: async (complaint, parts) => {
    await db.deleteFrom('case_key').where('complaint_id', '=', complaint).where('part', 'in', parts).execute();
    settle();
  },
  madeBefore: async (owner, before) => {
    const rows = await db.selectFrom('case_key').select('complaint_id').distinct().where('owner', '=', owner).where('made_at', '<', before).orderBy('complaint_id').execute();
    return rows.map(({ complaint_id }) => complaint_id);
  },
});

/** Whose keys a records database calls its own: an id made once, kept in it. Two databases may share one file of keys, and neither sweeps the other's. */
export async function caseKeyOwner(storage: Storage): Promise<string> {
  const known = await storage.read.selectFrom('case_key_owner').select('id').executeTakeFirst();
  if (known) return known.id;
  return await storage.write(async (tx) => {
    await tx.insertInto('case_key_owner').values({ single: 1, id: newId() }).onConflict((clash) => clash.doNothing()).execute();
    const { id } = await tx.selectFrom('case_key_owner').select('id').executeTakeFirstOrThrow();
    return id;
  });
}

/** Destroys keys older than an instant whose case was never written (its intake failed after the key was committed); answers how many. */
export async function sweepCaseKeys(storage: Pick<Storage, 'read'>, keys: CaseKeyStore, owner: string, before: Instant): Promise<number> {
  const made = await keys.madeBefore(owner, before);
  let swept = 0;
  for (let at = 0; at < made.length; at += 500) {
    const ids = made.slice(at, at + 500);
    const kept = new Set((await storage.read.selectFrom('complaint').select('id').where('id', 'in', ids).execute()).map(({ id }) => id));
    for (const id of ids.filter((one) => !kept.has(one))) {
      await keys.destroy(id, ['story', 'identity']);
      swept += 1;
    }
  }
  return swept;
}
