import { isHan, normalise } from '#domain/shared/tokens.ts';

/** What a page written in Markdown says, without its marks: headings of the second level, and all other text. */
export const readMarkdown = (markdown: string): { readonly headings: readonly string[]; readonly text: string } => {
  const lines = markdown.replace(/\s*\[\[[^\]]*\]\]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').split('\n');
  return {
    headings: lines.flatMap((line) => /^## (.+)$/.exec(line)?.[1]?.trim() ?? []),
    text: lines.filter((line) => !line.startsWith('## ')).map((line) => line.replace(/^#+ |^- |^\d+\. /, '').replace(/[*_`>|]/g, ' ')).join('\n'),
  };
};

type Pair = { readonly pair: string; readonly at: number };

const pairsIn = (characters: readonly string[]): readonly Pair[] => characters.flatMap((character, at) => {
  const next = characters[at + 1];
  return next !== undefined && isHan(character) && isHan(next) ? [{ pair: character + next, at }] : [];
});

const longNumber = /[0-9]{3,}|[a-z]{2,}/g;

/**
 * For each text the pairs of Chinese characters that tell it best from the others (often here, seldom elsewhere; not those it is
 * found by already), at most `most`, written as stretches of the text so that neighbours share their characters.
 */
export const tellingStretches = (texts: readonly { readonly text: string; readonly foundBy: string }[], most: number): readonly string[] => {
  const read = texts.map(({ text, foundBy }) => {
    const plain = normalise(text);
    const characters = Array.from(plain);
    return { plain, characters, pairs: pairsIn(characters), known: new Set(pairsIn(Array.from(normalise(foundBy))).map(({ pair }) => pair)) };
  });
  const bearers = new Map<string, number>();
  for (const { pairs } of read) for (const pair of new Set(pairs.map((one) => one.pair))) bearers.set(pair, (bearers.get(pair) ?? 0) + 1);
  return read.map(({ plain, characters, pairs, known }) => {
    const places = Map.groupBy(pairs.filter(({ pair }) => !known.has(pair)), ({ pair }) => pair);
    const worth = (pair: string, times: number): number => Math.sqrt(times) * Math.log(read.length / (bearers.get(pair) ?? 1));
    const chosen = [...places].map(([pair, held]) => ({ at: held[0]?.at ?? 0, worth: worth(pair, held.length) }))
      .filter((one) => one.worth > 0).sort((one, other) => other.worth - one.worth || one.at - other.at).slice(0, most).map(({ at }) => at).sort((one, other) => one - other);
    const stretches: string[] = [];
    for (let index = 0; index < chosen.length;) {
      const from = chosen[index] ?? 0;
      let to = from;
      while (index < chosen.length && chosen[index] === to) { index += 1; to += 1; }
      stretches.push(characters.slice(from, to + 1).join(''));
    }
    return [...stretches, ...new Set(plain.match(longNumber) ?? [])].join(' ');
  });
};
