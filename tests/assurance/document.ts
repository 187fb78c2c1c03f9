// src/deploy/security.md as data: its sections, and the tables under them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', '..', 'src', 'deploy', 'security.md');

/** The text under a heading, up to the next; throws when the heading is gone. */
export function sectionOf(heading: string): string {
  const [, text] = readFileSync(file, 'utf8').split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`security.md has no section “${heading}”`);
  return text.split('\n## ')[0] ?? '';
}

/** Rows of the table under a heading, without its head; throws when a cell is empty. */
export function rowsOf(heading: string): readonly (readonly string[])[] {
  const lines = sectionOf(heading).split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  for (const row of rows) if (row.includes('')) throw new Error(`an empty cell under “${heading}”: ${row.join(' | ')}`);
  return rows;
}

/** Everything between back quotes. */
export const quoted = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
