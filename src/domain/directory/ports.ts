import type { Institution } from '#domain/directory/model.ts';

/** What a list carries: `registry` the eight columns of the national filing registry, `full` this project's own columns. */
export type ImportFormat = 'registry' | 'full';

/** What a row of a list may say about an institution. */
export type ImportedFacts = Omit<Institution, 'id' | 'jurisdiction' | 'source' | 'missingSince' | 'planned' | 'sample'>;

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
