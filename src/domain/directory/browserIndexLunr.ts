import lunr from 'lunr';
import { fields, type SearchLayout } from '#domain/directory/searchLayout.ts';
import { tokens } from '#domain/shared/tokens.ts';

// lunr over the distinct names, old names, streets and other names of places. Addresses are not in it: they are compared by
// their characters. Its documents are texts and not institutions, so that a street's name is held once.

/** Texts by their number in a layout, as lunr finds them. */
export type TextIndex = {
  /** Texts that hold all of these tokens. */
  readonly withAll: (asked: readonly string[]) => readonly number[];
  /** Texts that hold some of these tokens, best first, with how many. */
  readonly withSome: (asked: readonly string[]) => readonly { readonly text: number; readonly held: number }[];
  /** Tokens that stand in so many texts that they narrow nothing down; lunr's stop words of this directory. */
  readonly isCommon: (token: string) => boolean;
};

const field = 'text';
/** As lunr.Builder has them. */
const [k1, b] = [1.2, 0.75];
const commonShare = 0.2;
const fewTexts = 40;

type Counted = { readonly text: number; readonly counts: ReadonlyMap<string, number>; readonly length: number };

const countTokens = ({ row, textFrom, textFields, characterNumbers }: SearchLayout): readonly Counted[] => {
  const characters = ['', ...characterNumbers.keys()];
  return Array.from(textFields.keys()).filter((text) => textFields[text] !== fields.address).map((text) => {
    let written = '';
    for (let at = textFrom[text] ?? 0; at < (textFrom[text + 1] ?? 0) - 1; at += 1) written += characters[row[at] ?? 0] ?? '';
    const held = tokens(written);
    const counts = new Map<string, number>();
    for (const token of held) counts.set(token, (counts.get(token) ?? 0) + 1);
    return { text, counts, length: held.length };
  });
};

/**
 * Makes a lunr.Index of a layout's texts as lunr.Builder would, without what nobody asks for here: positions, wildcards, edit
 * distance. Terms are looked up as they are, so the set of terms answers only whether it has them.
 */
export const makeTextIndex = (layout: SearchLayout): TextIndex => {
  const texts = countTokens(layout);
  const bearers = new Map<string, number>();
  for (const { counts } of texts) for (const token of counts.keys()) bearers.set(token, (bearers.get(token) ?? 0) + 1);
  const isCommon = (token: string): boolean => (bearers.get(token) ?? 0) > Math.max(fewTexts, texts.length * commonShare);
  const postings: Record<string, { readonly _index: number; readonly text: Record<string, object> }> = Object.create(null);
  const idf: number[] = [];
  for (const [token, count] of bearers) {
    if (isCommon(token)) continue;
    postings[token] = { _index: idf.length, [field]: Object.create(null) };
    idf.push(Math.log(1 + Math.abs((texts.length - count + 0.5) / (count + 0.5))));
  }
  const average = texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length);
  const fieldVectors: Record<string, lunr.Vector> = Object.create(null);
  const nothing = {};
  for (const { text, counts, length } of texts) {
    const weights: (readonly [number, number])[] = [];
    for (const [token, count] of counts) {
      const posting = postings[token];
      if (!posting) continue;
      posting.text[text] = nothing;
      const weight = (idf[posting._index] ?? 0) * ((k1 + 1) * count) / (k1 * (1 - b + b * (length / average)) + count);
      weights.push([posting._index, Math.round(weight * 1000) / 1000]);
    }
    fieldVectors[`${field}/${String(text)}`] = new lunr.Vector(weights.sort(([one], [other]) => one - other).flat());
  }
  const known = new lunr.TokenSet();
  known.intersect = (asked) => (asked.toArray().every((term) => term in postings) ? asked : new lunr.TokenSet());
  // `documentVectors` is what the package's types call `fieldVectors`.
  const parts = { invertedIndex: postings, fieldVectors, documentVectors: fieldVectors, tokenSet: known, fields: [field], pipeline: new lunr.Pipeline() };
  const index = new lunr.Index(parts);
  const find = (asked: readonly string[], presence: lunr.Query.presence) =>
    (asked.length === 0 ? [] : index.query((query) => { for (const term of asked) query.term(term, { presence, usePipeline: false }); }));
  return {
    isCommon,
    withAll: (asked) => find(asked, lunr.Query.presence.REQUIRED).map(({ ref }) => Number(ref)),
    withSome: (asked) => find(asked, lunr.Query.presence.OPTIONAL).map(({ ref, matchData }) => ({ text: Number(ref), held: Object.keys(matchData.metadata).length })),
  };
};
