import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasCreditCheckDigit, makeQueryCode, makeReference, readQueryCode, readReference } from '#domain/shared/codes.ts';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

test('a reference reads back in any case, with O for 0 and I or L for 1, dashes and blanks forgiven', () => {
  fc.assert(fc.property(bytes, (random) => {
    const reference = makeReference('Y', random);
    expect(reference).toMatch(/^Y-[0-9A-HJKMNP-TV-Z]{8}$/);
    for (const typed of [reference, reference.toLowerCase(), reference.replace('-', ' '), reference.replace(/0/g, 'o').replace(/1/g, 'l'), ` ${reference} `]) expect(readReference('Y', typed)).toBe(reference);
    expect(readReference('T', reference)).toBeUndefined();
  }));
});

test('a query code has sixteen digits and any one wrong digit, or two swapped, is seen without asking the server', () => {
  fc.assert(fc.property(bytes, fc.nat(15), fc.integer({ min: 1, max: 9 }), (random, at, shift) => {
    const code = makeQueryCode(random);
    expect(code).toMatch(/^\d{16}$/);
    expect(readQueryCode(code)).toBe(code);
    expect(readQueryCode(code.replace(/(\d{4})/g, '$1 '))).toBe(code);
    const wrong = code.slice(0, at) + String((Number(code[at]) + shift) % 10) + code.slice(at + 1);
    expect(readQueryCode(wrong)).toBeUndefined();
    const swapped = at < 15 && code[at] !== code[at + 1] ? code.slice(0, at) + (code[at + 1] ?? '') + (code[at] ?? '') + code.slice(at + 2) : 'same';
    expect(readQueryCode(swapped)).toBeUndefined();
  }));
});

test.each([['full width', '１２３４', false], ['letters', 'abcdabcdabcdabcd', false], ['empty', '', false]])('a malformed code (%s) is none', (_name, typed) => {
  expect(readQueryCode(typed)).toBeUndefined();
});

test('the credit code check digit of GB 32100-2015', () => {
  expect(hasCreditCheckDigit('91350100M000100Y43')).toBe(true); // the standard's own worked example
  expect(hasCreditCheckDigit('91350100M000100Y44')).toBe(false);
  expect(hasCreditCheckDigit('91350100M000100Y4')).toBe(false);
  expect(hasCreditCheckDigit('91350100I000100Y43')).toBe(false);
});
