import type { Selectable } from 'kysely';
import { z } from 'zod';
import { exportBounds, exportKinds, exportStates, type ExportRequest } from '#domain/exports/model.ts';
import type { ExportStore } from '#domain/exports/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { Database, Storage } from '#storage/schema.ts';

const most = 500;

const readRequest = (row: Selectable<Database['export_request']>): ExportRequest => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), kind: z.enum(exportKinds).parse(row.kind), from: isoDate.parse(row.from_day), until: isoDate.parse(row.until_day), reason: row.reason,
  state: z.enum(exportStates).parse(row.state), askedBy: row.asked_by, askedAt: instant.parse(row.asked_at), decidedBy: row.decided_by, decidedAt: row.decided_at === null ? null : instant.parse(row.decided_at),
  answer: row.answer, downloads: row.downloads, version: row.version,
});

/** 批量导出: requests and their answers, on either engine. */
export const exportStore = ({ read, write }: Storage): ExportStore => ({
  list: async (jurisdiction, since) =>
    (await read.selectFrom('export_request').selectAll().where('jurisdiction_code', '=', jurisdiction).where('asked_at', '>=', since).orderBy('asked_at', 'desc').orderBy('id').limit(most).execute()).map(readRequest),
  find: async (jurisdiction, id) => {
    const row = await read.selectFrom('export_request').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
    return row && readRequest(row);
  },
  add: (request, event) => write(async (tx) => {
    const made = await tx.insertInto('export_request').values({
      id: request.id, jurisdiction_code: request.jurisdiction, kind: request.kind, from_day: request.from, until_day: request.until, reason: request.reason, state: request.state, asked_by: request.askedBy, asked_at: request.askedAt,
      decided_by: null, decided_at: null, answer: null, downloads: 0, version: request.version,
    }).onConflict((clash) => clash.column('id').doNothing()).executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return 'known';
    await appendAudit(tx, event);
    return 'saved';
  }),
  settle: (request, version, event) => write(async (tx) => {
    const settled = await tx.updateTable('export_request').set({ state: request.state, decided_by: request.decidedBy, decided_at: request.decidedAt, answer: request.answer, version: version + 1 })
      .where('id', '=', request.id).where('state', '=', 'asked').where('version', '=', version).executeTakeFirst();
    if (settled.numUpdatedRows !== 1n) return 'changed-meanwhile';
    await appendAudit(tx, event);
    return 'saved';
  }),
  use: (request, event) => write(async (tx) => {
    const used = await tx.updateTable('export_request').set({ downloads: request.downloads + 1 })
      .where('id', '=', request.id).where('state', '=', 'approved').where('downloads', '=', request.downloads).where('downloads', '<', exportBounds.downloads).executeTakeFirst();
    if (used.numUpdatedRows !== 1n) return 'changed-meanwhile';
    await appendAudit(tx, event);
    return 'saved';
  }),
});
