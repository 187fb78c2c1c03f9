import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filingTerms, placeFiling, type FilingTerms, type PlaceFiling } from '#domain/filing/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

/** 备案时限 from `data/rules/<key>.json`; else one DataError with all sentences. */
export function loadFilingTerms(dataDir: string, key = 'filing-2019'): FilingTerms {
  const label = `${basename(dataDir)}/rules/${key}.json`;
  const { value, problems } = readJson(join(dataDir, 'rules', `${key}.json`), label, filingTerms);
  stopOn(problems);
  if (value?.key !== key) throw new DataError([`${label}, key key: expected "${key}" as in the file's name, got "${value?.key ?? ''}"`]);
  return value;
}

/** What a place's document says of filing when nobody has read it: nothing. */
const nothingSaid: PlaceFiling = { checks: { name: null, scope: null }, push: null, changes: null, disposal: null, entrance: null };

/** 登记和备案 of a place from `data/jurisdictions/<code>/filing.json`; nothing where the file is not there. */
export function loadPlaceFiling(dataDir: string, code: string): PlaceFiling {
  const file = join(dataDir, 'jurisdictions', code, 'filing.json');
  if (!existsSync(file)) return nothingSaid;
  const { value, problems } = readJson(file, `${basename(dataDir)}/jurisdictions/${code}/filing.json`, placeFiling);
  stopOn(problems);
  return value ?? nothingSaid;
}
