import { findAloud, findWithSlip, readAloud, type Span } from '#domain/shared/readAloud.ts';
import { normalise, typedWords } from '#domain/shared/tokens.ts';

/** A stretch of a text to be marked, in UTF-16 positions of the text as it is shown, end excluded. */
export type Highlight = readonly [from: number, to: number];

/** A text as it is searched, and for each of its units the stretch of the shown text it comes from; null: they are the same text. */
type Aligned = { readonly plain: string; readonly sources: readonly Highlight[] | null };

const withItsMarks = /\P{M}\p{M}*|\p{M}+/gu;

/** Lays the searched form of a text beside the shown one; undefined where they cannot be told apart. */
const align = (text: string): Aligned | undefined => {
  const whole = normalise(text);
  if (whole === text) return { plain: text, sources: null };
  const sources: Highlight[] = [];
  let plain = '';
  let gap = false;
  for (const { 0: shown, index } of text.matchAll(withItsMarks)) {
    const piece = normalise(shown);
    if (piece === '') { gap = plain !== ''; continue; }
    if (gap) { plain += ' '; sources.push([index, index]); }
    gap = false;
    plain += piece;
    const source: Highlight = [index, index + shown.length];
    sources.push(...Array.from({ length: piece.length }, () => source));
  }
  return plain === whole ? { plain, sources } : undefined;
};

/** Every place where a word stands, in units of the searched text. */
const occurrences = (plain: string, word: string): readonly Span[] => {
  const found: Span[] = [];
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) found.push([at, at + word.length]);
  return found;
};

/** The longest pieces of two characters or more of a word of several ideas (武林托育 in 武林幼儿园). */
const piecesOf = (plain: string, word: readonly string[]): readonly Span[] => {
  for (let from = 0; from + 2 <= word.length; from += 1) {
    if (!plain.includes(`${word[from] ?? ''}${word[from + 1] ?? ''}`)) continue;
    for (let to = word.length; to - from >= 2; to -= 1) {
      const found = occurrences(plain, word.slice(from, to).join(''));
      if (found.length > 0) return [...found, ...piecesOf(plain, word.slice(to))];
    }
  }
  return [];
};

const latin = /[a-z]/;
const mostCharacters = 60;

/** A span counted in characters, counted in units: they differ only past rare characters. */
const inUnits = (plain: string, [from, to]: Span): Span => {
  const characters = Array.from(plain);
  if (characters.length === plain.length) return [from, to];
  const unitsBefore = (end: number): number => characters.slice(0, end).join('').length;
  return [unitsBefore(from), unitsBefore(to)];
};

const spansOf = (text: string, plain: string, syllables: readonly string[], word: string): readonly Span[] => {
  const literal = occurrences(plain, word);
  if (literal.length > 0 || word.length > 2 * mostCharacters) return literal;
  if (!latin.test(word)) {
    const characters = Array.from(word);
    return characters.length > mostCharacters ? [] : piecesOf(plain, characters);
  }
  const aloud = readAloud(text, syllables);
  const spoken = findAloud(aloud, word) ?? findWithSlip(aloud, word);
  return spoken ? [inUnits(plain, spoken)] : [];
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
  const aligned = words.length === 0 ? undefined : align(text);
  if (!aligned) return [];
  const { plain, sources } = aligned;
  const spans = words.flatMap((word) => spansOf(text, plain, syllables, word));
  if (sources === null) return joinUp(spans);
  return joinUp(spans.flatMap(([from, to]): readonly Highlight[] => {
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
