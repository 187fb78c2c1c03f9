import type { Institution, ServiceMode } from '#domain/directory/model.ts';

/** What a list carries: `registry` the eight columns of the national filing registry, `full` this project's own columns. */
export type ImportFormat = 'registry' | 'full';

/** What a row of a list may say about an institution. */
export type ImportedFacts = Omit<Institution, 'id' | 'jurisdiction' | 'source' | 'missingSince' | 'planned' | 'sample' | 'nextFees' | 'pauses'>;

/** A record as the importer compares it: the hash is of the row it was last read from. */
export type ComparedRecord = { readonly institution: Institution; readonly origin: string; readonly rowKey: string; readonly rowHash: string };

/** A row as read; its institution bears the id it gets when it is new. */
export type IncomingRow = { readonly line: number; readonly institution: Institution; readonly rowKey: string; readonly rowHash: string };

/** A whole list as read: only the facts that it carries may change a record. */
export type IncomingList = { readonly format: ImportFormat; readonly carried: ReadonlySet<keyof ImportedFacts>; readonly rows: readonly IncomingRow[] };

/** A record before and after; `fields` are the facts that differ. */
export type RecordChange<Held> = {
  readonly before: Held;
  readonly after: { readonly institution: Institution; readonly origin: ImportFormat; readonly rowKey: string; readonly rowHash: string };
  readonly fields: readonly string[];
};

/** What a list would do to a directory. */
export type ImportDiff<Held> = {
  readonly added: readonly IncomingRow[];
  readonly changed: readonly RecordChange<Held>[];
  /** Absent from this list, present before it. */
  readonly missing: readonly Held[];
  /** Present again after having been missing. */
  readonly returned: readonly RecordChange<Held>[];
  readonly same: readonly Held[];
  /** Records that this list speaks for and that were present before it. */
  readonly present: number;
  /** New rows whose id another record bears already; they need a credit code. */
  readonly clashing: readonly IncomingRow[];
};

const plain = (text: string | null): string => (text ?? '').normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** What tells institutions without a credit code apart: name and address, however they are spaced. */
export const nameAndAddress = ({ name, address }: Pick<Institution, 'name' | 'address'>): string => `${plain(name)}|${plain(address)}`;

/** What the domain decides about a list; storage is given it and carries it out. */
export type ImportRules = {
  readonly diff: <Held extends ComparedRecord>(previous: readonly Held[], next: IncomingList) => ImportDiff<Held>;
  readonly isSuspicious: (diff: Pick<ImportDiff<unknown>, 'missing' | 'present'>, share: number) => boolean;
};

/** A condition on the grams of a document: one that it bears, all of several, or any of several. */
export type GramTest = string | { readonly all: readonly GramTest[] } | { readonly any: readonly GramTest[] };

/** Degrees, west to east and south to north, WGS-84. */
export type DegreeBox = { readonly west: number; readonly east: number; readonly south: number; readonly north: number };

/** What narrows candidates before the domain looks at them; every part may let too much through, never too little. */
export type CandidateRequest = {
  /** Null: every jurisdiction. */
  readonly jurisdictions: readonly string[] | null;
  readonly box: DegreeBox | null;
  readonly grams: GramTest | null;
  readonly counties: readonly string[];
  /** Current codes. */
  readonly subdistricts: readonly string[];
  readonly kinds: readonly string[];
  readonly ownerships: readonly string[];
  readonly modes: readonly string[];
  readonly bands: readonly string[];
  readonly withSounds: boolean;
  /** More than this many are refused, not cut. */
  readonly most: number;
};

/** An institution that may be meant: what its place in the answer depends on and what the answer shows, without the rest of it. */
export type Candidate = {
  readonly id: string;
  /** Number of its document in the index. */
  readonly document: number;
  readonly jurisdiction: string;
  readonly subdistrict: string | null;
  readonly name: string;
  /** Kind of the credential in force. */
  readonly credential: string;
  readonly kind: string | null;
  readonly ownership: string | null;
  readonly modes: readonly ServiceMode[];
  readonly address: string | null;
  readonly sample: boolean;
  /** WGS-84. */
  readonly point: { readonly lng: number; readonly lat: number } | null;
  /** Everything it is found by, normalised, a line for each text: name, street, address, aliases, names and codes of its places. */
  readonly everything: string;
  /** How many aliases. */
  readonly aliases: number;
  /** 拼音 of name, street, address and aliases: a line for each, its syllables between commas; null where it was not asked for. */
  readonly sounds: string | null;
};

/** The index over all jurisdictions. Only institutions whose credential is in force and that are not missing stand in it. */
export type WideSearchStore = {
  /** The candidates by name then id, code point by code point; 'too-many' when there are more than asked for at most. */
  readonly candidates: (request: CandidateRequest) => Promise<readonly Candidate[] | 'too-many'>;
  /** Whole records by the numbers of their documents, in no particular order; their sources may have been confirmed since. */
  readonly institutions: (documents: readonly number[]) => Promise<readonly Institution[]>;
};

/** The words of one area by which its institutions are found: `code` is '' for the jurisdiction, else a county's or street's. */
export type PlaceWords = { readonly code: string; readonly name: string; readonly words: readonly string[] };
