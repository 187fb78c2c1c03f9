import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMatches, makeSearchIndex, understandTyped } from '#domain/directory/searchIndex.ts';
import { findAloud, readAloud } from '#domain/shared/readAloud.ts';
import { normalise, tokens, typedWords } from '#domain/shared/tokens.ts';
import { pinyinOf } from '#storage/files/pinyin.ts';
import { aBand, anInstitution, aSnapshot, overrides, vocabulary } from '#tests/unit/directory/builders.ts';

const yumiao = anInstitution({ name: '育苗幼儿园', address: '永康苑25号', subdistrict: '330105012', kind: 'kindergartenClass' });
const wulin = anInstitution({ name: '示例武林托育园', aliases: ['小水滴'], address: '环城北路167号武林国际公寓1幢1-1号', subdistrict: '330105013', modes: ['fullDay', 'hourly'] });
const chaohui = anInstitution({ name: '示例绿园宝贝', address: '潮王路18号', subdistrict: '330105016', modes: ['halfDay'], bands: [aBand('older')] });
const snapshot = aSnapshot([yumiao, wulin, chaohui]);
const found = (typed: string): string[] => {
  const names = new Map([yumiao, wulin, chaohui].map(({ id, name }) => [id, name]));
  return findMatches(snapshot.index, typed).map(({ id }) => names.get(id) ?? '');
};

describe('tokens', () => {
  test('full width, traditional, punctuation and tone marks come out the same', () => {
    expect(normalise('（ＡＢＣ）　幼兒園！')).toBe('abc 幼儿园');
    expect(normalise('Lǜyuán')).toBe('lvyuan');
    expect(normalise('武林國際公寓１幢')).toBe('武林国际公寓1幢');
  });
  test('single Chinese characters and pairs, Latin words and numbers', () => {
    expect(tokens('武林托育 ABC12号')).toEqual(['武', '武林', '林', '林托', '托', '托育', '育', 'abc', '12', '号']);
  });
  test('words are parted by blanks and punctuation, each once', () => {
    expect(typedWords(' 武林，托育、武林 ')).toEqual(['武林', '托育']);
  });
});

describe('what parents type', () => {
  test.each([
    ['永康苑', ['育苗幼儿园']], ['yumiao', ['育苗幼儿园']], ['ymyey', ['育苗幼儿园']], ['yumi', ['育苗幼儿园']], ['育miao', ['育苗幼儿园']],
    ['YU MIAO', ['育苗幼儿园']], ['yongkangyuan', ['育苗幼儿园']], ['武林', ['示例武林托育园']], ['wltyy', ['示例武林托育园']], ['小水滴', ['示例武林托育园']],
    ['天水', ['育苗幼儿园']], ['330103003', ['育苗幼儿园']], ['330105012', ['育苗幼儿园']], ['苗', ['育苗幼儿园']], ['育苗幼兒園', ['育苗幼儿园']],
    ['zhaohui', ['示例绿园宝贝']], ['lvyuan', ['示例绿园宝贝']], ['luyuan', ['示例绿园宝贝']], ['lǜyuán', ['示例绿园宝贝']],
    ['武林 计时托', ['示例武林托育园']], ['半托', ['示例绿园宝贝']], ['武林托儿所', ['示例武林托育园']], ['1-1号', ['示例武林托育园']], ['两岁班', ['示例绿园宝贝']],
    ['武林 永康苑', []], ['没有这个', []], ['chaohui', ['示例绿园宝贝']],
  ])('%s finds %j', (typed, names) => {
    expect(found(typed)).toEqual(names);
  });
  test.each(['托育', '托儿所', '普惠', '托班', '早教', '下城', '下城区', '拱墅', '有空位', '杭州', '，', ''])('%s finds everything', (typed) => {
    expect(found(typed)).toHaveLength(3);
  });
  test('托育 puts names that bear it first', () => {
    expect(found('托育')[0]).toBe('示例武林托育园');
  });
  test('普惠 means recognised places as soon as somebody has them', () => {
    const recognised = anInstitution({ name: '示例甲', recognitions: [{
      authority: '示例局', documentNumber: null, from: '2026-01-01', until: null, places: [{ band: 'older', places: 5 }], priceCeiling: null, audience: null,
    }] });
    const some = aSnapshot([recognised, wulin]);
    expect(findMatches(some.index, '普惠').map(({ id }) => id)).toEqual([recognised.id]);
    expect(understandTyped(some.index, '普惠')).toMatchObject([{ borne: true }]);
    expect(understandTyped(snapshot.index, '普惠')).toMatchObject([{ borne: false }]);
  });
  test('exact name, name from its start, inside the name, alias, street, address', () => {
    const named = (name: string, own: Readonly<Record<string, unknown>> = {}) => anInstitution({ name, ...own });
    const ranked = [
      named('天水'), named('天水示例园'), named('示例天水园'), named('示例甲园', { aliases: ['天水园'] }),
      named('示例乙园', { subdistrict: '330105012' }), named('示例丙园', { address: '天水路1号' }),
    ];
    expect(findMatches(aSnapshot([...ranked].reverse()).index, '天水').map(({ id }) => id)).toEqual(ranked.map(({ id }) => id));
  });
});

