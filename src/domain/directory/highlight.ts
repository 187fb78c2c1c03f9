import { findAloud, findWithSlip, readAloud, type Span } from '#domain/shared/readAloud.ts';
import { normalise, typedWords } from '#domain/shared/tokens.ts';

/** A stretch of a text to be marked, in UTF-16 positions of the text as it is shown, end excluded. */
export type Highlight = readonly [from: number, to: number];

type Piece = { readonly plain: readonly string[]; readonly from: number; readonly to: number };

const withItsMarks = /\P{M}\p{M}*|\p{M}+/gu;

/** The characters of a text beside the stretch of the shown text that each comes from; undefined where they cannot be told apart. */
const align = (text: string): readonly Piece[] | undefined => {
  const pieces: { plain: readonly string[]; from: number; to: number }[] = [];
  let gap = false;
  for (const { 0: shown, index } of text.matchAll(withItsMarks)) {
    const plain = normalise(shown);
    if (plain === '') { gap = pieces.length > 0; continue; }
    if (gap) pieces.push({ plain: [' '], from: index, to: index });
    gap = false;
    pieces.push({ plain: Array.from(plain), from: index, to: index + shown.length });
  }
  return pieces.flatMap(({ plain }) => plain).join('') === normalise(text) ? pieces : undefined;
};

/** Every place where a word stands, in characters. */
const occurrences = (plain: readonly string[], word: readonly string[]): readonly Span[] => {
  const found: Span[] = [];
  for (let at = 0; at + word.length <= plain.length; at += 1) {
    if (!word.every((character, index) => plain[at + index] === character)) continue;
    found.push([at, at + word.length]);
    at += word.length - 1;
  }
  return found;
};

/** The longest pieces of two characters or more of a word of several ideas (武林托育 in 武林幼儿园). */
const piecesOf = (plain: readonly string[], word: readonly string[]): readonly Span[] => {
  for (let from = 0; from + 2 <= word.length; from += 1) {
    for (let to = word.length; to - from >= 2; to -= 1) {
      const found = occurrences(plain, word.slice(from, to));
      if (found.length > 0) return [...found, ...piecesOf(plain, word.slice(to))];
    }
  }
  return [];
};

const latin = /[a-z]/;
const mostCharacters = 60;

const spansOf = (text: string, plain: readonly string[], syllables: readonly string[], word: string): readonly Span[] => {
  const characters = Array.from(word);
  const literal = occurrences(plain, characters);
  if (literal.length > 0 || characters.length > mostCharacters) return literal;
  if (!latin.test(word)) return piecesOf(plain, characters);
  const aloud = readAloud(text, syllables);
  const spoken = findAloud(aloud, word) ?? findWithSlip(aloud, word);
  return spoken ? [spoken] : [];
};

/** Stretches in order, those that touch made one. */
const joinUp = (stretches: readonly Highlight[]): readonly Highlight[] => {
  const joined: Highlight[] = [];
  for (const [from, to] of stretches.toSorted((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) joined.splice(-1, 1, [last[0], Math.max(last[1], to)]);
    else joined.push([from, to]);
  }
  return joined;
};

/**
 * 高亮: what to mark in a shown text because it was typed, by characters, pinyin or initials (with a slip in them too).
 * `syllables` are the text's own, one for each normalised character; without them only characters are marked.
 */
export const highlightsOf = (text: string, typed: string, syllables: readonly string[] = []): readonly Highlight[] => {
  const words = typedWords(typed);
  const pieces = words.length === 0 ? undefined : align(text);
  if (!pieces) return [];
  const sources = pieces.flatMap(({ plain, from, to }) => plain.map((): Highlight => [from, to]));
  const plain = pieces.flatMap((piece) => piece.plain);
  return joinUp(words.flatMap((word) => spansOf(text, plain, syllables, word)).flatMap(([from, to]): readonly Highlight[] => {
    const [first, last] = [sources[from], sources[to - 1]];
    return first && last ? [[first[0], last[1]]] : [];
  }));
};

/** A text cut where its marks begin and end, for writing it out. */
export const cutAt = (text: string, highlights: readonly Highlight[]): readonly { readonly text: string; readonly marked: boolean }[] => {
  const cut: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of highlights) {
    if (from > at) cut.push({ text: text.slice(at, from), marked: false });
    cut.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) cut.push({ text: text.slice(at), marked: false });
  return cut;
};
