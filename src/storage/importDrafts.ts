import { gunzipSync, gzipSync } from 'node:zlib';
import type { Selectable } from 'kysely';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { ImportDraft, ImportRun } from '#domain/importDraft/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { Database, Storage, WriteTx } from '#storage/schema.ts';

const readDraft = (row: Selectable<Database['import_draft']>): ImportDraft => ({
  id: row.id, title: row.file_name, fileHash: row.file_hash, acceptMissing: row.accept_missing, counts: { added: row.added, changed: row.changed, missing: row.missing, returned: row.returned },
  preparedBy: row.prepared_by, preparedAt: instant.parse(row.prepared_at),
});

type Settled = { readonly jurisdiction: string; readonly id: string; readonly how: 'committed' | 'discarded'; readonly by: string; readonly at: Instant };

/** Ends an open draft and forgets its text, inside the transaction of what ended it; false when it was ended before. */
export const settleDraft = async (tx: WriteTx, { jurisdiction, id, how, by, at }: Settled): Promise<boolean> => {
  const ended = await tx.updateTable('import_draft').set({ settled: how, settled_by: by, settled_at: at, content: null }).where('jurisdiction_code', '=', jurisdiction).where('id', '=', id).where('settled', 'is', null).executeTakeFirst();
  return ended.numUpdatedRows === 1n;
};

/** Forgets lists that nobody let in since before an instant. */
export async function forgetOldDrafts(tx: WriteTx, before: number, at: number): Promise<void> {
  await tx.updateTable('import_draft').set({ settled: 'expired', settled_at: at, content: null }).where('settled', 'is', null).where('prepared_at', '<', before).execute();
}

/** 待确认的名录 and 导入记录 over a storage. */
export const importDraftStore = ({ read, write }: Storage) => ({
  open: async (jurisdiction: JurisdictionCode): Promise<readonly ImportDraft[]> =>
    (await read.selectFrom('import_draft').selectAll().where('jurisdiction_code', '=', jurisdiction).where('settled', 'is', null).orderBy('prepared_at').execute()).map(readDraft),
  find: async (jurisdiction: JurisdictionCode, id: string): Promise<{ readonly draft: ImportDraft; readonly bytes: Uint8Array } | undefined> => {
    const row = await read.selectFrom('import_draft').selectAll().where('jurisdiction_code', '=', jurisdiction).where('id', '=', id).where('settled', 'is', null).executeTakeFirst();
    return row === undefined || row.content === null ? undefined : { draft: readDraft(row), bytes: gunzipSync(Buffer.from(row.content, 'base64')) };
  },
  /** Keeps a draft; one of the same file that is still open is answered in its place. Drafts older than `before` are forgotten. */
  keep: (jurisdiction: JurisdictionCode, draft: ImportDraft, bytes: Uint8Array, before: Instant, event: AuditDraft): Promise<string> => write(async (tx) => {
    await forgetOldDrafts(tx, before, draft.preparedAt);
    const held = await tx.selectFrom('import_draft').select('id').where('jurisdiction_code', '=', jurisdiction).where('file_hash', '=', draft.fileHash).where('file_name', '=', draft.title)
      .where('accept_missing', draft.acceptMissing === null ? 'is' : '=', draft.acceptMissing).where('settled', 'is', null).executeTakeFirst();
    if (held) return held.id;
    await tx.insertInto('import_draft').values({
      id: draft.id, jurisdiction_code: jurisdiction, file_name: draft.title, file_hash: draft.fileHash, content: gzipSync(bytes).toString('base64'), accept_missing: draft.acceptMissing, ...draft.counts,
      prepared_by: draft.preparedBy, prepared_at: draft.preparedAt, settled: null, settled_by: null, settled_at: null,
    }).execute();
    await appendAudit(tx, event);
    return draft.id;
  }),
  discard: (settled: Settled, event: AuditDraft): Promise<boolean> => write(async (tx) => {
    if (!(await settleDraft(tx, settled))) return false;
    await appendAudit(tx, event);
    return true;
  }),
  runs: async (jurisdiction: JurisdictionCode, most: number): Promise<readonly ImportRun[]> =>
    (await read.selectFrom('import_run').selectAll().where('jurisdiction_code', '=', jurisdiction).orderBy('at', 'desc').orderBy('id', 'desc').limit(most).execute()).map((row) => ({
      id: row.id, title: row.file_name, rows: row.rows, counts: { added: row.added, changed: row.changed, missing: row.missing, returned: row.returned }, at: instant.parse(row.at),
    })),
});
