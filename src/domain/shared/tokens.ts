import { isTraditional, simplify } from '#domain/shared/traditional.ts';

const han = /^\p{Script=Han}$/u;

const isCommonHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** Whether one character is a Chinese one. */
export const isHan = (character: string): boolean => (character.length === 1 && isCommonHan(character.charCodeAt(0))) || han.test(character);

/** Signs outside ASCII that stand for a blank and that Unicode writes as nothing else. */
const blankSigns: ReadonlySet<number> = new Set(Array.from('（）·、，。；：！？－—【】《》“”　', (sign) => sign.charCodeAt(0)));

const isPlainLatin = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
const isPlain = (code: number): boolean => (isCommonHan(code) ? !isTraditional(code) : isPlainLatin(code));

/** A text of common Chinese characters, ASCII and usual signs as it is compared, by one look at each character; undefined for any other. */
const normaliseOrdinary = (text: string): string | undefined => {
  let at = 0;
  while (at < text.length && isPlain(text.charCodeAt(at))) at += 1;
  if (at === text.length) return text;
  let written = text.slice(0, at);
  let gap = false;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isUpper = code >= 0x41 && code <= 0x5a;
    if (isCommonHan(code) || isPlainLatin(code) || isUpper) {
      if (gap && written !== '') written += ' ';
      gap = false;
      written += isUpper ? String.fromCharCode(code + 0x20) : simplify(text.charAt(at));
    } else if (code < 0x80 || blankSigns.has(code)) gap = true;
    else return undefined;
  }
  return written;
};

const halfOfPair = /[\ud800-\udfff]/;

/** The characters of a text, those beyond the common plane whole. */
export const charactersOf = (text: string): readonly string[] => (halfOfPair.test(text) ? Array.from(text) : text.split(''));

/**
 * Writes text as it is compared everywhere: half width, lower case, simplified, tone marks off (ü as v),
 * every run of blanks and punctuation one blank.
 */
export const normalise = (text: string): string => {
  // Most texts hold nothing that Unicode would write otherwise: a fraction of the time, the same outcome.
  const ordinary = normaliseOrdinary(text);
  if (ordinary !== undefined) return ordinary;
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
