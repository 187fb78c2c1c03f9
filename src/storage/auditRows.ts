import { sql, type Selectable } from 'kysely';
import { isOpening, openingKinds, type AuditEvent } from '#domain/audit/model.ts';
import type { AuditFilter, AuditReader } from '#domain/audit/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import type { Database, ReadDb, Storage } from '#storage/schema.ts';

const readEvent = (row: Selectable<Database['audit_event']>): AuditEvent => {
  const detail: AuditEvent['detail'] = JSON.parse(row.detail);
  return {
    id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), at: instant.parse(row.at), kind: row.kind, actor: row.actor, objectKind: row.object_kind, objectId: row.object_id, detail,
    seq: row.seq, previousHash: row.previous_hash, hash: row.hash,
  };
};

/** Events of a place that match, newest first. */
export const eventsOf = (db: ReadDb, jurisdiction: string, { from, to, actor, openingsOnly }: AuditFilter, before: number | null, limit: number) =>
  db.selectFrom('audit_event').selectAll().where('jurisdiction_code', '=', jurisdiction).where('at', '>=', from).where('at', '<', to)
    .$if(actor !== null, (query) => query.where('actor', '=', actor ?? '')).$if(openingsOnly, (query) => query.where('kind', 'in', openingKinds))
    .$if(before !== null, (query) => query.where('seq', '<', before ?? 0)).orderBy('seq', 'desc').limit(limit);

/** 操作留痕 as an auditor reads it, on either engine. */
export const auditReader = ({ read, engine }: Pick<Storage, 'read' | 'engine'>): AuditReader => ({
  events: async (jurisdiction, filter, before, limit) => (await eventsOf(read, jurisdiction, filter, before, limit).execute()).map(readEvent),
  openings: async (jurisdiction, from, to) => {
    const reason = engine === 'sqlite' ? sql<string | null>`json_extract(detail, '$.reason')` : sql<string | null>`detail::json ->> 'reason'`;
    const rows = await read.selectFrom('audit_event').select(['actor', 'kind']).select(reason.as('reason')).select((eb) => eb.fn.countAll().as('count'))
      .where('jurisdiction_code', '=', jurisdiction).where('kind', 'in', openingKinds).where('at', '>=', from).where('at', '<', to).groupBy(['actor', 'kind', reason]).execute();
    return rows.flatMap((row) => (isOpening(row.kind) ? [{ actor: row.actor, kind: row.kind, reason: row.reason, count: Number(row.count) }] : []));
  },
});
