import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMatches, makeSearchIndex, type SearchRecord } from '#domain/directory/searchIndex.ts';
import { pinyinOf } from '#storage/files/pinyin.ts';
import { overrides, vocabulary } from '#tests/unit/directory/builders.ts';

const characters = fc.constantFrom(...'育苗武林托园天水路大一二普惠朝晖绿幼儿街道号楼社区ABCxyz129（）- ·號園Ａ１𠮷');
const text = (most: number) => fc.array(characters, { minLength: 1, maxLength: most }).map((some) => some.join(''));
const streets = ['武林街道', '天水街道', '朝晖街道', '绿园街道', null] as const;
const drawn = fc.record({
  name: text(12), aliases: fc.array(text(6), { maxLength: 2 }), subdistrictName: fc.constantFrom(...streets),
  communityNames: fc.array(text(5), { maxLength: 2 }), address: fc.option(text(16)), withPinyin: fc.boolean(),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

const recordOf = ({ withPinyin, ...own }: Drawn, index: number): SearchRecord => {
  const read = (words: string): readonly string[] => (withPinyin ? pinyinOf(words, overrides).full : []);
  return {
    id: String(index), ...own, places: ['示例区'], terms: index % 2 === 0 ? ['mode:fullDay'] : [],
    pinyin: { name: read(own.name), aliases: own.aliases.map(read), subdistrict: read(own.subdistrictName ?? ''), address: read(own.address ?? '') },
  };
};
const textsOf = ({ name, aliases, subdistrictName, communityNames, address }: Drawn): readonly string[] =>
  [name, ...aliases, ...communityNames, ...(subdistrictName === null ? [] : [subdistrictName]), ...(address === null ? [] : [address])];

// A second way to say when one text holds another, written for this test: letters and digits only count, the rest parts words.
const fold = new Map(Object.entries({ 號: '号', 園: '园' }));
const plainly = (held: string): string => Array.from(held.normalize('NFKC').toLowerCase(), (one) => fold.get(one) ?? one).join('')
  .replace(/[（）()\-·\s]+/g, ' ').trim();

describe('recall', () => {
  test('every record that holds any substring of one to eight characters of any text is found', () => {
    fc.assert(fc.property(fc.array(drawn, { minLength: 1, maxLength: 8 }), (all) => {
      const index = makeSearchIndex(all.map(recordOf), vocabulary);
      const held = all.map((one) => textsOf(one).map(plainly));
      const typed = new Set(held.flat().flatMap((words) => words.split(' ')).flatMap((word) => {
        const letters = Array.from(word);
        return letters.flatMap((_, from) => Array.from({ length: Math.min(8, letters.length - from) }, (_one, more) => letters.slice(from, from + more + 1).join('')));
      }));
      for (const word of typed) {
        const found = new Set(findMatches(index, word).map(({ id }) => id));
        const missed = held.flatMap((words, at) => (words.some((one) => one.includes(word)) && !found.has(String(at)) ? [at] : []));
        expect(missed, word).toEqual([]);
      }
    }), { numRuns: 60 });
  });

  test('two words of one record find it, with any blank or punctuation between', () => {
    fc.assert(fc.property(fc.array(drawn, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), fc.nat(), fc.constantFrom(' ', '，', '　', ' - '), (all, which, one, other, gap) => {
      const index = makeSearchIndex(all.map(recordOf), vocabulary);
      const at = which % all.length;
      const words = (all[at] ? textsOf(all[at]) : []).flatMap((held) => plainly(held).split(' ')).filter((word) => word !== '');
      const [first, second] = [words[one % Math.max(1, words.length)], words[other % Math.max(1, words.length)]];
      fc.pre(first !== undefined && second !== undefined);
      expect(findMatches(index, `${first ?? ''}${gap}${second ?? ''}`).map(({ id }) => id)).toContain(String(at));
    }), { numRuns: 200 });
  });

  test('any mixture of characters, syllables and initials of a name finds it', () => {
    const names = ['示例育苗幼儿园', '绿园示例宝贝', '朝晖小水滴托育', '江都路第二幼儿园', '石桥天使之家'];
    const index = makeSearchIndex(names.map((name, at) => recordOf({ name, aliases: [], subdistrictName: null, communityNames: [], address: null, withPinyin: true }, at)), vocabulary);
    fc.assert(fc.property(fc.nat(4), fc.nat(9), fc.nat(9), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 10, maxLength: 10 }), (which, one, other, how) => {
      const name = names[which] ?? '';
      const letters = Array.from(name);
      const { full } = pinyinOf(name, overrides);
      const [from, to] = [Math.min(one, other) % letters.length, Math.max(one, other) + 1];
      const typed = letters.slice(from, Math.max(from + 1, to)).map((letter, offset) => {
        const syllable = full[from + offset] ?? '';
        return [letter, syllable, syllable.charAt(0)][how[offset] ?? 0] ?? '';
      }).join('');
      expect(findMatches(index, typed).map(({ id }) => id), typed).toContain(String(which));
    }), { numRuns: 400 });
  });
});

describe('one slip', () => {
  const name = '示例朝晖小水滴托育园';
  const record = recordOf({ name, aliases: [], subdistrictName: null, communityNames: [], address: null, withPinyin: true }, 0);
  const index = makeSearchIndex([record], vocabulary);
  const spelt = pinyinOf(name, overrides).full;
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const slips: Readonly<Record<string, (word: string, at: number, letter: string) => string>> = {
    wrong: (word, at, letter) => word.slice(0, at) + letter + word.slice(at + 1),
    missing: (word, at) => word.slice(0, at) + word.slice(at + 1),
    added: (word, at, letter) => word.slice(0, at) + letter + word.slice(at),
    exchanged: (word, at) => word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2),
  };
  test.each(Object.keys(slips))('a letter %s in two or more syllables still finds the name', (kind) => {
    fc.assert(fc.property(fc.nat(20), fc.nat(20), fc.nat(60), fc.nat(25), (one, other, at, letter) => {
      const from = Math.min(one, other) % (spelt.length - 1);
      const syllables = spelt.slice(from, from + 2 + (Math.max(one, other) % 3));
      fc.pre(syllables.length > 1);
      const right = syllables.join('');
      // Two letters exchanged across the border of two syllables are two slips, one in each.
      const borders = new Set(syllables.map((_, index) => syllables.slice(0, index + 1).join('').length - 1));
      const where = at % right.length;
      fc.pre(right.length > 5 && (kind !== 'exchanged' || !borders.has(where)));
      const typed = slips[kind]?.(right, where, letters.charAt(letter)) ?? '';
      expect(findMatches(index, typed).map(({ id }) => id), `${right} typed ${typed}`).toEqual(['0']);
    }), { numRuns: 400 });
  });
  test('two slips, or letters too few, are no guess', () => {
    for (const typed of ['xiaoshxxdi', 'xqd', 'zzzzzz', 'qwertyuiop']) expect(findMatches(index, typed)).toEqual([]);
  });
});
