// Every file of code under src, read once, for checks of what it may not hold.
import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Path within the repository and text of every file of code under src. */
export const sources: readonly { readonly path: string; readonly text: string }[] = globSync('src/**/*.{ts,tsx,astro,mjs}', { cwd: root }).toSorted()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Paths of the files in which a pattern is found. */
export const filesWith = (pattern: RegExp): readonly string[] => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
