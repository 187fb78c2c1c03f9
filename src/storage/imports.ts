import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ImportDiff, ImportRules, IncomingRow } from '#domain/directory/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { loadRecords, markMissing, putInstitution, type DirectoryRecord } from '#storage/directory.ts';
import { cellProblem, makeNotes, UnreadableFileError, type ProblemList } from '#storage/files/importProblems.ts';
import { readImport, type ImportReading } from '#storage/files/importRows.ts';
import { makePinyinFor, type PinyinFor } from '#storage/files/recordPinyin.ts';
import { noteChange } from '#storage/listing.ts';
import type { Storage, WriteTx } from '#storage/schema.ts';

export type ImportStage = 'reading' | 'comparing' | 'preparing' | 'writing';

export type ImportRequest = {
  readonly storage: Storage;
  readonly rules: ImportRules;
  readonly jurisdiction: Jurisdiction;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** False: say what would happen and write nothing. */
  readonly commit: boolean;
  readonly today: IsoDate;
  readonly now: Instant;
  readonly newId: () => string;
  /** The exact number of institutions that may go missing, where that number is suspicious. */
  readonly acceptMissing?: number | undefined;
  readonly actor?: string;
  readonly pinyinFor?: PinyinFor;
  /** Whether this is still the difference somebody said yes to; else nothing is written and the answer is 'changed-meanwhile'. */
  readonly isExpected?: (diff: ImportDiff<DirectoryRecord>) => boolean;
  /** Written in the same transaction; false takes everything back and answers 'changed-meanwhile'. */
  readonly alongside?: (tx: WriteTx) => Promise<boolean>;
  readonly onProgress?: (stage: ImportStage, done: number, total: number) => void;
};

type Read = { readonly warnings: ProblemList; readonly rowCount: number; readonly format: 'registry' | 'full' };

/** What became of a list: faults in it, a refusal, what it would do, or what it did. */
export type ImportResult =
  | { readonly kind: 'invalid'; readonly problems: ProblemList; readonly warnings: ProblemList }
  | (Read & { readonly kind: 'refused'; readonly diff: ImportDiff<DirectoryRecord> })
  | { readonly kind: 'changed-meanwhile' }
  | (Read & { readonly kind: 'dry-run' | 'committed'; readonly diff: ImportDiff<DirectoryRecord> });

/** The directory was changed by someone else between comparing and writing. */
class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

const empty: ProblemList = { sentences: [], count: 0 };

const clashProblems = (clashing: readonly IncomingRow[]): ProblemList => {
  const problems = makeNotes();
  for (const { line, institution: { name } } of clashing) {
    problems.add(line, cellProblem(line, 'credit_code', `a credit code, because another institution was once read without one under the name and address of ${name}`, ''));
  }
  return problems.list();
};

const recordsOf = (diff: ImportDiff<DirectoryRecord>, format: 'registry' | 'full', pinyinFor: PinyinFor, onDone: (done: number, total: number) => void): readonly DirectoryRecord[] => {
  const bare = [
    ...diff.added.map(({ institution, rowKey, rowHash }) => ({ institution, rowKey, rowHash, origin: format })),
    ...[...diff.changed, ...diff.returned].map(({ after }) => after),
  ];
  return bare.map((record, index) => {
    if (index % 500 === 0) onDone(index, bare.length);
    return { ...record, pinyin: pinyinFor(record.institution) };
  });
};

const chunksOf = <Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));

/** Says of unchanged records that they were read again, without writing them anew. */
async function confirmSource(tx: WriteTx, records: readonly DirectoryRecord[], title: string, readOn: IsoDate): Promise<number> {
  const older = records.filter(({ institution: { source } }) => source.readOn !== readOn || source.title !== title).map(({ institution }) => institution.id);
  for (const ids of chunksOf(older, 1_000)) {
    await tx.updateTable('institution').set({ source_title: title, source_read_on: readOn }).where('id', 'in', ids).execute();
  }
  return older.length;
}

/** 变更记录 of a list: which facts of which institution it changed, and who went missing or came back. */
const importChanges = (diff: ImportDiff<DirectoryRecord>): readonly { readonly institution: string; readonly kind: 'record' | 'missing' | 'returned'; readonly parts: string[] }[] => [
  ...diff.changed.map(({ after, fields }) => ({ institution: after.institution.id, kind: 'record' as const, parts: [...fields] })),
  ...diff.returned.map(({ after, fields }) => ({ institution: after.institution.id, kind: 'returned' as const, parts: [...fields] })),
  ...diff.missing.map(({ institution }) => ({ institution: institution.id, kind: 'missing' as const, parts: [] })),
];

