import { createHash } from 'node:crypto';
import { auditText } from '#domain/audit/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import type { ReadDb } from '#storage/schema.ts';

/** What a jurisdiction's chain was found to be: whole up to its head, or broken at an event. */
export type ChainReport = { readonly jurisdiction: string; readonly events: number; readonly head: string; readonly broken: BrokenLink | null };
/** The first event that is not what was written: missing, out of its place, altered, or beyond the head. */
export type BrokenLink = { readonly seq: number; readonly id: string | null; readonly fault: 'missing' | 'altered' | 'not-linked' | 'head-differs' };

const genesis = '0'.repeat(64);
const pageSize = 1000;

const detailOf = (text: string): Readonly<Record<string, string | number | boolean | null>> => {
  const held: Readonly<Record<string, string | number | boolean | null>> = JSON.parse(text);
  return held;
};

type Row = { readonly seq: number; readonly id: string; readonly at: number; readonly kind: string; readonly actor: string; readonly object_kind: string; readonly object_id: string; readonly detail: string; readonly previous_hash: string; readonly hash: string };

/** The hash an event ought to have; undefined when the row cannot even be read as one. */
const hashOf = (jurisdiction: string, row: Row): string | undefined => {
  try {
    const draft = {
      id: row.id, jurisdiction: jurisdictionCode.parse(jurisdiction), at: instant.parse(Number(row.at)), kind: row.kind, actor: row.actor,
      objectKind: row.object_kind, objectId: row.object_id, detail: detailOf(row.detail),
    };
    return createHash('sha256').update(auditText(draft, Number(row.seq), row.previous_hash)).digest('hex');
  } catch {
    return undefined; // altered beyond reading, which is what is to be found out
  }
};

const checkRow = (jurisdiction: string, row: Row, seq: number, previous: string): BrokenLink | null => {
  if (Number(row.seq) !== seq) return { seq, id: null, fault: 'missing' };
  if (hashOf(jurisdiction, row) !== row.hash) return { seq, id: row.id, fault: 'altered' };
  return row.previous_hash === previous ? null : { seq, id: row.id, fault: 'not-linked' };
};

/** 操作留痕 of one jurisdiction, walked from the first event to the head; others may write meanwhile. */
export async function checkAuditChain(db: ReadDb, jurisdiction: string): Promise<ChainReport> {
  let [seq, hash] = [0, genesis];
  for (;;) {
    const rows = await db.selectFrom('audit_event').selectAll().where('jurisdiction_code', '=', jurisdiction).where('seq', '>', seq).orderBy('seq').limit(pageSize).execute();
    for (const row of rows) {
      const broken = checkRow(jurisdiction, row, seq + 1, hash);
      if (broken) return { jurisdiction, events: seq, head: hash, broken };
      [seq, hash] = [seq + 1, row.hash];
    }
    if (rows.length > 0) continue; // others may write on meanwhile: the head is compared when nothing more follows
    const head = await db.selectFrom('audit_head').select(['seq', 'hash']).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
    const more = await db.selectFrom('audit_event').select('seq').where('jurisdiction_code', '=', jurisdiction).where('seq', '>', seq).limit(1).executeTakeFirst();
    if (more) continue;
    const ends = head !== undefined && Number(head.seq) === seq && head.hash === hash;
    return { jurisdiction, events: seq, head: hash, broken: ends ? null : { seq: seq + 1, id: null, fault: head !== undefined && Number(head.seq) > seq ? 'missing' : 'head-differs' } };
  }
}

/** 操作留痕 walked from the first event to the head, in every jurisdiction; others may write meanwhile. */
export async function checkAuditChains(db: ReadDb): Promise<readonly ChainReport[]> {
  const heads = await db.selectFrom('audit_head').select('jurisdiction_code').execute();
  const events = await db.selectFrom('audit_event').select('jurisdiction_code').distinct().execute(); // a head taken away does not hide its events
  const reports: ChainReport[] = [];
  for (const code of new Set([...heads, ...events].map(({ jurisdiction_code: held }) => held))) reports.push(await checkAuditChain(db, code));
  return reports.toSorted((one, other) => (one.jurisdiction < other.jurisdiction ? -1 : 1));
}
