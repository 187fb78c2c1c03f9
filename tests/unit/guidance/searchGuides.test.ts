import { brotliCompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { tellingStretches } from '#domain/guidance/searchExtract.ts';
import { findGuides, makeGuideIndex } from '#domain/guidance/searchIndex.ts';
import type { Guide } from '#domain/guidance/searchModel.ts';
import { guideColumns, unpackGuides, withPlaceNotes } from '#domain/guidance/searchPack.ts';
import { longestTyped, readAge } from '#domain/guidance/searchTyped.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { makeGuideSearch } from '#server/guides.ts';
import { guideSources } from '#tests/unit/guidance/guideFiles.ts';

const mostBytes = 60_000;
const places = ['120105', '140525', '230600', '330103'].map((code) => ({ code: jurisdictionCode.parse(code), slug: `p${code}` }));
const nowhere = { code: jurisdictionCode.parse('999999'), slug: 'nowhere' };
const sources = guideSources();
const search = await makeGuideSearch(sources);
const { index } = search;
const nameOf = ({ kind, key }: Guide): string => `${kind}/${key}`;
const found = (typed: string, by = index, place: string | null = null): readonly string[] => findGuides(by, typed, { mayGuess: true, place }).found.map(({ guide }) => nameOf(guide));
const loaded = (slug: string): readonly string[] => {
  const place = places.find((one) => one.slug === slug) ?? nowhere;
  return search.addressesFor(place).map((address) => search.files(places).find(({ name }) => address === `/search-index/${name}.json`)?.body ?? '');
};
const brotli = (text: string): number => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const spell = (text: string): string => lot.syllablesOf(text).filter((syllable) => /^[a-z0-9]+$/.test(syllable)).join('');
const packed = z.record(z.enum(guideColumns), z.string());
const lot = unpackGuides(packed.parse(JSON.parse(loaded('p120105')[0] ?? '')));

describe('every page is found', () => {
  test('by its title, first', () => {
    for (const guide of index.guides.filter(({ place }) => place === null)) expect(found(guide.title)[0], guide.title).toBe(nameOf(guide));
  });

  test('by each of its headings and key words', () => {
    for (const guide of index.guides.filter(({ place }) => place === null)) for (const text of [...guide.headings, ...guide.keywords]) expect(found(text), text).toContain(nameOf(guide));
  });

  test('by the pinyin of its title among the first three, and by that of each key word', () => {
    for (const guide of index.guides.filter(({ place }) => place === null)) {
      expect(found(spell(guide.title)).slice(0, 3), spell(guide.title)).toContain(nameOf(guide));
      for (const keyword of guide.keywords) expect(found(spell(keyword)), spell(keyword)).toContain(nameOf(guide));
    }
  });

  test('by the initials of the first four characters of its title', () => {
    for (const guide of index.guides.filter(({ place }) => place === null)) {
      const initials = lot.syllablesOf(guide.title).filter((syllable) => syllable !== ' ').slice(0, 4).map((syllable) => syllable.charAt(0)).join('');
      if (/^[a-z]{4}$/.test(initials)) expect(found(initials), `${guide.title} ${initials}`).toContain(nameOf(guide));
    }
  });

  test('by half of a word and by one character of its title', () => {
    expect(found('wangchuan')).toEqual([]);
    expect(found('shuzuk')[0]).toBe('article/hand-foot-mouth');
    expect(found('发')).toContain('article/fever-at-home');
    for (const guide of index.guides.filter(({ place }) => place === null)) expect(found(guide.title.charAt(0)).length, guide.title).toBeGreaterThan(0);
  });
});

describe('what is urgent', () => {
  test.each([['噎住', 'choking'], ['发烧', 'fever-at-home'], ['烫伤', 'burns'], ['抽搐', 'fever-at-home'], ['溺水', 'drowning'], ['中毒', 'poisoning'], ['yezhu', 'choking'], ['tangshang', 'burns']])('%s: what to do now stands first, with the number to call', (typed, slug) => {
    const [first] = findGuides(index, typed).found;
    expect(first).toMatchObject({ urgent: true, guide: { key: slug, urgent: true, call: '120' } });
  });

  test('a page that merely holds the words somewhere is not urgent', () => {
    for (const typed of ['何时就医', '常见的担心', '辅食', '产假', '王串场']) expect(findGuides(index, typed).found.filter(({ urgent }) => urgent), typed).toEqual([]);
  });
});

describe('what is typed', () => {
  test('a month that is named brings what is for that month', () => {
    expect(readAge('8个月玩什么')).toEqual({ months: 8, rest: '玩什么' });
    expect(readAge('一岁半不走路')).toEqual({ months: 18, rest: '不走路' });
    expect(readAge('发烧39度')).toBeUndefined();
    expect(readAge('90个月')).toBeUndefined();
    expect(found('20个月玩什么')[0]).toBe('article/games-12-24-months');
    expect(found('3个月玩什么')[0]).toBe('article/games-0-6-months');
  });

  test('nothing, signs and very long texts are answered at once', () => {
    for (const typed of ['', '   ', '？！', '\u0000']) expect(found(typed)).toEqual([]);
    const begun = performance.now();
    for (const typed of ['宝宝'.repeat(5000), 'a'.repeat(5000), 'zhang'.repeat(1000), '发烧 '.repeat(2000), '𠮷'.repeat(3000)]) found(typed);
    expect(performance.now() - begun).toBeLessThan(1500);
    expect(found(`${'发烧怎么办'.repeat(longestTyped)}`)[0]).toBe('article/fever-at-home');
  });

  test('traditional characters, full width and blanks make no difference', () => {
    expect(found('發燒')).toEqual(found('发烧'));
    expect(found('ｆａｓｈａｏ')).toEqual(found('fashao'));
    expect(found(' 手足 口')[0]).toBe('article/hand-foot-mouth');
  });
});

describe('what a browser loads', () => {
  test('stays within 60 KB of brotli, and the measure would notice more', () => {
    const sizes = places.map(({ slug }) => loaded(slug).reduce((sum, body) => sum + brotli(body), 0));
    process.stdout.write(`guides: ${String(index.guides.length)} pages, at most ${String(Math.max(...sizes))} bytes of brotli a place\n`);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(mostBytes);
    const whole = tellingStretches(sources.articles.map(({ body }) => ({ text: body ?? '', foundBy: '' })), 10_000).join('\n');
    expect(brotli(whole)).toBeGreaterThan(mostBytes);
  });

  test('unpacked it answers like the server', () => {
    const browser = makeGuideIndex(lot);
    for (const typed of ['发烧怎么办', 'fashao', '备案', 'szk', '12个月吃什么', '托小班', 'chanjia', '重']) {
      expect(findGuides(browser, typed).found.map(({ guide, heading }) => [nameOf(guide), heading])).toEqual(findGuides(index, typed).found.map(({ guide, heading }) => [nameOf(guide), heading]));
    }
  });

  test('its name changes with the content, and with nothing else', async () => {
    const [one, same, other] = await Promise.all([sources, { ...sources, articles: sources.articles.toReversed() }, { ...sources, articles: sources.articles.slice(1) }].map((held) => makeGuideSearch(held)));
    const nameFrom = (made: typeof one): string | undefined => made?.addressesFor(nowhere)[0];
    expect(nameFrom(one)).toMatch(/^\/search-index\/[0-9a-f]{16}\.json$/);
    expect(nameFrom(same)).toBe(nameFrom(one));
    expect(nameFrom(other)).not.toBe(nameFrom(one));
  });
});

test('what a place adds to a policy page is found there alone', () => {
  const typed = '无虐待儿童记录';
  expect(found(typed, index, '120105')).toContain('policy/running-care');
  for (const place of [null, '140525', '230600']) expect(found(typed, index, place)).not.toContain('policy/running-care');
  expect(findGuides(index, '办托', { mayGuess: true, place: '120105' }).found.filter(({ guide }) => guide.key === 'running-care')).toHaveLength(1); // one page, once
  const notes: unknown = JSON.parse(loaded('p120105')[1] ?? '[]');
  const read = z.array(z.strictObject({ key: z.string(), title: z.string(), body: z.string() })).parse(notes);
  expect(found(typed, makeGuideIndex(withPlaceNotes(lot, read, null)))).toContain('policy/running-care');
});