describe('pinyin', () => {
  test('Hangzhou 朝晖 and the place names the library misreads', () => {
    expect(pinyinOf('示例朝晖街道', overrides).full.join(' ')).toBe('shi li zhao hui jie dao');
    expect(pinyinOf('高都镇', overrides)).toEqual({ full: ['gao', 'du', 'zhen'], initials: 'gdz' });
    expect(pinyinOf('江都路街道', overrides).full.join(' ')).toBe('jiang du lu jie dao');
  });
  test('a syllable stands beside each character, Latin and blanks included', () => {
    expect(pinyinOf('绿园（A 区）', overrides)).toEqual({ full: ['lv', 'yuan', ' ', 'a', ' ', 'qu'], initials: 'lyaq' });
  });
  test('any mixture of characters, syllables and initials of a name is found', () => {
    const name = '示例育苗幼儿园';
    const { full } = pinyinOf(name, overrides);
    const characters = Array.from(name);
    const aloud = readAloud(name, full);
    const ways = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: characters.length, maxLength: characters.length });
    fc.assert(fc.property(ways, fc.nat(6), fc.nat(6), (how, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other) + 1];
      const typed = characters.slice(from, to).map((character, index) => {
        const syllable = full[from + index] ?? '';
        return [character, syllable, syllable.charAt(0)][how[index] ?? 0] ?? '';
      }).join('');
      expect(findAloud(aloud, typed)).toBeDefined();
    }));
  });
  test('a long hostile text takes no time', () => {
    const aloud = readAloud('啊'.repeat(100), Array.from({ length: 100 }, () => 'a'));
    const started = performance.now();
    expect(findAloud(aloud, `${'a'.repeat(99)}z`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(200);
  });
});

const characters = fc.constantFrom(...'育苗武林托园天水路小大一二普惠ABCxyz129（）- 號園');
const text = (most: number) => fc.array(characters, { minLength: 2, maxLength: most }).map((some) => some.join(''));

test('everything that contains the typed text is found', () => {
  const entry = fc.record({ name: text(12), aliases: fc.array(text(6), { maxLength: 2 }), address: fc.option(text(15)), subdistrict: fc.constantFrom(null, '330105012', '330105013') });
  fc.assert(fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), fc.nat(), fc.nat(), (entries, which, field, from, length) => {
    const institutions = entries.map((own) => anInstitution(own));
    const { index, entries: laid } = aSnapshot(institutions);
    const fields = laid.map(({ record }) => [record.name, ...record.aliases, record.subdistrictName ?? '', record.address ?? ''].map((held) => held.normalize('NFKC').toLowerCase()));
    const mine = fields[which % fields.length] ?? [];
    const held = mine[field % mine.length] ?? '';
    const typed = held.slice(from % (held.length + 1)).slice(0, 1 + (length % 8));
    const ids = new Set(findMatches(index, typed).map(({ id }) => id));
    laid.forEach(({ record }, at) => {
      if (fields[at]?.some((one) => one.includes(typed)) === true) expect([...ids], `${typed} in ${record.name}`).toContain(record.id);
    });
  }), { numRuns: 300 });
});

test('the same typed text finds the same, whatever its case, width and script', () => {
  for (const [one, other] of [['育苗幼儿园', '育苗幼兒園'], ['1幢', '１幢'], ['YUMIAO', 'yumiao']] as const) expect(found(one)).toEqual(found(other));
});

test('an index without pinyin still searches characters', () => {
  const bare = makeSearchIndex(snapshot.entries.map(({ record }) => ({ ...record, pinyin: { name: [], aliases: [], subdistrict: [], address: [] } })), vocabulary);
  expect(findMatches(bare, '育苗')).toHaveLength(1);
  expect(findMatches(bare, 'yumiao')).toHaveLength(0);
});
