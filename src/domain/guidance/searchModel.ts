
/** What can be read here beside institutions, in the order in which a page of results shows it. */
export const guideKinds = ['article', 'policy', 'help'] as const;
export type GuideKind = (typeof guideKinds)[number];

/** 可读的一页: what one article, policy page or question of the help page is found by. */
export type Guide = {
  readonly kind: GuideKind;
  /** Slug of the page; of a question where it stands on the help page. */
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly headings: readonly string[];
  readonly keywords: readonly string[];
  /** Words of its topic, as the library calls it. */
  readonly topic: string;
  /** Whole months it is for, both included; null where it is for no age. */
  readonly months: { readonly from: number; readonly to: number } | null;
  /** The emergency number it names; null where it names none. */
  readonly call: string | null;
  /** Whether it says what to do at once: an illness or injury with an emergency number. */
  readonly urgent: boolean;
  /** The pairs of characters of its text that tell it from others, as stretches parted by blanks. */
  readonly body: string;
  /** Code of the place that adds this to a policy page; null for what is said everywhere. */
  readonly place: string | null;
};

/** How texts are read aloud: a syllable for each character of the normalised text. */
export type ReadSyllables = (text: string) => readonly string[];

/** Words of everyday speech; the first of a row of synonyms is how the pages say it. */
export type GuideWords = { readonly fillers: readonly string[]; readonly synonyms: readonly (readonly string[])[] };

/** Everything that one search of guidance is made from. */
export type GuideLot = { readonly guides: readonly Guide[]; readonly words: GuideWords; readonly syllablesOf: ReadSyllables };

/** A guide found; a higher score stands first. `heading` bears what was typed where the title does not; `urgent`: it says what to do at once about just this. */
export type FoundGuide = { readonly guide: Guide; readonly score: number; readonly heading: string | null; readonly urgent: boolean };
/** `terms` are the words to mark in texts. */
export type GuideAnswer = { readonly found: readonly FoundGuide[]; readonly terms: readonly string[] };


/** All texts of a lot that are read aloud, each once. */
export const spokenTexts = ({ guides, words }: Pick<GuideLot, 'guides' | 'words'>): readonly string[] => [...new Set([
  ...guides.flatMap(({ title, headings, keywords }) => [title, ...headings, ...keywords]), ...words.fillers, ...words.synonyms.flat(),
])];
