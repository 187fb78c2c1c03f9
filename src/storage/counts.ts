import type { Selectable } from 'kysely';
import { z } from 'zod';
import { countSaid, type CountedInstitution, type MonthlyCount } from '#domain/counts/model.ts';
import type { CountStore } from '#domain/counts/ports.ts';
import { isInForce, type Institution } from '#domain/directory/model.ts';
import { instant, yearMonth } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { loadRecords } from '#storage/directory.ts';
import type { Database, Storage } from '#storage/schema.ts';

const sides = z.enum(['institution', 'street']);
const readCount = (row: Selectable<Database['monthly_count']>): MonthlyCount => ({
  institution: row.institution_id, month: yearMonth.parse(row.month), said: countSaid.parse(JSON.parse(row.said)), by: sides.parse(row.said_by), version: row.version, reportedAt: instant.parse(row.reported_at),
});

const countedOf = (of: Institution): CountedInstitution => ({
  id: of.id, name: of.name, aliases: of.aliases, county: of.county, subdistrict: of.subdistrict, address: of.address, nature: of.nature, creditCode: of.creditCode, receiptedOn: of.credential.receiptedOn,
  modes: of.modes, bands: of.bands.map(({ band, places }) => ({ band, places })),
});

/** 月报在托人数 over a storage. */
export const countStore = ({ read, write }: Storage): CountStore => ({
  institutions: async (jurisdiction) => (await loadRecords(read, jurisdiction)).flatMap(({ institution }) =>
    (isInForce(institution.credential) && institution.missingSince === null && institution.planned === null ? [countedOf(institution)] : [])),
  ofMonth: async (jurisdiction, month) => (await read.selectFrom('monthly_count').selectAll().where('jurisdiction_code', '=', jurisdiction).where('month', '=', month).execute()).map(readCount),
  ofInstitution: async (jurisdiction, institution) =>
    (await read.selectFrom('monthly_count').selectAll().where('jurisdiction_code', '=', jurisdiction).where('institution_id', '=', institution).orderBy('month', 'desc').execute()).map(readCount),
  write: ({ id, jurisdiction, count, account, event }) => write(async (tx) => {
    const said = { said: JSON.stringify(count.said), said_by: count.by, account_id: account, version: count.version, reported_at: count.reportedAt };
    const written = count.version === 1
      ? (await tx.insertInto('monthly_count').values({ id, jurisdiction_code: jurisdiction, institution_id: count.institution, month: count.month, ...said }).onConflict((clash) => clash.columns(['institution_id', 'month']).doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows
      : (await tx.updateTable('monthly_count').set(said).where('institution_id', '=', count.institution).where('month', '=', count.month).where('version', '=', count.version - 1).executeTakeFirst()).numUpdatedRows;
    if (written !== 1n) return 'changed-meanwhile';
    await appendAudit(tx, event);
    return 'saved';
  }),
});
