// Runs in the browser of searchEngines.ts, beside the engines it compares.
import { Index as FlexIndex } from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { makeBrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';
import { findMatches, makeSearchIndex, type SearchRecord } from '#domain/directory/searchIndex.ts';
import { suggest } from '#domain/directory/suggest.ts';
import { normalise, tokens, typedWords } from '#domain/shared/tokens.ts';
import { makeVocabulary } from '#domain/shared/vocabulary.ts';

type Engine = { readonly find: (typed: string) => ReadonlySet<number>; readonly index: () => string | null };

const textsOf = ({ name, aliases, subdistrictName, communityNames, address, places }: SearchRecord): readonly string[] =>
  [name, ...aliases, subdistrictName ?? '', ...communityNames, address ?? '', ...places].map(normalise);
const soundsOf = ({ pinyin }: SearchRecord): readonly string[] => [pinyin.name, pinyin.subdistrict].flatMap((held) => [held.join(''), held.map((one) => one.charAt(0)).join('')]);

/** Characters and pairs of Chinese, beginnings of everything else: what an engine of tokens needs to find half a word. */
const cut = (text: string): string[] => [...tokens(text)];

const engines: Readonly<Record<string, (text: string) => Engine>> = {
  own: (text) => {
    const packed = readPacked(text);
    if (!packed) throw new Error('no index');
    const search = makeBrowserSearch(unpackDirectory(packed));
    setTimeout(search.prepareTexts);
    return { find: (typed) => { suggest(search.suggestions, typed); return new Set(); }, index: () => null };
  },
  'own without lunr': (text) => {
    const { records, entries } = unpack(text);
    const index = makeSearchIndex(records, makeVocabulary(entries));
    return { find: (typed) => new Set(findMatches(index, typed).map(({ at }) => at)), index: () => null };
  },
  'own, only finding': (text) => {
    const { index, prepareTexts } = makeBrowserSearch(unpack(text));
    prepareTexts();
    return { find: (typed) => new Set(findMatches(index, typed).map(({ at }) => at)), index: () => null };
  },
  MiniSearch: (text) => {
    const mini = new MiniSearch<{ id: number; text: string; sound: string }>({ fields: ['text', 'sound'], tokenize: cut, searchOptions: { combineWith: 'AND', prefix: (term) => /[a-z0-9]/.test(term), tokenize: cut } });
    mini.addAll(unpack(text).records.map((record, id) => ({ id, text: textsOf(record).join(' '), sound: soundsOf(record).join(' ') })));
    return { find: (typed) => new Set(mini.search(typed).map(({ id }) => Number(id))), index: () => JSON.stringify(mini) };
  },
  FlexSearch: (text) => {
    const flex = new FlexIndex({ tokenize: 'forward', encode: cut });
    unpack(text).records.forEach((record, id) => { flex.add(id, [...textsOf(record), ...soundsOf(record)].join(' ')); });
    let held = '';
    flex.export((key: string, part: string) => { held += key + (part ?? ''); });
    return { find: (typed) => new Set(flex.search(typed, { limit: 10_000 }).map(Number)), index: () => held };
  },
  'Fuse.js': (text) => {
    const rows = unpack(text).records.map((record) => ({ text: textsOf(record), sound: soundsOf(record) }));
    const fuse = new Fuse(rows, { keys: ['text', 'sound'], ignoreLocation: true, threshold: 0.2 });
    return { find: (typed) => new Set(fuse.search(typed).map(({ refIndex }) => refIndex)), index: () => JSON.stringify({ rows, index: fuse.getIndex().toJSON() }) };
  },
  'linear scan': (text) => {
    const rows = unpack(text).records.map((record) => [...textsOf(record), ...soundsOf(record)].join('\n'));
    return {
      find: (typed) => {
        const words = typedWords(typed);
        return new Set(rows.flatMap((row, at) => (words.every((word) => row.includes(word)) ? [at] : [])));
      },
      index: () => rows.join('\n\n'),
    };
  },
};

function unpack(text: string) {
  const packed = readPacked(text);
  if (!packed) throw new Error('no index');
  return unpackDirectory(packed);
}

const breathe = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

/** Each engine's time to be ready, its time for every letter, and how much it finds of what a plain look finds. Rounds take turns. */
export async function measureEngines(text: string, words: readonly string[]): Promise<readonly { name: string; ready: number; times: readonly number[]; recall: number; index: string | null }[]> {
  const letters = words.flatMap((word) => Array.from({ length: word.length }, (_, at) => word.slice(0, at + 1)));
  const made: { name: string; engine: Engine; ready: number; times: number[] }[] = [];
  for (const [name, make] of Object.entries(engines)) {
    await breathe();
    const began = performance.now();
    const engine = make(text);
    made.push({ name, engine, ready: performance.now() - began, times: [] });
  }
  for (let round = 0; round < 3; round += 1) {
    for (const { engine, times } of made) {
      for (const typed of letters) {
        const began = performance.now();
        engine.find(typed);
        times.push(performance.now() - began);
      }
      await breathe();
    }
  }
  const rows = unpack(text).records.map((record) => [record.name, ...record.aliases, record.subdistrictName ?? '', ...record.communityNames, record.address ?? ''].map(normalise));
  const literal = letters.filter((typed) => /^\p{Script=Han}+$/u.test(typed));
  return made.map(({ name, engine, ready, times }) => {
    const finder = name === 'own' ? made.find((one) => one.name === 'own, only finding')?.engine ?? engine : engine;
    let [held, found] = [0, 0];
    for (const typed of literal) {
      const answer = finder.find(typed);
      rows.forEach((texts, at) => {
        if (!texts.some((one) => one.includes(typed))) return;
        held += 1;
        if (answer.has(at)) found += 1;
      });
    }
    return { name, ready, times, recall: found / held, index: engine.index() };
  });
}
