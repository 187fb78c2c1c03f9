import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const generated = ['node_modules', 'dist', 'coverage', 'test-results'];
const fixed = ['package.json', 'package-lock.json', 'tsconfig.json', 'astro.config.mjs', 'src', 'content', 'data', 'tests', 'README.md'];
const hiddenGenerated = ['.git', '.astro', '.local'];

// Put together here so that this file does not hold what it looks for.
const host = (...parts: readonly string[]) => parts.join('.');
const forbidden = [host('registry', 'npmjs', 'org'), host('registry', 'npmmirror', 'com'), host('registry', 'yarnpkg', 'com'),
  host('deb', 'debian', 'org'), `${'/'}work/main`, `${'/'}work/shared`];

/** What in a text may not stand in this repository. */
function forbiddenIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return forbidden.filter((word) => lower.includes(word));
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (folder === root && [...generated, ...hiddenGenerated].includes(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() && statSync(path).size < 2_000_000 ? [path] : [];
  });
}

test('the lockfile holds no address of a registry', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":\s*"http/);
});

test('no file names a registry or a folder of one machine', () => {
  const found = filesUnder(root).flatMap((path) => forbiddenIn(readFileSync(path, 'utf8')).map((word) => `${path.slice(root.length + 1)}: ${word}`));
  expect(found).toEqual([]);
});

test('a planted address is found', () => {
  expect(forbiddenIn(`"resolved": "https://${host('registry', 'npmjs', 'org')}/zod"`)).toHaveLength(1);
  expect(forbiddenIn('a plain sentence')).toEqual([]);
});

test('the top level holds nothing but what the architecture fixes', () => {
  const extra = readdirSync(root).filter((name) => !name.startsWith('.') && !fixed.includes(name) && !generated.includes(name) && !name.endsWith('.log'));
  expect(extra).toEqual([]);
});
