import { createHash } from 'node:crypto';
import { z } from 'zod';
import { institution as institutionSchema, isInForce, serviceModes, classBands } from '#domain/directory/model.ts';
import type { PlaceWords } from '#domain/directory/ports.ts';
import { fromGcj02 } from '#domain/shared/geo.ts';
import { gramsOf, gramsOfReading, gramsVersion } from '#domain/shared/grams.ts';
import { pinyinText } from '#domain/shared/pinyinText.ts';
import { readAloud } from '#domain/shared/readAloud.ts';
import { normalise } from '#domain/shared/tokens.ts';
import type { DirectoryRecord } from '#storage/directory.ts';
import type { Storage, WriteTx } from '#storage/schema.ts';

const jurisdictionWide = '';
const wordList = z.array(z.string());

// As the importer writes them; a record without readings (or of an older importer) is found by its characters only.
const readings = z.object({ name: pinyinText, aliases: z.array(pinyinText), subdistrict: pinyinText.nullable(), address: pinyinText.nullable() });

/** The chosen values of a fixed list as bits. */
export const bitsOf = (known: readonly string[], chosen: readonly string[]): number => chosen.reduce((bits, value) => bits | (1 << known.indexOf(value)), 0);

type Sounding = { readonly text: string; readonly syllables: readonly string[] };

/** The texts of a record that have a sound, with their syllables as far as they are known: name, street, address, aliases. */
const soundingOf = ({ institution, pinyin }: DirectoryRecord, street: string): readonly Sounding[] => {
  const read = readings.safeParse(JSON.parse(pinyin)).data;
  return [
    { text: institution.name, syllables: read?.name.full ?? [] }, { text: street, syllables: read?.subdistrict?.full ?? [] }, { text: institution.address ?? '', syllables: read?.address?.full ?? [] },
    ...institution.aliases.map((text, index) => ({ text, syllables: read?.aliases[index]?.full ?? [] })),
  ];
};

/** Takes an institution out of the search over all jurisdictions. */
export async function dropDocument(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('search_document').where('institution_id', '=', id).execute();
}

/** Puts an institution into the search over all jurisdictions as it now stands, or out of it when its credential is not in force. */
export async function writeDocument(tx: WriteTx, record: DirectoryRecord): Promise<void> {
  const { institution } = record;
  await dropDocument(tx, institution.id);
  if (!isInForce(institution.credential) || institution.missingSince !== null) return;
  const areas = await tx.selectFrom('search_place').selectAll().where('jurisdiction_code', '=', institution.jurisdiction)
    .where('code', 'in', [jurisdictionWide, institution.county ?? jurisdictionWide, institution.subdistrict ?? jurisdictionWide]).execute();
  const street = areas.find(({ code }) => code !== jurisdictionWide && code === institution.subdistrict)?.name ?? '';
  const words = new Set(areas.flatMap((area) => wordList.parse(JSON.parse(area.words))));
  const sounding = soundingOf(record, street);
  const texts = [...sounding.map(({ text }) => text), ...words].map(normalise);
  const point = institution.point?.crs === 'gcj02' ? fromGcj02(institution.point) : institution.point;
  const { id } = await tx.insertInto('search_document').values({
    institution_id: institution.id, jurisdiction_code: institution.jurisdiction, county_code: institution.county, subdistrict_code: institution.subdistrict,
    name: institution.name, credential: institution.credential.kind, kind: institution.kind, ownership: institution.ownership,
    modes: bitsOf(serviceModes, institution.modes), bands: bitsOf(classBands, institution.bands.map(({ band }) => band)),
    lng: point?.lng ?? null, lat: point?.lat ?? null, sample: Number(institution.sample), address: institution.address,
    everything: texts.join('\n'), aliases: institution.aliases.length,
    sounds: sounding.map(({ syllables }) => syllables.join(',')).join('\n'),
  }).returning('id').executeTakeFirstOrThrow();
  await tx.insertInto('search_whole').values({ document_id: id, whole: JSON.stringify(institution) }).execute();
  const grams = new Set([...texts.flatMap(gramsOf), ...sounding.flatMap(({ text, syllables }) => gramsOfReading(readAloud(text, syllables)))]);
  await tx.insertInto('search_terms').values({ document_id: id, grams: [...grams].join(' ') }).execute();
}

// A changed tokeniser or model changes every hash, and so every document is written anew at the next start.
const shape = createHash('sha256').update(JSON.stringify([gramsVersion, z.toJSONSchema(institutionSchema, { unrepresentable: 'any', io: 'input' })])).digest('hex');

/** One jurisdiction's words for its areas. */
export type PlaceToSearch = { readonly jurisdiction: string; readonly areas: readonly PlaceWords[] };

const hashOf = ({ areas }: PlaceToSearch): string => createHash('sha256').update(JSON.stringify([shape, areas])).digest('hex');

async function rewrite(tx: WriteTx, place: PlaceToSearch, load: (tx: WriteTx, jurisdiction: string) => Promise<readonly DirectoryRecord[]>): Promise<number> {
  const { jurisdiction, areas } = place;
  // An import holds this row while it writes: one of the two waits for the other.
  await tx.updateTable('audit_head').set((eb) => ({ seq: eb.ref('seq') })).where('jurisdiction_code', '=', jurisdiction).execute();
  await tx.deleteFrom('search_place').where('jurisdiction_code', '=', jurisdiction).execute();
  const rows = areas.map(({ code, name, words }) => ({ jurisdiction_code: jurisdiction, code, name, words: JSON.stringify(words) }));
  for (let at = 0; at < rows.length; at += 200) await tx.insertInto('search_place').values(rows.slice(at, at + 200)).execute();
  const records = await load(tx, jurisdiction);
  for (const record of records) await writeDocument(tx, record);
  const hash = hashOf(place);
  await tx.insertInto('search_state').values({ jurisdiction_code: jurisdiction, hash }).onConflict((clash) => clash.column('jurisdiction_code').doUpdateSet({ hash })).execute();
  return records.length;
}

const placesAtOnce = 50;

/**
 * Brings the search over all jurisdictions up to the shipped names of places and to the present program: writes anew what was made
 * under other names or by another tokeniser, which after an upgrade is everything. Answers how many documents it looked at.
 */
export async function renewDocuments(storage: Storage, places: readonly PlaceToSearch[], load: (tx: WriteTx, jurisdiction: string) => Promise<readonly DirectoryRecord[]>): Promise<number> {
  const known = new Map((await storage.read.selectFrom('search_state').selectAll().execute()).map(({ jurisdiction_code, hash }) => [jurisdiction_code, hash]));
  const stale = places.filter((place) => known.get(place.jurisdiction) !== hashOf(place));
  let written = 0;
  for (let at = 0; at < stale.length; at += placesAtOnce) {
    written += await storage.write(async (tx) => {
      let count = 0;
      for (const place of stale.slice(at, at + placesAtOnce)) count += await rewrite(tx, place, load);
      return count;
    });
  }
  return written;
}
