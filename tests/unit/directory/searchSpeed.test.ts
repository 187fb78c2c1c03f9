import { expect, test } from 'vitest';
import { makeSuggestIndex, suggest } from '#domain/directory/suggest.ts';
import { scoreTyped } from '#domain/directory/searchIndex.ts';
import { anInstitution, aSnapshot } from '#tests/unit/directory/builders.ts';

const words = ['育苗', '小水滴', '向日葵', '乐园', '童心', '朝阳', '彩虹', '星星', '石狮', '上善'];
const snapshot = aSnapshot(Array.from({ length: 1000 }, (_, index) => anInstitution({
  name: `示例${words[index % 10] ?? ''}${words[(index >> 3) % 10] ?? ''}托育园${String(index)}`, aliases: index % 4 === 0 ? [`${words[index % 7] ?? ''}宝贝屋`] : [],
  address: `示例区永康苑${String(index)}号${words[index % 5] ?? ''}国际公寓`, subdistrict: ['330105012', '330105013', '330105016'][index % 3],
})));
const suggestions = makeSuggestIndex(snapshot.index, snapshot.entries.map(({ record }) => record), []);

const quickest = (work: () => unknown): number => Math.min(...Array.from({ length: 15 }, () => {
  const started = performance.now();
  work();
  return performance.now() - started; // the quietest run: the machine may be busy
}));

test.each([
  '武林', '园', 'yumiao', 'ymtyy', 'yumiap', 'wulintuoyu', '朝阳彩虹托育园', '武林路上便宜的全托', '没有这个机构', 'qqzzxx', '示例 托育 永康 公寓 国际 小水滴 向日葵 乐园',
  '托'.repeat(5000), 'a'.repeat(5000), 'sh'.repeat(2500), 'shishangshi'.repeat(8), '石狮上善'.repeat(1200), `${'x y '.repeat(1200)}`, "';--".repeat(1000),
])('%# is scored among a thousand institutions in a moment', (typed) => {
  expect(quickest(() => scoreTyped(snapshot.index, typed)), typed.slice(0, 20)).toBeLessThan(8);
});

test.each(['武', '武林', 'w', 'yumiao', '托', '普', '示例', 'sh'.repeat(30), '托'.repeat(5000)])('%# is suggested for between two keystrokes', (typed) => {
  expect(quickest(() => suggest(suggestions, typed)), typed.slice(0, 20)).toBeLessThan(8);
});