async function writeImport(tx: WriteTx, request: ImportRequest, reading: ImportReading, diff: ImportDiff<DirectoryRecord>, records: readonly DirectoryRecord[], revision: number): Promise<void> {
  const { jurisdiction, bytes, now, today, newId } = request;
  const id = newId();
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const fileName = basename(request.fileName);
  const counts = { rows: reading.rowCount, added: diff.added.length, changed: diff.changed.length, missing: diff.missing.length, returned: diff.returned.length };
  // The head of the chain is the lock that keeps two imports apart; the revision is read behind it.
  await appendAudit(tx, {
    id: newId(), jurisdiction: jurisdiction.code, at: now, kind: 'directory-imported', actor: request.actor ?? 'operator', objectKind: 'import', objectId: id,
    detail: { ...counts, origin: reading.list.format, fileName, fileHash, acceptedMissing: request.acceptMissing ?? null },
  });
  const held = await tx.selectFrom('jurisdiction_revision').select('revision').where('jurisdiction_code', '=', jurisdiction.code).executeTakeFirst();
  if ((held?.revision ?? 0) !== revision) throw new ChangedMeanwhile();
  if (request.alongside && !(await request.alongside(tx))) throw new ChangedMeanwhile();
  await tx.insertInto('import_run').values({ id, jurisdiction_code: jurisdiction.code, origin: reading.list.format, file_name: fileName, file_hash: fileHash, ...counts, at: now }).execute();
  for (const [index, record] of records.entries()) {
    if (index % 500 === 0) request.onProgress?.('writing', index, records.length);
    await putInstitution(tx, record);
  }
  for (const { institution } of diff.missing) await markMissing(tx, institution.id, today);
  for (const change of importChanges(diff)) await noteChange(tx, { ...change, id: newId(), jurisdiction: jurisdiction.code, on: today, by: 'authority' });
  const source = reading.list.rows[0]?.institution.source;
  const confirmed = source === undefined ? 0 : await confirmSource(tx, diff.same, source.title, source.readOn);
  if (records.length + diff.missing.length + confirmed > 0) await raiseRevision(tx, jurisdiction.code);
}

async function attemptImport(request: ImportRequest, reading: ImportReading): Promise<ImportResult> {
  const { storage, rules, jurisdiction } = request;
  const revision = await storage.revision(jurisdiction.code);
  request.onProgress?.('comparing', 0, 1);
  const diff = rules.diff(await loadRecords(storage.read, jurisdiction.code), reading.list);
  if (diff.clashing.length > 0) return { kind: 'invalid', problems: clashProblems(diff.clashing), warnings: reading.warnings };
  if (request.isExpected?.(diff) === false) return { kind: 'changed-meanwhile' };
  const read: Read = { warnings: reading.warnings, rowCount: reading.rowCount, format: reading.list.format };
  const isAccepted = request.acceptMissing === undefined ? !rules.isSuspicious(diff, jurisdiction.suspiciousMissingShare) : request.acceptMissing === diff.missing.length;
  if (!isAccepted) return { kind: 'refused', diff, ...read };
  if (!request.commit) return { kind: 'dry-run', diff, ...read };
  const records = recordsOf(diff, reading.list.format, request.pinyinFor ?? makePinyinFor(jurisdiction), (done, total) => request.onProgress?.('preparing', done, total));
  try {
    await storage.write((tx) => writeImport(tx, request, reading, diff, records, revision));
  } catch (fault) {
    if (fault instanceof ChangedMeanwhile) return { kind: 'changed-meanwhile' };
    throw fault;
  }
  return { kind: 'committed', diff, ...read };
}

/** 导入: reads the regulator's list, compares it, and with `commit` writes it in one transaction with its audit event. */
export async function runImport(request: ImportRequest): Promise<ImportResult> {
  let reading: ImportReading;
  try {
    reading = await readImport(request, (done, total) => request.onProgress?.('reading', done, total));
  } catch (fault) {
    if (!(fault instanceof UnreadableFileError)) throw fault;
    return { kind: 'invalid', problems: { sentences: [fault.message], count: 1 }, warnings: empty };
  }
  if (reading.problems.count > 0) return { kind: 'invalid', problems: reading.problems, warnings: reading.warnings };
  const first = await attemptImport(request, reading);
  return first.kind === 'changed-meanwhile' ? attemptImport(request, reading) : first;
}
