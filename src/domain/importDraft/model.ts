import type { Instant } from '#domain/shared/dates.ts';

/** 差异的四类, each of which somebody acknowledges before a list is let in. */
export const importGroups = ['added', 'changed', 'missing', 'returned'] as const;
export type ImportGroup = (typeof importGroups)[number];
export type ImportCounts = Readonly<Record<ImportGroup, number>>;

/** 待确认的名录: a list that was uploaded and compared, and waits for the word that lets it in. */
export type ImportDraft = {
  readonly id: string; readonly title: string; readonly fileHash: string; readonly acceptMissing: number | null; readonly counts: ImportCounts;
  readonly preparedBy: string; readonly preparedAt: Instant;
};

/** 导入记录: a list that was let in. */
export type ImportRun = { readonly id: string; readonly title: string; readonly rows: number; readonly counts: ImportCounts; readonly at: Instant };

/** Why a list is not let in; nothing is written then. */
export type CommitRefusal = 'not-found' | 'not-acknowledged' | 'same-person' | 'changed-meanwhile' | 'truncated' | 'invalid';

/** Days after which a list nobody let in is forgotten: by then the directory is another. */
export const draftKeptDays = 14;
