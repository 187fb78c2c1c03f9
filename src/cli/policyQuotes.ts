import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicyBody, planKey, statementsOf } from '#domain/guidance/policy.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { loadPolicyData } from '#storage/files/policy.ts';
import type { QuoteReport } from '#storage/files/seedQuotes.ts';

/** White space aside, and with the commas and brackets of Chinese print, so that a quote may be set in the page's own. */
const bare = (text: string): string => text.replace(/\s+/gu, '').replaceAll(',', '，').replaceAll(':', '：').replaceAll('(', '（').replaceAll(')', '）').replaceAll(';', '；');

/** The text below the front matter. */
export const bodyOf = (file: string): string => /^---\r?\n[\s\S]*?\r?\n---\r?\n([\s\S]*)$/.exec(file)?.[1] ?? '';

/** 引文 of the policy pages: whether each quoted phrase of a place's notes, and of registration.csv, stands at its line of the stored text. */
export const checkPolicyQuotes = (root: string, dataDir: string, seedsDir: string, places: readonly Jurisdiction[]): QuoteReport => {
  const problems: string[] = [];
  let checked = 0;
  const registration = loadPolicyData(dataDir).registration;
  for (const { code, document } of places) {
    const seed = join(seedsDir, document.seed);
    if (!existsSync(seed)) continue; // seedQuotes.ts says so
    const lines = readFileSync(seed, 'utf8').split('\n').map(bare);
    const compare = (where: string, line: number, quote: string): void => {
      checked += 1;
      if (!(lines[line - 1] ?? '').includes(bare(quote))) problems.push(`${where}: expected words that stand at line ${line} of ${document.seed}, got "${quote}"`);
    };
    for (const row of registration) if (row.place === code) compare(`data/policy/registration.csv, ${code} ${row.nature}`, row.line, row.quote);
    const folder = join(root, 'content', 'jurisdictions', code);
    for (const name of existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : []) {
      for (const { text, cites } of statementsOf(parsePolicyBody(bodyOf(readFileSync(join(folder, name), 'utf8'))))) {
        const part = cites.find(({ key }) => key === planKey)?.part;
        if (part === undefined || part === null) continue;
        const quotes = [...text.matchAll(/“([^”]+)”/gu)].map((match) => match[1] ?? '');
        const where = `content/jurisdictions/${code}/${name}, "${text.slice(0, 16)}…"`;
        if (quotes.length === 0) problems.push(`${where}: expected words of the document in “ ” beside its line`);
        for (const quote of quotes) compare(where, Number(/\d+/.exec(part)?.[0]), quote);
      }
    }
  }
  return { checked, problems };
};
