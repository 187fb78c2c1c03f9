import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceFiling, Quoted } from '#domain/filing/model.ts';
import { loadPlaceFiling } from '#storage/files/filingRules.ts';
import { listPlaceFolders, readPlace } from '#storage/files/jurisdictions.ts';
import { otherDutiesLabel, readOtherDuties } from '#storage/files/otherDuties.ts';
import { plannedSitesLabel, readPlannedSites } from '#storage/files/plannedSites.ts';

/** What comparing with the stored texts gave. */
export type QuoteReport = { readonly checked: number; readonly problems: readonly string[] };

const bare = (text: string): string => text.replace(/\s+/gu, '');

/** Every quote of what a place's document says of filing. */
const quotesIn = ({ checks, push, changes, disposal }: PlaceFiling): readonly Quoted[] => [checks.name, checks.scope, push, changes, disposal].flatMap((said) => said ?? []);

/** 引文: whether each quote of duties, targets, departments, filing and planned sites stands at its line of the stored text, white space aside. */
export const checkQuotes = (dataDir: string, seedsDir: string): QuoteReport => {
  const problems: string[] = [];
  let checked = 0;
  for (const folder of listPlaceFolders(dataDir)) {
    const place = readPlace(dataDir, folder);
    if (place.facts === undefined) continue;
    const seed = place.facts.document.seed;
    const file = join(seedsDir, seed);
    if (!existsSync(file)) {
      problems.push(`${place.label}/jurisdiction.json, key document.seed: expected a text in the seeds folder, got "${seed}"`);
      continue;
    }
    const lines = readFileSync(file, 'utf8').split('\n').map(bare);
    const compare = (label: string, line: number, column: string, seedLine: number, wanted: readonly string[]): void => {
      checked += 1;
      const text = lines[seedLine - 1];
      // A sentence may run over the end of its line, as stored texts break them.
      const on = lines.slice(seedLine - 1, seedLine + 2).join('');
      if (text !== undefined && wanted.some((quote) => { const at = on.indexOf(bare(quote)); return at >= 0 && at < text.length; })) return;
      problems.push(`${label} line ${line}, column ${column}: expected words that stand at line ${seedLine} of ${seed}, got "${wanted.join(' / ')}"`);
    };
    for (const { line, value } of place.duties) if (value.line !== null && value.quote !== null) compare(`${place.label}/duties.csv`, line, 'quote', value.line, [value.quote]);
    for (const { line, value } of readOtherDuties(dataDir, folder).rows) compare(otherDutiesLabel(dataDir, folder), line, 'quote', value.line, [value.quote]);
    for (const { line, value } of place.targets) compare(`${place.label}/targets.csv`, line, 'quote', value.line, [value.quote]);
    for (const { line, value } of place.departments) if (value.seedLine !== null) compare(`${place.label}/departments.csv`, line, 'aliases', value.seedLine, [value.name, ...value.aliases]);
    for (const said of quotesIn(loadPlaceFiling(dataDir, folder))) compare(`${place.label}/filing.json`, said.line, 'quote', said.line, [said.quote]);
    for (const { line, value } of readPlannedSites(dataDir, folder).rows) {
      const label = plannedSitesLabel(dataDir, folder);
      compare(label, line, 'name', value.line, [value.name]);
      compare(label, line, 'address', value.line + 1, [value.address]);
    }
  }
  return { checked, problems };
};
