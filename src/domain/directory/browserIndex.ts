import type { SearchRecord } from '#domain/directory/searchIndex.ts';
import type { Reading } from '#domain/directory/searchLayout.ts';
import type { DirectoryGroup } from '#domain/directory/snapshot.ts';
import type { SuggestedPlace } from '#domain/directory/suggest.ts';
import type { VocabularyEntry } from '#domain/shared/vocabulary.ts';

/** Everything the browser searches one place's directory with, in the order in which the server holds it. */
export type BrowserDirectory = {
  readonly records: readonly SearchRecord[];
  readonly groups: readonly DirectoryGroup[];
  /** Counties and streets that can be chosen. */
  readonly places: readonly SuggestedPlace[];
  readonly entries: readonly VocabularyEntry[];
  /** How the records are read, where it came packed: then their syllables need not be written out. */
  readonly reading?: Reading;
};

/** The columns of a packed directory, all of them text: one row a line where nothing else is said. */
export const packedColumns = [
  /** Institutions; an address not known is an empty line. */
  'ids', 'names', 'addresses',
  /** One character an institution: the number of its group and of its row in `streets`. */
  'groups', 'streetOf',
  /** Lines for six terms each, in every line one character an institution: the bits of those it bears. */
  'termsOf',
  /** Name of the street (empty: none) and the other names and codes of the place, by tabs. */
  'streets',
  /** Facets that everyday words stand for. */
  'terms',
  /** Only institutions that have some: number, then old names or names of communities, by tabs. */
  'aliases', 'communities',
  /** A syllable and the characters that are mostly read so. */
  'syllables',
  /** Texts that read a character otherwise (number of the text, position, syllable), and texts of which no syllables are known. */
  'otherwise', 'silent',
  /** Name, level, code, other names, by tabs. */
  'places',
  /** Meaning, then words, by tabs. */
  'vocabulary',
] as const;

/** 打包的目录: one text for each column. */
export type PackedDirectory = Readonly<Record<(typeof packedColumns)[number], string>>;

/** Terms that one character of `termsOf` speaks of. */
export const termsOfLine = 6;

/** A number as one character; no two numbers below 50,000 share one. */
export const digitOf = (number: number): string => String.fromCharCode(number + 0x23);

/** The number that a character stands for. */
export const numberOf = (text: string, at: number): number => text.charCodeAt(at) - 0x23;

/** All texts that have syllables, in the order in which they are numbered: of institutions, streets, then words. */
export type Spoken = { readonly text: string; readonly syllables: readonly string[] };
