import { z } from 'zod';
import { institution as institutionSchema, type Institution } from '#domain/directory/model.ts';
import { dropDocument, writeDocument } from '#storage/search/documents.ts';
import type { Database, ReadDb, WriteTx } from '#storage/schema.ts';

/** Where a record came from; an import speaks only for records of its own origins. */
export type Origin = 'registry' | 'full' | 'planned' | 'sample';

/** A record with what the importer must remember about it. */
export type DirectoryRecord = {
  readonly institution: Institution;
  readonly origin: Origin;
  /** Credit code, or the row's key in its source. */
  readonly rowKey: string;
  /** Hash of the row as read, for telling changed from same. */
  readonly rowHash: string;
  /** Pinyin made at import, JSON text read by the search index. */
  readonly pinyin: string;
};

const bit = (value: boolean | null): number | null => (value === null ? null : Number(value));
const unbit = (value: number | null): boolean | null => (value === null ? null : value === 1);

const rowOf = ({ institution, origin, rowKey, rowHash, pinyin }: DirectoryRecord): Database['institution'] => ({
  id: institution.id, jurisdiction_code: institution.jurisdiction, county_code: institution.county, subdistrict_code: institution.subdistrict, name: institution.name,
  kind: institution.kind, ownership: institution.ownership, nature: institution.nature, credit_code: institution.creditCode, address: institution.address, phone: institution.phone,
  lng: institution.point?.lng ?? null, lat: institution.point?.lat ?? null, crs: institution.point?.crs ?? null,
  admission: institution.admission && JSON.stringify(institution.admission), fees_from: institution.feesFrom, opens_in_school_holidays: bit(institution.opensInSchoolHolidays),
  extended_until: institution.extendedUntil, meals_provided: bit(institution.mealsProvided), open_to_neighbours: bit(institution.openToNeighbours),
  accepts_allergy: bit(institution.accepts.allergy), accepts_medicine: bit(institution.accepts.medicine), accepts_special_needs: bit(institution.accepts.specialNeeds),
  confirmed_on: institution.confirmedOn, source_title: institution.source.title, source_url: institution.source.url, source_read_on: institution.source.readOn,
  missing_since: institution.missingSince, next_fees: institution.nextFees ? JSON.stringify(institution.nextFees) : null, pauses: institution.pauses && institution.pauses.length > 0 ? JSON.stringify(institution.pauses) : null, planned: institution.planned && JSON.stringify(institution.planned), sample: Number(institution.sample), origin, row_key: rowKey, row_hash: rowHash, pinyin,
});

const parts = ['institution_alias', 'credential', 'service_mode', 'band_offer', 'recognised_places', 'recognition', 'fee', 'opening_hours'] as const;

/** Writes a record whole: new, or in place of what stood under the same id. The caller raises the revision and commits the event. */
export async function putInstitution(tx: WriteTx, record: DirectoryRecord): Promise<void> {
  const { institution } = record;
  const { id, ...change } = rowOf(record);
  await tx.insertInto('institution').values({ id, ...change }).onConflict((clash) => clash.column('id').doUpdateSet(change)).execute();
  for (const table of parts) await tx.deleteFrom(table).where('institution_id', '=', id).execute();
  const { credential } = institution;
  await tx.insertInto('credential').values({
    institution_id: id, kind: credential.kind, state: credential.state, number: credential.number, receipted_on: credential.receiptedOn,
    authority: credential.authority, since: credential.since, decision_number: credential.decisionNumber,
  }).execute();
  if (institution.aliases.length > 0) await tx.insertInto('institution_alias').values(institution.aliases.map((alias, ordinal) => ({ institution_id: id, ordinal, alias }))).execute();
  if (institution.modes.length > 0) await tx.insertInto('service_mode').values(institution.modes.map((mode) => ({ institution_id: id, mode }))).execute();
  if (institution.bands.length > 0) {
    await tx.insertInto('band_offer').values(institution.bands.map(({ band, places, free, confirmedOn, availableFrom }) => ({ institution_id: id, band, places, free, confirmed_on: confirmedOn, available_from: availableFrom }))).execute();
  }
  for (const [ordinal, recognition] of institution.recognitions.entries()) {
    await tx.insertInto('recognition').values({
      institution_id: id, ordinal, authority: recognition.authority, document_number: recognition.documentNumber, from_day: recognition.from, until_day: recognition.until,
      price_ceiling: recognition.priceCeiling, audience: recognition.audience,
    }).execute();
    await tx.insertInto('recognised_places').values(recognition.places.map(({ band, places }) => ({ institution_id: id, ordinal, band, places }))).execute();
  }
  if (institution.fees.length > 0) {
    await tx.insertInto('fee').values(institution.fees.map((fee, ordinal) => ({ institution_id: id, ordinal, item: fee.item, mode: fee.mode, band: fee.band, amount: fee.amount, per: fee.per, required: Number(fee.required), note: fee.note }))).execute();
  }
  if (institution.hours.length > 0) await tx.insertInto('opening_hours').values(institution.hours.map((hours, ordinal) => ({ institution_id: id, ordinal, ...hours }))).execute();
  await writeDocument(tx, record);
}

