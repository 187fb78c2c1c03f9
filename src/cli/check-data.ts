import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gapsOf } from '#cli/gaps.ts';
import { checkPolicyQuotes } from '#cli/policyQuotes.ts';
import { allowancesIn } from '#domain/guidance/model.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadCaseTerms, loadComplaintQuestions } from '#storage/files/complaintData.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { DataError } from '#storage/files/dataError.ts';
import { freshnessOf } from '#storage/files/freshness.ts';
import { loadGrowth } from '#storage/files/growth.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { loadOtherDuties } from '#storage/files/otherDuties.ts';
import { loadPlannedSites } from '#storage/files/plannedSites.ts';
import { loadPolicyData } from '#storage/files/policy.ts';
import { loadReference } from '#storage/files/reference.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { checkQuotes } from '#storage/files/seedQuotes.ts';

const root = resolve(import.meta.dirname, '../..');
const usage = 'usage: check-data [--data <folder>] [--seeds <folder of the stored texts>]';

const readFlags = (): { readonly data: string; readonly seeds: string; readonly seedsNamed: boolean } | undefined => {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' }, seeds: { type: 'string' } }, strict: true, allowPositionals: false });
    return { data: resolve(values.data ?? join(root, 'data')), seeds: resolve(values.seeds ?? join(root, '../shared/seeds')), seedsNamed: values.seeds !== undefined };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return undefined;
  }
};

/** Runs one part; its sentences join the others, so that one run shows every fault. */
const attempt = <Value>(problems: string[], part: () => Value): Value | undefined => {
  try {
    return part();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
};

const checkAll = (data: string, seeds: string, seedsNamed: boolean): readonly string[] => {
  const problems: string[] = [];
  const places = attempt(problems, () => loadJurisdictions(data)) ?? [];
  const sites = places.flatMap((place) => attempt(problems, () => loadPlannedSites(data, place)) ?? []);
  for (const place of places) attempt(problems, () => loadOtherDuties(data, place));
  const calendar = attempt(problems, () => loadCalendar(data));
  attempt(problems, () => loadCareRules(data));
  attempt(problems, () => loadCaseTerms(data));
  attempt(problems, () => loadComplaintQuestions(data));
  const reference = attempt(problems, () => loadReference(data));
  const growth = attempt(problems, () => loadGrowth(data));
  const allowances = attempt(problems, () => loadPolicyData(data))?.allowances ?? [];
  if (existsSync(seeds)) {
    const quotes = attempt(problems, () => checkQuotes(data, seeds));
    const policy = attempt(problems, () => checkPolicyQuotes(root, data, seeds, places));
    problems.push(...(quotes?.problems ?? []), ...(policy?.problems ?? []));
    console.log(`Quotes: ${(quotes?.checked ?? 0) + (policy?.checked ?? 0)} compared with the texts in ${seeds}.`);
  } else {
    if (seedsNamed) problems.push(`--seeds: expected a folder, got "${seeds}"`);
    console.warn(`WARNING: QUOTES WERE NOT CHECKED. There is no folder ${seeds}; name it with --seeds.`);
  }
  const without = places.filter(({ code }) => allowancesIn(allowances, code, new Date().toISOString().slice(0, 10)).length === 0);
  if (without.length > 0) console.log(`Local allowances: none known for ${without.map(({ slug }) => slug).join(', ')}; the section stays hidden there. Add rows to data/policy/allowances.csv when there are some.`);
  console.log(reference === undefined ? 'Months: none sound.' : `Months: ${reference.bands.length} bands, ${reference.doses.length} doses, ${reference.checkups.length} visits, ${reference.warningSigns.length} warning signs.`);
  console.log(growth === undefined ? 'Growth: none sound.' : `Growth: ${Object.values(growth.tables).flatMap((bySex) => Object.values(bySex).flatMap((byIndicator) => Object.values(byIndicator))).length} tables of two standards.`);
  console.log(`Places: ${places.map((place) => place.slug).join(', ') || 'none sound'}. Planned sites: ${sites.length}. Calendar years: ${calendar?.years.map(({ year }) => year).join(', ') ?? 'none sound'}.`);
  const today = isoDate.parse(new Date().toISOString().slice(0, 10));
  console.log('Freshness, file · source issued · last compared with it:');
  for (const { file, sourceOn, checkedOn, ageDays } of freshnessOf(data, today)) console.log(`  ${file} · ${sourceOn ?? 'no day stated'} · ${checkedOn === null ? 'no day stated' : `${checkedOn}, ${String(ageDays)} days ago`}`);
  const gaps = places.flatMap(gapsOf);
  console.log(gaps.length === 0 ? 'Empty: nothing.' : `Empty, to be filled in by the organiser:\n${gaps.map((line) => `  ${line}`).join('\n')}`);
  return problems;
};

const flags = readFlags();
if (flags === undefined) process.exitCode = 1;
else {
  const problems = checkAll(flags.data, flags.seeds, flags.seedsNamed);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'Data sound.' : `${problems.length} faults.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
