import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ArticleHead, ArticleTopic } from '#domain/guidance/article.ts';
import type { PlaceNoteHead, PolicyHead } from '#domain/guidance/policy.ts';
import { readMarkdown, tellingStretches } from '#domain/guidance/searchExtract.ts';
import { makeGuideIndex, type GuideIndex } from '#domain/guidance/searchIndex.ts';
import type { Guide, GuideLot, GuideWords } from '#domain/guidance/searchModel.ts';
import { packGuides, withPlaceNotes, type PlaceGuides } from '#domain/guidance/searchPack.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { pinyinOf, readPinyinOverrides, type PinyinOverrides } from '#storage/files/pinyin.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { topicText } from '#text/guidance.ts';
import { helpSections } from '#text/help.ts';
import { policyText } from '#text/policy.ts';

type Entry<Head> = { readonly id: string; readonly data: Head; readonly body?: string | undefined };
/** What the content collections hold for the search. */
export type GuideSources = {
  readonly articles: readonly Entry<ArticleHead>[]; readonly policy: readonly Entry<PolicyHead>[];
  /** What places add to policy pages; `id` is `<code>/<slug>`. */
  readonly notes: readonly Entry<PlaceNoteHead>[];
  readonly words: readonly { readonly data: GuideWords }[];
};

/** Rises when the same content is packed otherwise. */
const packing = 1;
/** Pairs of characters kept of each text: as many as sixty kilobytes of brotli allow. */
const mostPairs = { article: 150, note: 60 } as const;
const urgentTopics: readonly ArticleTopic[] = ['illness', 'infection', 'injury'];

type Unread = Omit<Guide, 'body' | 'place'> & { readonly text: string };

const articleGuide = ({ id, data, body }: GuideSources['articles'][number]): Unread => ({
  kind: 'article', key: id, title: data.title, summary: data.summary, keywords: data.keywords, topic: topicText[data.topic], months: data.months,
  call: data.emergency?.call ?? null, urgent: data.emergency !== null && urgentTopics.includes(data.topic), ...readMarkdown(body ?? ''),
});
const policyGuide = ({ id, data, body }: GuideSources['policy'][number]): Unread => ({
  kind: 'policy', key: id, title: data.title, summary: data.summary, keywords: data.keywords, topic: policyText.index, months: null, call: null, urgent: false, ...readMarkdown(body ?? ''),
});
const helpGuides: readonly Unread[] = helpSections.flatMap(({ title: section, questions }) => questions.map(({ id, question, answer, keywords }): Unread => ({
  kind: 'help', key: id, title: question, summary: answer.flat().join(''), keywords, topic: section, months: null, call: null, urgent: false, headings: [], text: '',
})));

const foundBy = ({ title, summary, headings, keywords }: Unread): string => [title, summary, ...headings, ...keywords].join(' ');

const syllableReader = (overrides: PinyinOverrides): GuideLot['syllablesOf'] => {
  const known = new Map<string, readonly string[]>();
  return (text) => {
    const syllables = known.get(text) ?? pinyinOf(text, overrides).full;
    known.set(text, syllables);
    return syllables;
  };
};

/** Everything there is to read, made ready for being packed or searched. */
export const makeGuideLot = ({ articles, policy, words }: GuideSources, overrides: PinyinOverrides): GuideLot => {
  const unread = [...articles.map(articleGuide), ...policy.map(policyGuide), ...helpGuides].toSorted((one, other) => (one.kind === other.kind && one.key < other.key ? -1 : 0));
  const bodies = tellingStretches(unread.map((one) => ({ text: one.text, foundBy: foundBy(one) })), mostPairs.article);
  return {
    guides: unread.map(({ text: _, ...guide }, at) => ({ ...guide, body: bodies[at] ?? '', place: null })),
    words: words[0]?.data ?? { fillers: [], synonyms: [] }, syllablesOf: syllableReader(overrides),
  };
};

/** What a place of this code adds to the policy pages. */
export const placeGuidesOf = ({ notes }: GuideSources, code: string): PlaceGuides => {
  const own = notes.filter(({ id }) => id.startsWith(`${code}/`));
  const read = own.map(({ data, body }) => ({ key: data.policy, title: data.title, text: readMarkdown(body ?? '').text }));
  const bodies = tellingStretches([...read.map(({ title, text }) => ({ text, foundBy: title })), { text: '', foundBy: '' }], mostPairs.note);
  return read.map(({ key, title }, at) => ({ key, title, body: bodies[at] ?? '' }));
};

type PlaceName = Pick<Jurisdiction, 'code' | 'slug'>;
/** The search of guidance, policy and help: in this process, and as the files that browsers load. */
export type GuideSearch = {
  /** Holds what each place adds too, marked with its code. */
  readonly index: GuideIndex;
  /** Addresses of what the search field of a place loads: the common file, and what the place adds. */
  readonly addressesFor: (place: PlaceName) => readonly string[];
  /** The files by the name that their address ends with. */
  readonly files: (places: readonly PlaceName[]) => readonly { readonly name: string; readonly body: string }[];
};

const folder = '/search-index/';

/** Makes the search from the content; a change of content changes the names of the files. */
export const makeGuideSearch = async (sources: GuideSources, overridesPath = join(findDataFolder(), 'search', 'pinyin-overrides.csv')): Promise<GuideSearch> => {
  const lot = makeGuideLot(sources, await readPinyinOverrides(overridesPath));
  const written = [packing, helpSections, sources.words.map(({ data }) => data), ...[sources.articles, sources.policy, sources.notes].map((entries) => entries.map(({ id, data, body }) => [id, data, body] as const).toSorted(([one], [other]) => (one < other ? -1 : 1)))];
  const hash = createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 16);
  const codes = [...new Set(sources.notes.map(({ id }) => id.split('/')[0] ?? ''))];
  const notesOf = ({ code }: PlaceName): PlaceGuides => placeGuidesOf(sources, code);
  const placeFile = ({ slug }: PlaceName): string => `${hash}.${slug}`;
  let index: GuideIndex | undefined;
  return {
    // Ten megabytes that only a search needs; a page with a search field needs the addresses alone.
    get index() { return index ??= makeGuideIndex(codes.reduce((held, code) => withPlaceNotes(held, placeGuidesOf(sources, code), code), lot)); },
    addressesFor: (place) => [hash, ...(notesOf(place).length === 0 ? [] : [placeFile(place)])].map((name) => `${folder}${name}.json`),
    files: (places) => [
      { name: hash, body: JSON.stringify(packGuides(lot)) },
      ...places.flatMap((place) => (notesOf(place).length === 0 ? [] : [{ name: placeFile(place), body: JSON.stringify(notesOf(place)) }])),
    ],
  };
};

let made: Promise<GuideSearch> | undefined;

/** The search of this process, made when it is first asked for. */
export const guideSearch = (load: () => Promise<GuideSources>): Promise<GuideSearch> => made ??= load().then((sources) => makeGuideSearch(sources)).catch((fault: unknown) => {
  made = undefined; // the next request tries again
  throw fault;
});
