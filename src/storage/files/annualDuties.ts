import { basename, join } from 'node:path';
import { annualDuties, type AnnualDuties } from '#domain/supervision/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

/** 年度义务 from `data/rules/annual-duties.json`; else one DataError with all sentences. */
export function loadAnnualDuties(dataDir: string): AnnualDuties {
  const label = `${basename(dataDir)}/rules/annual-duties.json`;
  const { value, problems } = readJson(join(dataDir, 'rules', 'annual-duties.json'), label, annualDuties);
  stopOn(problems);
  if (!value) throw new DataError([`${label}: nothing could be read`]);
  return value;
}
