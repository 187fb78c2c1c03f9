import { simplify, traditionalPairs } from '#domain/shared/traditional.ts';

const han = /^\p{Script=Han}$/u;

const [firstHan, lastHan] = [0x4e00, 0x9fff] as const;
const isCommonHan = (code: number): boolean => code >= firstHan && code <= lastHan;

/** Whether one character is a Chinese one. */
export const isHan = (character: string): boolean => (character.length === 1 && isCommonHan(character.charCodeAt(0))) || han.test(character);

/** Signs outside ASCII that stand for a blank and that Unicode writes as nothing else. */
const blankSigns = '（）·、，。；：！？－—【】《》“”　';

/** What is to be done with a character: keep it as it is, write it small, write it simplified, or leave a blank; by its code, 0 for any other. */
const [kept, capital, traditional, blank] = [1, 2, 3, 4] as const;
const treatment = new Uint8Array(0x10000);
treatment.fill(blank, 0, 0x80).fill(kept, 0x30, 0x3a).fill(capital, 0x41, 0x5b).fill(kept, 0x61, 0x7b).fill(kept, firstHan, lastHan + 1);
for (const sign of blankSigns) treatment[sign.charCodeAt(0)] = blank;
for (const character of traditionalPairs.keys()) treatment[character.charCodeAt(0)] = traditional;

/** A text of common Chinese characters, ASCII and usual signs as it is compared, by one look at each character; undefined for any other. */
const normaliseOrdinary = (text: string): string | undefined => {
  let written = '';
  let from = 0; // what stands from here is written as it is
  let gap = false;
  for (let at = 0; at < text.length; at += 1) {
    const treated = treatment[text.charCodeAt(at)];
    if (treated === kept && !gap) continue;
    if (treated === 0) return undefined;
    if (!gap) written += text.slice(from, at);
    if (treated === blank) {
      gap = true;
      continue;
    }
    if (gap && written !== '') written += ' ';
    gap = false;
    from = at;
    if (treated === kept) continue;
    written += treated === capital ? text.charAt(at).toLowerCase() : simplify(text.charAt(at));
    from = at + 1;
  }
  return gap ? written : written + text.slice(from);
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
