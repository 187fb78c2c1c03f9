import { z } from 'zod';
import type { AuditDraft } from '#domain/audit/model.ts';
import { bannerKinds, type Banner, type ReadOnly } from '#domain/banners/model.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { Database, ReadDb, Storage } from '#storage/schema.ts';

const kind = z.enum(bannerKinds);
const bannerOf = (row: Database['banner']): Banner => ({
  id: row.id, scope: row.scope, kind: kind.parse(row.kind), words: row.words, link: row.link, from: instant.parse(Number(row.from_at)), until: instant.parse(Number(row.until_at)),
  version: Number(row.version), changedAt: instant.parse(Number(row.changed_at)),
});

/** 公告 whose end lies after an instant, of every scope. */
export const loadBanners = async (db: ReadDb, after: Instant): Promise<readonly Banner[]> =>
  (await db.selectFrom('banner').selectAll().where('until_at', '>', after).orderBy('from_at').orderBy('id').execute()).map(bannerOf);

/** 公告 of a scope, newest first, those that are over too. */
export const bannersOf = async (db: ReadDb, scope: string): Promise<readonly Banner[]> =>
  (await db.selectFrom('banner').selectAll().where('scope', '=', scope).orderBy('from_at', 'desc').orderBy('id').limit(20).execute()).map(bannerOf);

/** 暂停受理 that has not ended. */
export const loadReadOnly = async (db: ReadDb, after: Instant): Promise<readonly ReadOnly[]> =>
  (await db.selectFrom('read_only').selectAll().where('until_at', '>', after).execute()).map((row) => ({ scope: row.scope, since: instant.parse(Number(row.since)), until: instant.parse(Number(row.until_at)), version: Number(row.version) }));

/** Puts a 公告 up, with the event that says who did; a second time the same id changes nothing. */
export async function putBanner(storage: Storage, banner: Banner, by: string, audit: AuditDraft): Promise<void> {
  await storage.write(async (tx) => {
    const row = { id: banner.id, scope: banner.scope, kind: banner.kind, words: banner.words, link: banner.link, from_at: banner.from, until_at: banner.until, version: banner.version, written_by: by, changed_at: banner.changedAt };
    const made = await tx.insertInto('banner').values(row).onConflict((clash) => clash.column('id').doNothing()).returning('id').executeTakeFirst();
    if (made) await appendAudit(tx, audit);
  });
}

/** Takes a 公告 down now; false when it was over or somebody changed it meanwhile. */
export async function endBanner(storage: Storage, which: { readonly id: string; readonly scope: string; readonly version: number }, at: Instant, audit: AuditDraft): Promise<boolean> {
  return storage.write(async (tx) => {
    const held = await tx.selectFrom('banner').select('from_at').where('id', '=', which.id).executeTakeFirst();
    // Taken down in the moment it was put up: it still lasted from before until now.
    const ended = await tx.updateTable('banner').set({ from_at: Math.min(Number(held?.from_at ?? at), at - 1), until_at: at, version: which.version + 1, changed_at: at })
      .where('id', '=', which.id).where('scope', '=', which.scope).where('version', '=', which.version).where('until_at', '>', at).returning('id').executeTakeFirst();
    if (ended) await appendAudit(tx, audit);
    return ended !== undefined;
  });
}

/** Begins 暂停受理 until an instant, or ends it (`until` now). */
export async function setReadOnly(storage: Storage, scope: string, at: Instant, until: Instant, by: string, audit: AuditDraft): Promise<void> {
  await storage.write(async (tx) => {
    await tx.insertInto('read_only').values({ scope, since: at, until_at: until, version: 1, set_by: by })
      .onConflict((clash) => clash.column('scope').doUpdateSet((eb) => ({ since: at, until_at: until, set_by: by, version: eb('read_only.version', '+', 1) }))).execute();
    await appendAudit(tx, audit);
  });
}
