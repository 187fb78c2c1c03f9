import lunr from 'lunr';
import { fields, type SearchLayout } from '#domain/directory/searchLayout.ts';
import { tokensOfPlain } from '#domain/shared/tokens.ts';

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

/** The different pairs of neighbours of every text that is no address; what is looked for one character at a time needs no index. */
const pairsOfTexts = ({ row, textFrom, textFields, characterNumbers }: SearchLayout): ReadonlyMap<number, readonly string[]> => {
  const characters = ['', ...characterNumbers.keys()];
  const pairs = new Map<number, readonly string[]>();
  textFields.forEach((held, text) => {
    if (held === fields.address) return;
    let written = '';
    for (let at = textFrom[text] ?? 0; at < (textFrom[text + 1] ?? 0) - 1; at += 1) written += characters[row[at] ?? 0] ?? '';
    pairs.set(text, [...new Set(tokensOfPlain(written).filter((token) => token.length > 1))]);
  });
  return pairs;
};

type Posting = { readonly _index: number; readonly text: Record<string, object> };

/**
 * Makes a lunr.Index of a layout's texts as lunr.Builder would, without what nobody asks for here: positions, wildcards, edit
 * distance. Terms are looked up as they are, so the set of terms answers only whether it has them; the vector of a text is
 * worked out when the text is first found.
 */
export const makeTextIndex = (layout: SearchLayout): TextIndex => {
  const written = pairsOfTexts(layout);
  const bearers = new Map<string, number>();
  for (const held of written.values()) for (const token of held) bearers.set(token, (bearers.get(token) ?? 0) + 1);
  const isCommon = (token: string): boolean => (bearers.get(token) ?? 0) > Math.max(fewTexts, written.size * commonShare);
  const pairs = new Map([...written].map(([text, held]) => [text, held.filter((token) => !isCommon(token))]));
  const tokenCount = [...pairs.values()].reduce((sum, held) => sum + held.length, 0);
  const postings: Record<string, Posting> = Object.create(null);
  const idf: number[] = [];
  const nothing = {};
  for (const [text, held] of pairs) {
    for (const token of held) {
      let posting = postings[token];
      if (!posting) {
        posting = { _index: idf.length, text: Object.create(null) };
        postings[token] = posting;
        const count = bearers.get(token) ?? 0;
        idf.push(Math.log(1 + Math.abs((pairs.size - count + 0.5) / (count + 0.5))));
      }
      posting.text[text] = nothing;
    }
  }
  const average = tokenCount / Math.max(1, pairs.size);
  const vectorOf = (text: number): lunr.Vector => {
    const held = pairs.get(text) ?? [];
    const share = k1 * (1 - b + b * (held.length / average)); // each pair counts once in a text
    const terms = held.flatMap((token) => postings[token]?._index ?? []).sort((one, other) => one - other);
    return new lunr.Vector(terms.flatMap((term) => [term, Math.round((idf[term] ?? 0) * (k1 + 1) / (share + 1) * 1000) / 1000]));
  };
  const vectors = new Map<string, lunr.Vector>();
  const fieldVectors = new Proxy<Record<string, lunr.Vector>>({}, {
    get: (_, reference) => {
      const key = String(reference);
      const vector = vectors.get(key) ?? vectorOf(Number(key.slice(field.length + 1)));
      vectors.set(key, vector);
      return vector;
    },
  });
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
