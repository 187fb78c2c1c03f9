import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importSentence } from '#text/importProblems.ts';
import { aPlace, fullCsv, projectFile, readList } from '#tests/builders/importList.ts';

const chinese = /^[^a-z]*第 \d+ 行|^[\p{Script=Han}]/u;

test('every sentence of a faulty list names its line and column in the office\'s words', async () => {
  const faulty = fullCsv({ credit_code: '123', subdistrict: '没有的街道', bands: 'older', fees: 'x', recognition: 'y', hours: 'z', lng: '1', school_holidays: 'maybe', admission: 'w', accepts: 'v', receipted_on: '2030-01-01', kind: 'q' }, {}, {});
  for (const content of [faulty, projectFile('tests', 'fixtures', 'import', 'registry-faults.csv')]) {
    const { problems, warnings } = await readList(aPlace('hebei'), content);
    expect(problems.count).toBeGreaterThan(2);
    for (const sentence of [...problems.sentences, ...warnings.sentences]) expect(importSentence(sentence), sentence).toMatch(chinese);
  }
  expect(importSentence('line 14, column 托位: expected a whole number from 1 to 2000, got "六十"')).toBe('第 14 行“托位”：应为 1 到 2000 的整数，现在是“六十”');
});

/** What the readers say they expected, as it stands in their source, a number in place of what they put in. */
function phrases(): readonly string[] {
  const source = globSync('src/storage/files/{importCells,fullCells,fullFormat,registryFormat,importArea}.ts').map((file) => readFileSync(file, 'utf8')).join('\n');
  const constants = new Map([...source.matchAll(/const (\w+(?:Expected|outside)|outside) = ['`](.+)['`];/g)].map(([, name = '', text = '']) => [name, text]));
  const filled = (text: string): string => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => constants.get(name) ?? whole).replace(/\$\{place\.code\}/g, '120105').replace(/\$\{[^}]*\}/g, '1');
  return [...source.matchAll(/(?:wanted\(|wrong\('\w+', |wanted\([^)'`]*\? |: )'((?:[^'\\]|\\.)+)'\)/g), ...source.matchAll(/wanted\((?:[^)'`]*\? )?`((?:[^`\\]|\\.)+)`/g)].flatMap(([, text = '']) => (text.includes('${codes') ? [] : [filled(text)]));
}

test('no reader expects anything that has no words', () => {
  const found = phrases();
  expect(found.length).toBeGreaterThan(20);
  for (const phrase of found) expect(importSentence(`line 3, column X: expected ${phrase}, got "y"`), phrase).toMatch(chinese);
});

test('no file that cannot be read goes without a reason', () => {
  const source = globSync('src/storage/files/{readTable,importRows,xlsxSize}.ts').map((file) => readFileSync(file, 'utf8')).join('\n');
  const reasons = [...source.matchAll(/UnreadableFileError\(['`]((?:[^'`\\]|\\.)+)['`]/g)].map(([, text = '']) => text.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '7')).filter((text) => !text.includes('${'));
  expect(reasons.length).toBeGreaterThan(10);
  reasons.push('line 20002: expected at most 20,000 rows; divide the file', 'line 3: a quotation mark stands where it may not; write "" for one inside a quoted cell');
  for (const reason of reasons) expect(importSentence(reason), reason).toMatch(/\p{Script=Han}/u);
});

test('a sentence nobody has put into words is not shown in English', () => { expect(importSentence('something else')).toBeUndefined(); });
