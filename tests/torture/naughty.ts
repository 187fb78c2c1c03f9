// Texts that break programs: our own list. None of them needs a network, a clock or luck.

/** Rare characters that stand in real names: extensions A, B, C, E, G and H, two of them outside of every common font. */
export const rareCharacters: readonly string[] = ['䶮', '㛃', '鿫', '𠮷野家', '𡈽屋', '𪚥', '𫝆', '𫠒', '𬱖', '𰻞𰻞面', '𱁬', '𲎯', '王𬀩', '李\u{e0100}', '葛\u{e0101}飾'];

/** Halves of characters, characters that are none, marks that pile up or turn the line round, and what only looks empty. */
const characters: readonly string[] = [
  '\ud83d', '\udc00', 'a\ud800b', '\udfff\ud800', '\ufffe', '\uffff', '\ufdd0', '\u0000', 'a\u0000b', '\u0007\u0008\u001b[31m', '\u007f', '\u0085', '\u00a0', '\u200b', '\u2028', '\u2029', '\ufeff文', '\u202e逆', '\u2066甲\u2069',
  'e\u0301'.repeat(40), `z${'\u0335\u0353\u0300'.repeat(60)}`, '👨‍👩‍👧‍👦', '🇨🇳', '👍🏿', '1️⃣', '　', '，。；', '٣', '①', 'Ⅳ', '１２３', '²', 'İ', 'ß', 'ﷺ', '\t', '\r\n', '\n\n\n', ' '.repeat(300),
];

const numbers: readonly string[] = [
  '0', '-0', '-1', '00', '01', '+1', '1.', '.5', '1e3', '1e309', '-1e309', '9007199254740993', '9223372036854775808', '-9223372036854775809', '2147483648', '99999999999999999999999999', '9'.repeat(400), '0x10', '0b1', '1_000', '1,000', 'NaN', 'Infinity', '-Infinity',
  '4.9e-324', '0.1e-7', '1/0', '½', '一百', '百分之三', '1e', '1e+', '--1', '∞',
];

const dates: readonly string[] = ['0000-00-00', '2026-02-30', '2026-13-01', '9999-12-31', '10000-01-01', '-000001-01-01', '+275760-09-14', '1970-01-01T00:00:00Z', '2026-11-23T24:00', '24:00', '99:99', '2026-W48', '2026/11/23', '二〇二六年', '1900-02-29', '2026-11-23T10:00:00+99:00', '1582-10-10'];

const words: readonly string[] = [
  '', ' ', 'null', 'undefined', 'true', 'false', 'on', 'None', 'NIL', '[]', '{}', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'then', 'length', 'con', 'aux', 'nul.txt', '.', '..', '/', '\\', '~', '-', '--', '*', '%', '%%', '%s%n%p', '${7*7}', '{{7*7}}', '<%= 7 %>', '#{7}',
];

/** What must never come back outside of quotes: the judge looks for this mark. */
export const mark = '<x-fuzz';
const attacks: readonly string[] = [
  `${mark}>`, `"${mark} onload=x>`, `'>${mark}>`, `</textarea>${mark}>`, `</title>${mark}>`, `--!>${mark}>`, `]]>${mark}>`, `</script>${mark}>`, `&lt;x-fuzz&gt;`, 'javascript:x', 'data:text/html,x', "' OR 1=1 --", '"; DROP TABLE booking; --', "1' UNION SELECT 1 --", '%27', '\\', "\\'", '=1+1', '+1+1', '-2+3', '@SUM(1)', '=cmd|x', '../../../../etc/passwd', '..%2f..%2f', '/dev/zero',
  'file:///etc/passwd', 'http://127.0.0.1:1/', '//example.test', '\r\nSet-Cookie: a=b', '%0d%0aX: y', '$(sleep 9)', '`sleep 9`', '| sleep 9', '(a+)+$', '((((((((((', '[[[[[[', '.*.*.*.*x', '/(?:)/', '*"', 'NEAR(', 'a* AND b*', '"未闭合', '^甲 OR -乙', '\\u0000', '&#0;', '&#xD800;', '%uD800', '%c0%af', '%00',
];

const long: readonly string[] = ['x'.repeat(5_000), '育'.repeat(4_000), '𠮷'.repeat(3_000), 'a '.repeat(3_000), '🧒'.repeat(1_500), `${'('.repeat(1_500)}`, 'é'.repeat(2_500), '甲\n'.repeat(2_500)];

/** All of them. */
export const naughty: readonly string[] = [...words, ...numbers, ...dates, ...characters, ...rareCharacters, ...attacks, ...long];

/** Pieces of an address as bytes of their own, already written: broken percent signs, halves of UTF-8, overlong forms. */
export const percentGarbage: readonly string[] = ['%', '%%', '%2', '%zz', '%c0%80', '%ff%fe', '%ed%a0%80', '%f8%88%80%80%80', '%e8%82', '%00', '%0a', '%2e%2e', '%252e', '%u80b2', '+', '%20', '%7f', '%f4%90%80%80'];

/** Names of fields that nobody gave. */
export const strangeNames: readonly string[] = ['__proto__', 'constructor', 'toString', 'then', 'q[]', 'months[$gt]', 'a.b', '', ' ', '键', '\ud800', 'x'.repeat(3_000), 'act', 'version', 'step', 'page', 'id', 'to', '_method'];

/** Values that JSON can say and a form cannot. */
export const strangeValues: readonly unknown[] = [null, true, false, 0, -1, 1.5, 1e308, -1e308, Number.MAX_SAFE_INTEGER + 2, [], [[]], {}, [null], ['x'], [1, 2, 3], { a: 1 }, { length: 1e9 }, { toString: 'x' }, { then: 1 }, Array.from({ length: 2_000 }, () => 0)];
