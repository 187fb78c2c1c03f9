// The ASVS sheet against the standard's own list and against the tests it names; each fault it looks for is planted once.
import { expect, test } from 'vitest';
import { asvsFaults, asvsTable, countOf, hasTest, namedFaults, notWritten, readChapters, readOfficial, readSource, readThreats, type Chapter, type Official } from '#tests/assurance/asvs.ts';

const list = readOfficial();
const chapters = readChapters(list);

test('the list is the standard’s: 70 lines of level 1, 183 of level 2, and the fourteen chosen of level 3', () => {
  const levels = Object.values(list.chapters).flatMap((one) => Object.values(one.levels));
  expect([1, 2, 3].map((level) => levels.filter((one) => one === level).length)).toEqual([70, 183, 14]);
});

test('every line of every written chapter has a test that is there, or a reason', () => {
  expect(asvsFaults(list, chapters, readSource)).toEqual([]);
});

const small: Official = { source: 's', licence: 'CC BY-SA 4.0', scope: 's', chapters: { V9: { name: 'Nine', levels: { '9.1.1': 1 } } } };
const sound: Chapter['lines'][number] = { id: '9.1.1', level: 1, says: 'something is so', applies: true, tests: [{ file: 'tests/unit/assurance/asvs.test.ts', title: 'each fault is seen' }] };
const faultsWith = (change: Partial<Chapter['lines'][number]>, more: readonly Chapter['lines'][number][] = []): readonly string[] =>
  asvsFaults(small, [{ source: 's', licence: 'CC BY-SA 4.0', chapter: 'V9', name: 'Nine', lines: [{ ...sound, ...change }, ...more] }], readSource, []);

test('each fault is seen', () => {
  expect(faultsWith({})).toEqual([]);
  expect(faultsWith({ id: '9.9.9' })).toEqual(['9.1.1: is missing', '9.9.9: the standard has no such line here']);
  expect(faultsWith({ level: 2 })).toEqual(['9.1.1: the standard says level 1']);
  expect(faultsWith({}, [sound])).toEqual(['9.1.1: stands twice']);
  expect(faultsWith({ tests: [{ file: 'tests/unit/gone.test.ts', title: 'each fault is seen' }] })).toEqual(['9.1.1: there is no file of tests tests/unit/gone.test.ts']);
  expect(faultsWith({ tests: [{ file: 'tests/unit/assurance/asvs.test.ts', title: ['a title', 'nobody wrote'].join(' ') }] })[0]).toContain('has no test');
  expect(faultsWith({ tests: [], reason: 'too short.' })).toEqual(expect.arrayContaining(['9.1.1: neither a test nor a reason of a sentence']));
  expect(faultsWith({ applies: false, tests: [] })).toEqual(['9.1.1: does not apply, and no sentence says why']);
  expect(faultsWith({ applies: false, reason: 'There is no such thing here, and never will be any.' })).toEqual(['9.1.1: does not apply and is tested all the same']);
  expect(faultsWith({ tests: [], reason: 'Nobody could say how this would be tested at all.' })).toEqual(['0 of 1 applicable lines are tested, fewer than 95 in a hundred']);
  expect(asvsFaults(small, [], readSource, [])).toEqual(['V9: is not written']);
});

test('each of the seventeen threats has a control and tests that are there', () => {
  const threats = readThreats();
  expect(threats.map(({ id }) => id)).toEqual(Array.from({ length: 17 }, (_, at) => `T${String(at + 1)}`));
  expect(threats.flatMap(({ id, tests }) => namedFaults(id, tests, readSource))).toEqual([]);
  expect(namedFaults('T0', [{ file: 'tests/unit/gone.test.ts', title: 'a test of a threat' }], readSource)).toHaveLength(1);
});

test('a title is found as it is written, and not as a part of another', () => {
  expect(hasTest("test.each([1])('%s is so', () => 1)", '%s is so')).toBe(true);
  expect(hasTest("test('it isn\\'t so', () => 1)", "it isn't so")).toBe(true);
  expect(hasTest("test('all of it is so', () => 1)", 'it is so')).toBe(false);
});

test('the table has a row for every line, its totals, and what is not written', () => {
  const text = asvsTable(list, chapters);
  const { lines, applicable, tested } = countOf(chapters);
  expect(text.match(/^\| \d/gm)).toHaveLength(lines);
  expect(text).toContain(`${String(lines)} lines: ${String(applicable)} apply, ${String(tested)} of them are tested`);
  for (const name of notWritten) expect(text).toContain(name);
});
