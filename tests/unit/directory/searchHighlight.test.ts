import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAt, highlightsOf } from '#domain/directory/highlight.ts';
import { pinyinOf } from '#storage/files/pinyin.ts';
import { overrides } from '#tests/unit/directory/builders.ts';

/** The text with its marks in brackets. */
const marked = (text: string, typed: string): string =>
  cutAt(text, highlightsOf(text, typed, pinyinOf(text, overrides).full)).map((part) => (part.marked ? `[${part.text}]` : part.text)).join('');

describe('highlights', () => {
  test.each([
    ['示例武林托育园', '武林', '示例[武林]托育园'],
    ['示例武林托育园', 'wulin', '示例[武林]托育园'],
    ['示例武林托育园', 'wltyy', '示例[武林托育园]'],
    ['示例武林托育园', '武lin', '示例[武林]托育园'],
    ['示例武林托育园', 'wulint', '示例[武林托]育园'],
    ['示例武林托育园', 'wulim', '示例[武林]托育园'],
    ['示例朝晖托育园', 'zhaohui', '示例[朝晖]托育园'],
    ['示例武林托育园', '园 示例', '[示例]武林托育[园]'],
    ['示例武林托育园', '武林 林托', '示例[武林托]育园'],
    ['武林小区武林店', '武林', '[武林]小区[武林]店'],
    ['示例武林幼儿园', '武林托育', '示例[武林]幼儿园'],
    ['示例（ＡＢＣ）托育園', 'abc', '示例（[ＡＢＣ]）托育園'],
    ['示例托育園', '托育园', '示例[托育園]'],
    ['示例绿园', 'lvyuan', '示例[绿园]'],
    ['示例𠮷祥园', '祥', '示例𠮷[祥]园'],
    ['示例武林托育园', '普惠', '示例武林托育园'],
    ['示例武林托育园', '', '示例武林托育园'],
    ['示例武林托育园', '<mark>', '示例武林托育园'],
  ])('%s for %s is %s', (text, typed, shown) => { expect(marked(text, typed)).toBe(shown); });

  test('the parts are the text again, whatever is typed, and marks neither touch nor overlap', () => {
    const characters = fc.constantFrom(...'武林托育园wulinABC１ －（）é𠮷ﬁ\u0301園');
    const text = fc.array(characters, { maxLength: 14 }).map((all) => all.join(''));
    fc.assert(fc.property(text, text, (shown, typed) => {
      const highlights = highlightsOf(shown, typed, pinyinOf(shown, overrides).full);
      expect(cutAt(shown, highlights).map((part) => part.text).join('')).toBe(shown);
      expect(cutAt(shown, highlights).every((part) => part.text !== '')).toBe(true);
      highlights.forEach(([from, to], index) => {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThan(highlights[index - 1]?.[1] ?? -1);
      });
    }), { numRuns: 600 });
  });

  test('every substring of a text is marked in it', () => {
    const characters = fc.constantFrom(...'武林托育园幼儿ABC12號');
    fc.assert(fc.property(fc.array(characters, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (letters, one, other) => {
      const [from, to] = [Math.min(one % letters.length, other % letters.length), Math.max(one % letters.length, other % letters.length) + 1];
      const typed = letters.slice(from, to).join('');
      const parts = cutAt(letters.join(''), highlightsOf(letters.join(''), typed));
      expect(parts.some((part) => part.marked && part.text.includes(typed))).toBe(true);
    }), { numRuns: 300 });
  });

  test('five thousand characters take no time', () => {
    const started = performance.now();
    highlightsOf('示例武林托育园', '武'.repeat(5000), pinyinOf('示例武林托育园', overrides).full);
    highlightsOf('示例武林托育园', 'wulin'.repeat(1000), pinyinOf('示例武林托育园', overrides).full);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
