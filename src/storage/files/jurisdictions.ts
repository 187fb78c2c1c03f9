import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { jurisdictionFacts, type Department, type Duty, type Jurisdiction, type JurisdictionFacts, type Subdistrict, type Target } from '#domain/jurisdiction/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { checkDepartments, checkDuties, checkFacts, checkSubdistricts, checkTargets } from '#storage/files/jurisdictionChecks.ts';
import { departmentRow, dutyRow, placeSources, subdistrictRow, targetRow, type PlaceSources } from '#storage/files/jurisdictionRows.ts';
import { readCsv, type CsvRow } from '#storage/files/readCsv.ts';
import { readJson } from '#storage/files/readJson.ts';

/** One folder as read: every row with its line, and every fault as a sentence. */
export type PlaceReading = {
  readonly label: string;
  readonly facts: JurisdictionFacts | undefined;
  readonly departments: readonly CsvRow<Department>[];
  readonly duties: readonly CsvRow<Duty>[];
  readonly subdistricts: readonly CsvRow<Subdistrict>[];
  readonly targets: readonly CsvRow<Target>[];
  readonly sources: PlaceSources | undefined;
  readonly problems: readonly string[];
};

/** The names of the folders below `data/jurisdictions`, in order of code. */
export const listPlaceFolders = (dataDir: string): readonly string[] => {
  const root = join(dataDir, 'jurisdictions');
  if (!existsSync(root)) throw new DataError([`${basename(dataDir)}/jurisdictions: the folder is missing`]);
  return readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
};

/** 辖区: reads one folder with all its faults; throws nothing. */
export const readPlace = (dataDir: string, folder: string): PlaceReading => {
  const label = `${basename(dataDir)}/jurisdictions/${folder}`;
  const path = (name: string): string => join(dataDir, 'jurisdictions', folder, name);
  const facts = readJson(path('jurisdiction.json'), `${label}/jurisdiction.json`, jurisdictionFacts);
  const sources = readJson(path('sources.json'), `${label}/sources.json`, placeSources);
  const departments = readCsv(path('departments.csv'), `${label}/departments.csv`, departmentRow);
  const duties = readCsv(path('duties.csv'), `${label}/duties.csv`, dutyRow);
  const subdistricts = readCsv(path('subdistricts.csv'), `${label}/subdistricts.csv`, subdistrictRow);
  const targets = readCsv(path('targets.csv'), `${label}/targets.csv`, targetRow);
  const unreadable = [facts, sources, departments, duties, subdistricts, targets].flatMap(({ problems }) => problems);
  // Cross checks speak only of tables that were read whole, so that one bad cell is not reported twice.
  const whole = (...readings: readonly { readonly problems: readonly string[] }[]): boolean => readings.every(({ problems }) => problems.length === 0);
  return {
    label, facts: facts.value, sources: sources.value,
    departments: departments.rows, duties: duties.rows, subdistricts: subdistricts.rows, targets: targets.rows,
    problems: [
      ...unreadable,
      ...(facts.value === undefined ? [] : checkFacts(`${label}/jurisdiction.json`, folder, facts.value)),
      ...(whole(departments) ? checkDepartments(`${label}/departments.csv`, departments.rows) : []),
      ...(whole(departments, duties) ? checkDuties(`${label}/duties.csv`, duties.rows, departments.rows) : []),
      ...(whole(subdistricts) && facts.value !== undefined ? checkSubdistricts(`${label}/subdistricts.csv`, subdistricts.rows, facts.value) : []),
      ...(whole(targets) ? checkTargets(`${label}/targets.csv`, targets.rows) : []),
    ],
  };
};

const valuesOf = <Value>(rows: readonly CsvRow<Value>[]): readonly Value[] => rows.map(({ value }) => value);

const sharedSlugs = (places: readonly PlaceReading[]): readonly string[] => {
  const seen = new Map<string, string>();
  return places.flatMap(({ label, facts }) => {
    if (facts === undefined) return [];
    const first = seen.get(facts.slug);
    seen.set(facts.slug, label);
    return first === undefined ? [] : [`${label}/jurisdiction.json, key slug: expected a slug of its own, got "${facts.slug}" as in ${first}`];
  });
};

/** 辖区: every place under `data/jurisdictions`, sound and cross-checked; else one DataError with all sentences. */
export const loadJurisdictions = (dataDir: string): readonly Jurisdiction[] => {
  const places = listPlaceFolders(dataDir).map((folder) => readPlace(dataDir, folder));
  stopOn([...places.flatMap(({ problems }) => problems), ...sharedSlugs(places)]);
  return places.flatMap(({ facts, departments, duties, subdistricts, targets }) => (facts === undefined ? [] : [{
    ...facts, departments: valuesOf(departments), duties: valuesOf(duties), subdistricts: valuesOf(subdistricts), targets: valuesOf(targets),
  }]));
};

/** Where the facts of one place come from, for the pages that say so. */
export const loadPlaceSources = (dataDir: string, code: string): PlaceSources => {
  const { sources, problems } = readPlace(dataDir, code);
  if (sources === undefined) throw new DataError(problems);
  return sources;
};
