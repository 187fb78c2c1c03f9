import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHan, normalise } from '#domain/shared/tokens.ts';

const ordinary = fc.string({ unit: fc.constantFrom(...'托育園（示例）·、，。；：！？－—【】《》“”　 ABCxyz019\n\t()[]{}<>&\'"^`~@#$%*_+=|/\\.-') });

test('ordinary text is written the same on the short way as on the long one', () => {
  // An accent anywhere sends the whole text the long way.
  fc.assert(fc.property(ordinary, (text) => { expect(`${normalise(text)} e`.trim()).toBe(normalise(`${text} é`)); }), { numRuns: 2000 });
});

test('Chinese characters are told from others, within the common block and beyond it', () => {
  for (const character of ['托', '一', '鿿', '㐀', '𠀀', '〇', '々']) expect(isHan(character), character).toBe(/^\p{Script=Han}$/u.test(character));
  for (const character of ['a', '1', 'é', '（', 'ア', '', '托育']) expect(isHan(character), character).toBe(false);
});
