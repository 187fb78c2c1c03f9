import { mayBeTraditional, simplify } from '#domain/shared/traditional.ts';

const han = /^\p{Script=Han}$/u;

const isCommonHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** Whether one character is a Chinese one. */
export const isHan = (character: string): boolean => (character.length === 1 && isCommonHan(character.charCodeAt(0))) || han.test(character);

const ordinary = /^[\u4e00-\u9fff\p{ASCII}（）·、，。；：！？－—【】《》“”\u3000]*$/u;
const ordinarySigns = /[^\u4e00-\u9fffa-z0-9]+/g;
const onlyHan = /^[\u4e00-\u9fff]*$/;
const halfOfPair = /[\ud800-\udfff]/;

/** The characters of a text, those beyond the common plane whole. */
export const charactersOf = (text: string): readonly string[] => (halfOfPair.test(text) ? Array.from(text) : text.split(''));

const simplified = (text: string): string => (mayBeTraditional(text) ? Array.from(text, simplify).join('') : text);

/**
 * Writes text as it is compared everywhere: half width, lower case, simplified, tone marks off (ü as v),
 * every run of blanks and punctuation one blank.
 */
export const normalise = (text: string): string => {
  // Most texts hold nothing that Unicode would write otherwise: a fraction of the time, the same outcome.
  if (onlyHan.test(text)) return simplified(text);
  if (ordinary.test(text)) return simplified(text.toLowerCase().replace(ordinarySigns, ' ').trim());
  const plain = text.normalize('NFKC').toLowerCase()
    .normalize('NFD').replace(/u\u0308/g, 'v').replace(/u[\u0300-\u036f]\u0308/g, 'v').replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return Array.from(plain, simplify).join('');
};

const mostWords = 8;

/** The words a person typed, normalised, each once. */
export const typedWords = (typed: string): readonly string[] =>
  [...new Set(normalise(typed).split(' ').filter((word) => word !== ''))].slice(0, mostWords);

const runs = /\p{Script=Han}+|[a-z]+|\p{N}+|[^\s\p{Script=Han}\p{N}a-z]+/gu;

/** Tokens of a text for an inverted index: single Chinese characters and pairs, Latin words, numbers. */
export const tokens = (text: string): readonly string[] => tokensOfPlain(normalise(text));

/** Tokens of a text that is normalised already. */
export const tokensOfPlain = (plain: string): readonly string[] =>
  (plain.match(runs) ?? []).flatMap((run) => {
    const characters = Array.from(run);
    if (!isHan(characters[0] ?? '')) return [run];
    return characters.flatMap((character, index) => {
      const next = characters[index + 1];
      return next === undefined ? [character] : [character, character + next];
    });
  });
