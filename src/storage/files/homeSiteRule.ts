import { basename, join } from 'node:path';
import { homeSiteRule, type HomeSiteRule } from '#domain/listing/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

/** 家庭托育点的规定 from `data/rules/<key>.json`; else one DataError with all sentences. */
export function loadHomeSiteRule(dataDir: string, key = 'home-2023'): HomeSiteRule {
  const label = `${basename(dataDir)}/rules/${key}.json`;
  const { value, problems } = readJson(join(dataDir, 'rules', `${key}.json`), label, homeSiteRule);
  stopOn(problems);
  if (value?.key !== key) throw new DataError([`${label}, key key: expected "${key}" as in the file's name, got "${value?.key ?? ''}"`]);
  return value;
}