/** Marks a record as absent from its source since a day, or as returned (null). Nothing is deleted. */
export async function markMissing(tx: WriteTx, id: string, since: string | null): Promise<void> {
  const { jurisdiction_code } = await tx.updateTable('institution').set({ missing_since: since }).where('id', '=', id).returning('jurisdiction_code').executeTakeFirst() ?? {};
  if (since !== null) return dropDocument(tx, id);
  const returned = jurisdiction_code === undefined ? undefined : (await loadRecords(tx, jurisdiction_code)).find(({ institution }) => institution.id === id);
  if (returned) await writeDocument(tx, returned);
}

const groupBy = <Row extends { institution_id: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> => Map.groupBy(rows, (row) => row.institution_id);

/** Every record of a jurisdiction, as the public view and the importer read it; ordered by name then id. */
export async function loadRecords(db: ReadDb, jurisdiction: string): Promise<readonly DirectoryRecord[]> {
  const rows = await db.selectFrom('institution').selectAll().where('jurisdiction_code', '=', jurisdiction).orderBy('name').orderBy('id').execute();
  const mine = db.selectFrom('institution').select('id').where('jurisdiction_code', '=', jurisdiction);
  const aliases = groupBy(await db.selectFrom('institution_alias').selectAll().where('institution_id', 'in', mine).orderBy('ordinal').execute());
  const credentials = groupBy(await db.selectFrom('credential').selectAll().where('institution_id', 'in', mine).execute());
  const modes = groupBy(await db.selectFrom('service_mode').selectAll().where('institution_id', 'in', mine).execute());
  const bands = groupBy(await db.selectFrom('band_offer').selectAll().where('institution_id', 'in', mine).execute());
  const recognitions = groupBy(await db.selectFrom('recognition').selectAll().where('institution_id', 'in', mine).orderBy('ordinal').execute());
  const recognised = groupBy(await db.selectFrom('recognised_places').selectAll().where('institution_id', 'in', mine).execute());
  const fees = groupBy(await db.selectFrom('fee').selectAll().where('institution_id', 'in', mine).orderBy('ordinal').execute());
  const hours = groupBy(await db.selectFrom('opening_hours').selectAll().where('institution_id', 'in', mine).orderBy('ordinal').execute());
  const modeOrder = ['fullDay', 'halfDay', 'hourly', 'temporary'];
  const bandOrder = ['infant', 'toddler', 'older', 'mixed'];
  return rows.map((row) => ({
    origin: z.enum(['registry', 'full', 'planned', 'sample']).parse(row.origin), rowKey: row.row_key, rowHash: row.row_hash, pinyin: row.pinyin,
    institution: institutionSchema.parse({
      id: row.id, jurisdiction: row.jurisdiction_code, county: row.county_code, subdistrict: row.subdistrict_code, name: row.name,
      aliases: (aliases.get(row.id) ?? []).map(({ alias }) => alias), kind: row.kind, ownership: row.ownership, nature: row.nature, creditCode: row.credit_code,
      address: row.address, phone: row.phone, point: row.lng === null ? null : { lng: row.lng, lat: row.lat, crs: row.crs },
      credential: (credentials.get(row.id) ?? []).map((held) => ({
        kind: held.kind, state: held.state, number: held.number, receiptedOn: held.receipted_on, authority: held.authority, since: held.since, decisionNumber: held.decision_number,
      }))[0],
      modes: (modes.get(row.id) ?? []).map(({ mode }) => mode).toSorted((one, other) => modeOrder.indexOf(one) - modeOrder.indexOf(other)),
      bands: (bands.get(row.id) ?? []).map(({ band, places, free, confirmed_on, available_from }) => ({ band, places, free, confirmedOn: confirmed_on, availableFrom: available_from }))
        .toSorted((one, other) => bandOrder.indexOf(one.band) - bandOrder.indexOf(other.band)),
      admission: row.admission === null ? null : JSON.parse(row.admission),
      recognitions: (recognitions.get(row.id) ?? []).map((one) => ({
        authority: one.authority, documentNumber: one.document_number, from: one.from_day, until: one.until_day, priceCeiling: one.price_ceiling, audience: one.audience,
        places: (recognised.get(row.id) ?? []).filter(({ ordinal }) => ordinal === one.ordinal).map(({ band, places }) => ({ band, places })),
      })),
      fees: (fees.get(row.id) ?? []).map(({ item, mode, band, amount, per, required, note }) => ({ item, mode, band, amount, per, required: required === 1, note })),
      feesFrom: row.fees_from, ...(row.next_fees === null ? {} : { nextFees: JSON.parse(row.next_fees) }), ...(row.pauses === null ? {} : { pauses: JSON.parse(row.pauses) }), hours: (hours.get(row.id) ?? []).map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
      opensInSchoolHolidays: unbit(row.opens_in_school_holidays), extendedUntil: row.extended_until, mealsProvided: unbit(row.meals_provided), openToNeighbours: unbit(row.open_to_neighbours),
      accepts: { allergy: unbit(row.accepts_allergy), medicine: unbit(row.accepts_medicine), specialNeeds: unbit(row.accepts_special_needs) },
      confirmedOn: row.confirmed_on, source: { title: row.source_title, url: row.source_url, readOn: row.source_read_on }, missingSince: row.missing_since,
      planned: row.planned === null ? null : JSON.parse(row.planned), sample: row.sample === 1,
    }),
  }));
}
