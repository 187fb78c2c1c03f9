import { describe, expect, test } from 'vitest';
import { makeSuggestIndex, suggest, type SuggestedPlace } from '#domain/directory/suggest.ts';
import { judgedSnapshots, type PlaceLetter } from '#tests/judged/institutions.ts';

const indexOf = (letter: PlaceLetter) => {
  const { place, entries, index } = judgedSnapshots[letter];
  const streets = place.subdistricts.map(({ name, code, otherCodes, aliases }): SuggestedPlace => ({ name, level: 'subdistrict', code, otherNames: [...aliases, ...otherCodes] }));
  const counties = place.counties.map(({ name, code }): SuggestedPlace => ({ name, level: 'county', code, otherNames: [] }));
  return makeSuggestIndex(index, entries.map(({ record }) => record), [...counties, ...streets]);
};
const xiacheng = indexOf('x');
const daqing = indexOf('d');

describe('institutions', () => {
  test('by name first, marked', () => {
    const [first] = suggest(xiacheng, '武林').institutions;
    expect(first).toMatchObject({ name: '示例武林托育园', highlights: [[2, 4]], also: null });
  });
  test('an old name tells why it is offered', () => {
    expect(suggest(xiacheng, '机关幼').institutions).toMatchObject([{ name: '示例天水幼儿园托班', highlights: [], also: { text: '天水机关幼儿园', highlights: [[2, 5]] } }]);
    expect(suggest(daqing, 'chengfengxiao').institutions).toMatchObject([{ name: '示例乘风托育园', also: { text: '乘风小海豚' } }]);
    expect(suggest(xiacheng, '小水滴').institutions[0]).toMatchObject({ name: '示例武林托育园', highlights: [], also: { text: '小水滴', highlights: [[0, 3]] } });
  });
  test('those that only offer what a word means are left to the word', () => {
    expect(suggest(xiacheng, '便宜').institutions).toEqual([]);
  });
});

describe('places', () => {
  test('streets by name, pinyin and initials, with how many institutions lie there', () => {
    for (const typed of ['朝晖', 'zhaohui', 'zhaoh', 'zhjd', '朝hui']) {
      expect(suggest(xiacheng, typed).places, typed).toMatchObject([{ name: '朝晖街道', level: 'subdistrict', total: 4, rest: '' }]);
    }
  });
  test('by an old code', () => {
    expect(suggest(xiacheng, '330105016').places).toMatchObject([{ name: '朝晖街道', also: '330105016' }]);
  });
  test('counties before streets of no institution', () => {
    const names = suggest(daqing, '红').places.map(({ name, total }) => [name, total]);
    expect(names[0]).toEqual(['红岗区', 2]);
    expect(names.map(([, total]) => total === 0)).toEqual(names.map(([, total]) => total === 0).toSorted((one, other) => Number(one) - Number(other)));
  });
});

describe('service words', () => {
  test('an everyday word leads to the word of the law, with what it filters', () => {
    expect(suggest(xiacheng, '全托').services[0]).toMatchObject({ word: '全日托', heard: '全托', meaning: { kind: 'terms', terms: ['mode:fullDay'] } });
    expect(suggest(xiacheng, '便').services[0]).toMatchObject({ word: '普惠托育', heard: '便宜', total: 5 });
    expect(suggest(xiacheng, '普').services[0]).toMatchObject({ word: '普惠托育', heard: null, highlights: [[0, 1]] });
    expect(suggest(xiacheng, 'puhui').services[0]).toMatchObject({ word: '普惠托育', highlights: [[0, 2]] });
    expect(suggest(xiacheng, '早教').services[0]).toMatchObject({ word: '早教', meaning: { topic: 'earlyEducation' }, total: null });
  });
  test('the last word is completed, the others stay', () => {
    expect(suggest(xiacheng, '武林 全').services[0]).toMatchObject({ word: '全日托', rest: '武林' });
    expect(suggest(xiacheng, '普惠 朝').places[0]).toMatchObject({ name: '朝晖街道', rest: '普惠' });
  });
  test('words of care in general are not offered', () => {
    expect(suggest(xiacheng, '托儿所').services).toEqual([]);
  });
});

test('limits hold, and nothing is offered for nothing or for a page of text', () => {
  const { institutions, places, services } = suggest(daqing, '托', { institutions: 2, places: 1, services: 1 });
  expect([institutions.length, services.length]).toEqual([2, 1]);
  expect(places.length).toBeLessThanOrEqual(1);
  for (const typed of ['', '，', '托'.repeat(5000), '<>', 'qqzzxx']) {
    expect(suggest(daqing, typed).places, typed).toEqual([]);
    expect(suggest(daqing, typed).services, typed).toEqual([]);
  }
});
