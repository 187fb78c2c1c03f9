import { isHan, normalise } from '#domain/shared/tokens.ts';

/** The normalised characters of a text beside their syllables, ready for comparing. */
export type ReadAloud = { readonly characters: readonly string[]; readonly spellings: readonly (readonly string[])[]; readonly initials: readonly string[] };

/** Ways a syllable is typed: ü as v, u or yu. */
export const spellingsOf = (syllable: string): readonly string[] =>
  syllable.includes('v') ? [syllable, syllable.replace('v', 'u'), syllable.replace('v', 'yu')] : [syllable];

/** Lays text and syllables side by side; without syllables of the same length only the characters count. */
export const readAloud = (text: string, syllables: readonly string[]): ReadAloud => {
  const characters = Array.from(normalise(text));
  const fits = syllables.length === characters.length;
  const spellings = characters.map((character, index) => (fits && isHan(character) ? spellingsOf(syllables[index] ?? '') : []));
  return { characters, spellings, initials: spellings.map((ways) => ways[0]?.charAt(0) ?? '') };
};

const twoLetterInitial = /^[zcs]h/;

const noEnds: readonly number[] = [];

const put = (ends: number[], end: number): void => { if (!ends.includes(end)) ends.push(end); };

/** How far into `typed` one syllable may reach from `at`: its initial, 知 as zh, the whole of it, or half of it where the typed text ends. */
export const reachOfSyllable = (typed: string, at: number, spellings: readonly string[]): readonly number[] => {
  let ends: number[] | undefined;
  for (const spelling of spellings) {
    if (typed.charAt(at) !== spelling.charAt(0)) continue;
    ends ??= [at + 1];
    if (typed.startsWith(spelling, at)) put(ends, at + spelling.length);
    else if (typed.length - at < spelling.length && spelling.startsWith(typed.slice(at))) put(ends, typed.length);
    if (twoLetterInitial.test(spelling) && typed.startsWith(spelling.slice(0, 2), at)) put(ends, at + 2);
  }
  return ends ?? noEnds;
};

/** Whether two words are one slip of the finger apart: a letter wrong, missing, too many, or two neighbours exchanged. */
export const oneSlipApart = (one: string, other: string): boolean => {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let head = 0;
  while (head < one.length && one.charAt(head) === other.charAt(head)) head += 1;
  const [restOfOne, restOfOther] = [one.slice(head), other.slice(head)];
  if (restOfOne.slice(1) === restOfOther.slice(1) || restOfOne.slice(1) === restOfOther || restOfOne === restOfOther.slice(1)) return true;
  return restOfOne.length === restOfOther.length && restOfOne.slice(2) === restOfOther.slice(2)
    && restOfOne.charAt(0) === restOfOther.charAt(1) && restOfOne.charAt(1) === restOfOther.charAt(0);
};

/** How far a whole syllable reaches with one slip in it, for typed text that nothing spells out. */
export const reachWithSlip = (typed: string, at: number, spellings: readonly string[]): readonly number[] => {
  const ends: number[] = [];
  for (const spelling of spellings) {
    for (let length = Math.max(1, spelling.length - 1); length <= spelling.length + 1 && at + length <= typed.length; length += 1) {
      if (oneSlipApart(typed.slice(at, at + length), spelling)) put(ends, at + length);
    }
  }
  return ends;
};

/** How far a syllable reaches when it must be spelt out, half of it only where the typed text ends. */
export const reachSpeltOut = (typed: string, at: number, spellings: readonly string[]): readonly number[] => {
  let ends: number[] | undefined;
  for (const spelling of spellings) {
    if (typed.startsWith(spelling, at)) put(ends ??= [], at + spelling.length);
    else if (at < typed.length && typed.length - at < spelling.length && spelling.startsWith(typed.slice(at))) put(ends ??= [], typed.length);
  }
  return ends ?? noEnds;
};

/** Where typed text stands in a text, in characters of the text, end excluded. */
export type Span = readonly [from: number, to: number];

type Reach = (at: number, character: string, spellings: readonly string[]) => readonly number[];

/** The first stretch of the text that `typed` may be, by one way of reading; undefined when there is none. */
const firstSpan = ({ characters, spellings }: ReadAloud, typed: string, reach: Reach): Span | undefined => {
  for (let start = 0; start < characters.length; start += 1) {
    let positions: readonly number[] = characters[start] === ' ' ? [] : [0];
    for (let index = start; index < characters.length && positions.length > 0; index += 1) {
      const reached: readonly number[] = [...new Set(positions.flatMap((at) => reach(at, characters[index] ?? '', spellings[index] ?? [])))];
      if (reached.includes(typed.length)) return [start, index + 1];
      positions = reached;
    }
  }
  return undefined;
};

const asItIs = (typed: string, at: number, character: string): readonly number[] =>
  [...(character === ' ' ? [at] : []), ...(typed.startsWith(character, at) ? [at + character.length] : [])];

/** Where typed text (characters, syllables, initials, mixed; the last syllable may be half typed) stands in a text. */
export const findAloud = (aloud: ReadAloud, typed: string): Span | undefined =>
  firstSpan(aloud, typed, (at, character, spellings) => [...asItIs(typed, at, character), ...reachOfSyllable(typed, at, spellings)]);

/** What may hold a slip of the finger: letters enough to be sure of the rest. */
export const mayHoldSlip = (typed: string): boolean => typed.length <= 60 && (typed.match(/[a-z]/g) ?? []).length >= 4;

/** Where syllables typed out with one slip stand in a text; two characters at least. */
export const findWithSlip = (aloud: ReadAloud, typed: string): Span | undefined => {
  if (!mayHoldSlip(typed)) return undefined;
  // Positions beyond the end of the typed text stand for the same places with the slip already made.
  const slipped = typed.length + 1;
  const span = firstSpan(aloud, `${typed} `.repeat(2).slice(0, -1), (at, character, spellings) => {
    const made = at >= slipped;
    const from = made ? at - slipped : at;
    const right = [...asItIs(typed, from, character), ...reachSpeltOut(typed, from, spellings)].map((end) => end + (made ? slipped : 0));
    if (made) return right;
    const wrong = reachWithSlip(typed, from, spellings).filter((end) => from > 0 || end < typed.length); // one syllable alone is no guess
    return [...right, ...wrong.map((end) => end + slipped)];
  });
  return span && span[1] - span[0] > 1 ? span : undefined;
};
