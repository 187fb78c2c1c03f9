import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { leadSources, leadStates, openLeadStates, type Lead, type LeadMove, type NamedPlace } from '#domain/leads/model.ts';
import type { LeadsAsked, LeadStore } from '#domain/leads/ports.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const state = z.enum(leadStates);

const readLead = (row: Selectable<Database['lead']>): Lead => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), name: row.name, subdistrict: subdistrictCode.nullable().parse(row.subdistrict_code), address: row.address, seen: row.seen, children: row.children,
  foundOn: isoDate.parse(row.found_on), source: z.enum(leadSources).parse(row.source), times: row.times, state: state.parse(row.state), institution: row.institution_id, version: row.version, createdAt: instant.parse(row.created_at),
});

const asked = (db: ReadDb, { jurisdiction, subdistrict, isOpen, found }: LeadsAsked) => db.selectFrom('lead').where('lead.jurisdiction_code', '=', jurisdiction)
  .$if(subdistrict !== null, (query) => query.where('lead.subdistrict_code', '=', subdistrict))
  .$if(isOpen !== undefined, (query) => query.where('lead.state', isOpen === true ? 'in' : 'not in', openLeadStates))
  .$if(found !== undefined, (query) => query.where('lead.found_on', '>=', found?.first ?? '').where('lead.found_on', '<=', found?.last ?? ''));

/** Leads asked for, oldest first. */
export const leadsOf = (db: ReadDb, wanted: LeadsAsked) => asked(db, wanted).selectAll('lead').orderBy('lead.found_on').orderBy('lead.id');

const writeMove = (tx: WriteTx, lead: string, version: number, { at, state: to, actor, reason }: LeadMove) =>
  tx.insertInto('lead_move').values({ lead_id: lead, version, at, state: to, actor, reason }).execute();

const insert = async (tx: WriteTx, lead: Lead, key: string): Promise<boolean> => {
  const made = await tx.insertInto('lead').values({
    id: lead.id, jurisdiction_code: lead.jurisdiction, name: lead.name, name_key: key, subdistrict_code: lead.subdistrict, address: lead.address, seen: lead.seen, children: lead.children, found_on: lead.foundOn,
    source: lead.source, times: lead.times, state: lead.state, institution_id: lead.institution, version: lead.version, created_at: lead.createdAt,
  }).onConflict((clash) => clash.doNothing()).executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
};

/** A place that a complaint named: a lead of its own, or one more time for the one that stands. Written with the case, and without a word of it. */
export async function writeNamedPlace(tx: WriteTx, jurisdiction: string, { id, name, key, subdistrict, foundOn }: NamedPlace, at: number, eventId: string): Promise<void> {
  const code = jurisdictionCode.parse(jurisdiction);
  const isNew = await insert(tx, { id, jurisdiction: code, name, subdistrict, address: null, seen: null, children: null, foundOn, source: 'complaint', times: 1, state: 'found', institution: null, version: 1, createdAt: instant.parse(at) }, key);
  if (isNew) await writeMove(tx, id, 1, { at: instant.parse(at), state: 'found', actor: 'parent', reason: null });
  const known = isNew ? undefined : await tx.updateTable('lead').set((eb) => ({ times: eb('times', '+', 1) })).where('jurisdiction_code', '=', jurisdiction).where('name_key', '=', key)
    .where(sql<boolean>`coalesce(subdistrict_code, '') = ${subdistrict ?? ''}`).where('state', 'in', openLeadStates).returning('id').executeTakeFirst();
  await appendAudit(tx, { id: eventId, jurisdiction: code, at: instant.parse(at), kind: isNew ? 'lead-found' : 'lead-named-again', actor: 'parent', objectKind: 'lead', objectId: known?.id ?? id, detail: { source: 'complaint' } });
}

/** 摸排线索: the store on either engine. */
export const leadStore = ({ read, write }: Storage): LeadStore => ({
  list: async (wanted, most, from) => (await leadsOf(read, wanted).$if(most !== null, (query) => query.limit(most ?? 0).offset(from)).execute()).map(readLead),
  count: async (wanted) => Number((await asked(read, wanted).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count),
  lastReasons: async (wanted) => {
    const given = await asked(read, wanted).innerJoin('lead_move', 'lead_move.lead_id', 'lead.id').where('lead_move.reason', 'is not', null)
      .select(['lead_move.lead_id', 'lead_move.reason']).orderBy('lead_move.lead_id').orderBy('lead_move.version').execute();
    return new Map(given.flatMap(({ lead_id: lead, reason }) => (reason === null ? [] : [[lead, reason] as const])));
  },
  find: async (jurisdiction, id) => {
    const row = await read.selectFrom('lead').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
    return row && readLead(row);
  },
  moves: async (lead) => (await read.selectFrom('lead_move').selectAll().where('lead_id', '=', lead).orderBy('version').execute())
    .map((row) => ({ at: instant.parse(row.at), state: state.parse(row.state), actor: row.actor, reason: row.reason })),
  add: (lead, key, move, event) => write(async (tx) => {
    if (!await insert(tx, lead, key)) return 'known';
    await writeMove(tx, lead.id, 1, move);
    await appendAudit(tx, event);
    return 'saved';
  }),
  move: (lead, version, move, event) => write<'saved' | 'changed-meanwhile' | 'known'>(async (tx) => {
    const moved = await tx.updateTable('lead').set({ state: lead.state, institution_id: lead.institution, version: lead.version }).where('id', '=', lead.id).where('version', '=', version).executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) return 'changed-meanwhile';
    await writeMove(tx, lead.id, lead.version, move);
    await appendAudit(tx, event);
    return 'saved';
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) return 'known';
    throw error;
  }),
  hasInstitution: async (jurisdiction, institution) => await read.selectFrom('institution').select('id').where('id', '=', institution).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst() !== undefined,
});
