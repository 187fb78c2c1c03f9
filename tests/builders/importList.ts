import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { readImport, type ImportReading } from '#storage/files/importRows.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';

const root = join(import.meta.dirname, '..', '..');

export const importDay: IsoDate = isoDate.parse('2026-11-22');

const places = loadJurisdictions(join(root, 'data'));

/** One of the places in `data/`, by its slug. */
export const aPlace = (slug: string): Jurisdiction => {
  const place = places.find((one) => one.slug === slug);
  if (!place) throw new Error(`no place ${slug}`);
  return place;
};

/** A stored file, by its path from the project's folder. */
export const projectFile = (...path: readonly string[]): Buffer => readFileSync(join(root, ...path));

/** Reads a list as the importer does. */
export const readList = (place: Jurisdiction, content: string | Uint8Array, fileName = 'list.csv'): Promise<ImportReading> =>
  readImport({ jurisdiction: place, fileName, bytes: typeof content === 'string' ? Buffer.from(content) : content, today: importDay });

const fullCells = {
  name: '示例小森林托育园', aliases: '', credit_code: '', subdistrict: '', county: '', address: '示例路12号', phone: '', kind: '', ownership: '', nature: '', modes: '', bands: '', confirmed_on: '',
  available_from: '', admission: '', fees: '', fees_from: '', recognition: '', hours: '', school_holidays: '', extended_until: '', meals: '', open_to_neighbours: '', accepts: '', lng: '', lat: '', crs: '',
  credential_kind: 'filing', credential_state: 'receipted', receipted_on: '', filing_number: '', authority: '',
};

/** One row of a full list as CSV text; a test states only what matters. */
export const fullCsv = (...rows: readonly Partial<typeof fullCells>[]): string =>
  [Object.keys(fullCells), ...rows.map((change) => Object.values({ ...fullCells, ...change }).map((cell) => `"${cell}"`))].map((cells) => cells.join(',')).join('\n');
