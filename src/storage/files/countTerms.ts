import { basename, join } from 'node:path';
import { countTerms, type CountTerms } from '#domain/counts/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

/** 月报的安排 from `data/rules/monthly-count.json`; else one DataError with all sentences. */
export function loadCountTerms(dataDir: string): CountTerms {
  const label = `${basename(dataDir)}/rules/monthly-count.json`;
  const { value, problems } = readJson(join(dataDir, 'rules', 'monthly-count.json'), label, countTerms);
  stopOn(problems);
  if (!value) throw new DataError([`${label}: nothing could be read`]);
  return value;
}
