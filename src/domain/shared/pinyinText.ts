import { z } from 'zod';
import { isHan, normalise } from '#domain/shared/tokens.ts';

/** 拼音 of a text: one syllable for each character of its normalised form (ü as v), and the initials. */
export const pinyinText = z.strictObject({
  /** A Chinese character gives its syllable, any other character itself. */
  full: z.array(z.string()),
  initials: z.string(),
});
export type PinyinText = z.infer<typeof pinyinText>;

/** The normalised characters of a text beside their syllables, ready for comparing. */
export type ReadAloud = { readonly characters: readonly string[]; readonly spellings: readonly (readonly string[])[]; readonly initials: readonly string[] };

const twoLetterInitial = /^[zcs]h/;

/** Ways a syllable is typed: ü as v, u or yu. */
const spellingsOf = (syllable: string): readonly string[] =>
  syllable.includes('v') ? [syllable, syllable.replace('v', 'u'), syllable.replace('v', 'yu')] : [syllable];

/** Lays text and syllables side by side; without syllables of the same length only the characters count. */
export const readAloud = (text: string, syllables: readonly string[]): ReadAloud => {
  const characters = Array.from(normalise(text));
  const fits = syllables.length === characters.length;
  const spellings = characters.map((character, index) => (fits && isHan(character) ? spellingsOf(syllables[index] ?? '') : []));
  return { characters, spellings, initials: spellings.map((ways) => ways[0]?.charAt(0) ?? '') };
};

/** How pinyin typed stands in a text: the whole of it, its beginning, or somewhere inside. */
export type PinyinMatch = 'whole' | 'start' | 'inside';

const reach = (reached: number[], at: number): void => { if (!reached.includes(at)) reached.push(at); };

/** Positions of `typed` reached from position `at` by one character of the text. */
const advance = (typed: string, at: number, character: string, spellings: readonly string[], reached: number[]): void => {
  if (character === ' ') reach(reached, at);
  if (typed.startsWith(character, at)) reach(reached, at + character.length);
  for (const spelling of spellings) {
    if (typed.charAt(at) !== spelling.charAt(0)) continue;
    reach(reached, at + 1);
    if (typed.startsWith(spelling, at)) reach(reached, at + spelling.length);
    else if (typed.length - at < spelling.length && spelling.startsWith(typed.slice(at))) reach(reached, typed.length); // half typed, at the end
    if (twoLetterInitial.test(spelling) && typed.startsWith(spelling.slice(0, 2), at)) reach(reached, at + 2);
  }
};

/**
 * Where typed text (characters, syllables, initials, mixed; the last syllable may be half typed) stands in a text.
 * Walks all readings at once, so the time is bounded by the length of the text times that of the typed.
 */
export const findPinyin = (aloud: ReadAloud, typed: string): PinyinMatch | undefined => {
  const { characters, spellings, initials } = aloud;
  const first = String.fromCodePoint(typed.codePointAt(0) ?? 32);
  for (let start = 0; start < characters.length; start += 1) {
    if (characters[start] !== first && initials[start] !== first) continue;
    let positions = [0];
    for (let index = start; index < characters.length && positions.length > 0; index += 1) {
      const reached: number[] = [];
      for (const at of positions) advance(typed, at, characters[index] ?? '', spellings[index] ?? [], reached);
      if (reached.includes(typed.length)) {
        if (start > 0) return 'inside';
        return index === characters.length - 1 ? 'whole' : 'start';
      }
      positions = reached;
    }
  }
  return undefined;
};
