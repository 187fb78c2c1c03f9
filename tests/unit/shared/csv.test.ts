import { expect, test } from 'vitest';
import { csvText } from '#domain/shared/csv.ts';

test('a table for a spreadsheet: mark, CRLF, quotes doubled, numbers as numbers', () => {
  expect(csvText([['机构', '人数'], ['示例"甲",乙', 12], [null, -3]])).toBe('\uFEFF机构,人数\r\n"示例""甲"",乙",12\r\n,-3\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '＝1', '\r=1', '\uFEFF=cmd'])('a text that a spreadsheet would run stays a text: %j', (text) => {
  const [, line = ''] = csvText([['a'], [text]]).split(/(?<=^\uFEFFa\r\n)/);
  expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
});

test('control characters do not leave the cell', () => { expect(csvText([['a\u0000b\u001bc']])).toBe('\uFEFFabc\r\n'); });
