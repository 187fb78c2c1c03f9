// What the code may not do, or only in named files.
import { expect, test } from 'vitest';
import { filesWith, sources } from '#tests/assurance/sources.ts';

test('nothing is run from text: no eval, no function from a string, no shell; programs are started with a list of arguments', () => {
  expect(filesWith(/\beval\(|new Function\(|node:vm|shell: true|setTimeout\(['"`]/)).toEqual([]);
  expect(filesWith(/from 'node:child_process'/).toSorted()).toEqual(['src/cli/bootstrap.mjs', 'src/cli/bundle.ts', 'src/server/backup/archive.ts', 'src/server/backup/program.ts']);
  expect(filesWith(/\bexecSync|execFileSync|\bexec\b.*child_process/)).toEqual([]);
});

test('no markup is made from text in the browser, and on the server only structured data is written into a page as it is', () => {
  expect(filesWith(/\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML/)).toEqual([]);
  expect(filesWith(/set:html/)).toEqual(['src/layouts/Page.astro']);
  expect(filesWith(/addEventListener\('message'|onmessage/)).toEqual([]);
});

test('SQL as text is written in the files of the schema and of transactions alone, and nothing from outside stands in it', () => {
  expect(filesWith(/sql\.raw\(|CompiledQuery\.raw\(|sql\.lit\(/).toSorted()).toEqual(['src/storage/complaints.ts', 'src/storage/migrate.ts', 'src/storage/sqlite.ts']);
  expect(sources.find(({ path }) => path === 'src/storage/complaints.ts')?.text).toContain('sql.lit(state)');
  expect(sources.filter(({ path, text }) => path.startsWith('src/') && /sql`[^`]*\$\{\s*['"]/.test(text)).map(({ path }) => path)).toEqual([]);
});

test('an expression made at run time is made from our own words, never from what was typed', () => {
  expect(filesWith(/new RegExp\((?!\/)/).toSorted()).toEqual([
    'src/cli/check-links.ts', 'src/cli/lessLunr.mjs', 'src/domain/complaints/redact.ts', 'src/domain/shared/recordWords.ts', 'src/server/accountSeals.ts', 'src/server/api/api.ts', 'src/server/pages/listingForm.ts', 'src/storage/files/freshness.ts',
  ]);
});

test('whoever is asked outside may not send us on', () => {
  const outward = sources.filter(({ path, text }) => path.startsWith('src/server/') && /await fetch\(|= fetch\(/.test(text) && !path.startsWith('src/server/http/') && !path.startsWith('src/server/api/'));
  expect(outward.length).toBeGreaterThan(0);
  for (const { path, text } of outward) expect(text, path).toContain("redirect: 'error'");
});

test('what comes from outside is compared strictly and read by schemas of known fields', () => {
  expect(filesWith(/[^=!<>]==[^=]|!=[^=]/).filter((path) => /\.(?:ts|tsx)$/.test(path) && !path.startsWith('src/storage/') && sources.some((one) => one.path === path && /\s==\s|\s!=\s/.test(one.text.replace(/'[^']*'|`[^`]*`/g, ''))))).toEqual([]);
  expect(filesWith(/z\.looseObject|\.passthrough\(\)/).filter((path) => path.startsWith('src/server/api/') || /^src\/domain\/[^/]+\/model\.ts$/.test(path))).toEqual([]);
  expect(filesWith(/__proto__|Object\.assign\(\{\}|\.prototype\b/).filter((path) => !path.startsWith('src/cli/'))).toEqual([]);
});
