import { expect, test } from 'vitest';
import { bears, gramPlan } from '#domain/directory/gramPlan.ts';
import { findMatches, makeSearchIndex, type SearchRecord } from '#domain/directory/searchIndex.ts';
import { gramsOf, gramsOfReading } from '#domain/shared/grams.ts';
import { readAloud } from '#domain/shared/readAloud.ts';
import { makeVocabulary } from '#domain/shared/vocabulary.ts';
import type { GramTest } from '#domain/directory/ports.ts';
import { overrides, vocabulary } from '#tests/unit/directory/builders.ts';
import { pinyinOf } from '#storage/files/pinyin.ts';
import { seededNumbers } from '#tests/scale/country.ts';

const nothingMeant = makeVocabulary([]);

/** Whether a document of one text passes a test, as both engines read it. */
const passes = (grams: ReadonlySet<string>, asked: GramTest): boolean => {
  if (typeof asked === 'string') return grams.has(asked);
  return 'all' in asked ? asked.all.every((part) => passes(grams, part)) : asked.any.some((part) => passes(grams, part));
};

const documentOf = (text: string): ReadonlySet<string> => new Set([...gramsOf(text), ...gramsOfReading(readAloud(text, pinyinOf(text, overrides).full))]);
const lets = (text: string, word: string): boolean => {
  const plan = gramPlan(word, nothingMeant);
  return plan === null || passes(documentOf(text), plan);
};

test.each([
  ['金苹果托育园', 'jinpingguo'], ['金苹果托育园', 'jpg'], ['金苹果托育园', 'jinpg'], ['金苹果托育园', 'jpingguo'], ['金苹果托育园', 'jinpingg'], ['金苹果托育园', '金ping果'],
  ['西安路幼儿园', 'xianlu'], ['天安门', 'tiananmen'], ['绿女托育园', 'lunv'], ['绿女托育园', 'lyunyu'], ['中山托育园', 'zhshan'], ['IVY托育', 'ivytuoyu'], ['第127号', '12'], ['第127号', '127号'], ['第1127号', '127'], ['A127园', 'a127'], ['豆芽ABC托育园', 'abc'], ['小 太阳', 'xiaotai'],
])('%s is let through for %s', (text, word) => { expect(lets(text, word)).toBe(true); });

test.each([['金苹果托育园', 'pinguo8'], ['金苹果托育园', 'jingpguoo'], ['蓝天托育园', 'jpg'], ['蓝天托育园', '金苹果'], ['第127号', '13'], ['第12号27', '127']])('%s is held back for %s', (text, word) => { expect(lets(text, word)).toBe(false); });

test.each([['一', '一'], ['园区', '园区'], ['托育', null], ['的', null], ['普惠', null]])('%s asks for %s', (word, plan) => { expect(gramPlan(word, vocabulary)).toBe(plan); });

test('whatever the search itself finds, the plan lets through', () => {
  const random = seededNumbers(3);
  const parts = ['武林', '朝晖', '小太阳', '金苹果', '西安', '长安', '绿', '儿', '托育', '社区', '12', 'abc', '普惠', '恩', '欧', '女'];
  const pick = (): string => parts[Math.floor(random() * parts.length)] ?? '';
  let found = 0;
  for (let round = 0; round < 3000; round += 1) {
    const text = `${pick()}${pick()}${pick()}${pick()}`;
    const full = pinyinOf(text, overrides).full;
    const record: SearchRecord = { id: 'one', name: text, aliases: [], subdistrictName: null, communityNames: [], places: [], address: null, terms: [], pinyin: { name: full, aliases: [], subdistrict: [], address: [] } };
    const from = Math.floor(random() * full.length);
    const word = full.slice(from, from + 1 + Math.floor(random() * 4)).map((syllable, at) => [syllable, syllable.charAt(0), syllable.slice(0, 2), Array.from(text)[from + at] ?? ''][Math.floor(random() * 4)] ?? '').join('') + (random() < 0.2 ? pick() : '');
    if (word === '' || findMatches(makeSearchIndex([record], nothingMeant), word).every(({ score }) => score < 30)) continue;
    found += 1;
    expect({ text, word, letThrough: lets(text, word) }).toEqual({ text, word, letThrough: true });
  }
  expect(found).toBeGreaterThan(1000);
});

test('a text is read for characters alone without an index', () => {
  const plan = gramPlan('金苹果', nothingMeant);
  expect(plan && bears('某区金苹果园', plan)).toBe(true);
  expect(plan && bears('某区金果苹园', plan)).toBe(false);
});
