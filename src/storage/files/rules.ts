import { basename, join } from 'node:path';
import { bandMonths, classBands } from '#domain/directory/model.ts';
import { careRules, ruleOf, type CareRules } from '#domain/jurisdiction/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

const checkRules = (label: string, rules: CareRules): readonly string[] => classBands.flatMap((band) => {
  const rule = ruleOf(rules, band);
  if (rules.bands.filter((candidate) => candidate.band === band).length !== 1 || rule === undefined) return [`${label}, key bands: expected one entry for ${band}`];
  const [from, until] = bandMonths[band];
  return [
    ...(rule.fromMonths === from && rule.untilMonths === until ? [] : [`${label}, key bands.${band}: expected months ${from} to ${until}, got "${rule.fromMonths} to ${rule.untilMonths}"`]),
    ...((rule.childrenPerCareWorker === null) === (rule.ratioCitation === null) && (rule.ratioCitation === null) === (rule.ratioConfidence === null) ? [] : [`${label}, key bands.${band}: expected a ratio with its citation and confidence, or none of the three`]),
  ];
});

/** 照护规定: the national rules of one edition from `data/rules/<key>.json`; else one DataError with all sentences. */
export const loadCareRules = (dataDir: string, key = 'cn-2019'): CareRules => {
  const label = `${basename(dataDir)}/rules/${key}.json`;
  const { value, problems } = readJson(join(dataDir, 'rules', `${key}.json`), label, careRules);
  stopOn(problems);
  if (value === undefined) throw new DataError([`${label}: nothing was read`]);
  stopOn([
    ...(value.key === key ? [] : [`${label}, key key: expected "${key}" as in the file's name, got "${value.key}"`]),
    ...checkRules(label, value),
  ]);
  return value;
};
