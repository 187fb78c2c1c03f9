import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { importRules } from '#domain/directory/importDiff.ts';
import type { ImportDiff } from '#domain/directory/ports.ts';
import { draftKeptDays, type CommitRefusal, type ImportCounts, type ImportDraft, type ImportRun } from '#domain/importDraft/model.ts';
import { mayLetIn, unacknowledged } from '#domain/importDraft/rules.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, dayOf, instantAt, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { DirectoryRecord } from '#storage/directory.ts';
import { readPinyinOverrides } from '#storage/files/pinyin.ts';
import { makePinyinFor } from '#storage/files/recordPinyin.ts';
import { newId } from '#storage/ids.ts';
import { importDraftStore, settleDraft } from '#storage/importDrafts.ts';
import { runImport, type ImportRequest, type ImportResult } from '#storage/imports.ts';
import type { Storage } from '#storage/schema.ts';

/** What a list would do, as compared a moment ago; `seen` is another text once the difference is another. */
export type Compared = { readonly draft: ImportDraft; readonly result: ImportResult; readonly seen: string };
type Sent = { readonly account: string; readonly place: Jurisdiction; readonly title: string; readonly bytes: Uint8Array; readonly acceptMissing: number | null };
type Said = { readonly account: string; readonly place: Jurisdiction; readonly id: string; readonly seen: string; readonly ticked: readonly string[] };

/** 名录导入 as the office uses it: nothing is written to the directory before `commit`. */
export type ImportDesk = {
  readonly prepare: (sent: Sent) => Promise<{ readonly kind: 'prepared'; readonly id: string } | { readonly kind: 'not-let-in'; readonly result: ImportResult }>;
  readonly open: (place: Jurisdiction) => Promise<readonly ImportDraft[]>;
  readonly compare: (place: Jurisdiction, id: string) => Promise<Compared | undefined>;
  readonly commit: (said: Said) => Promise<Outcome<ImportCounts, CommitRefusal>>;
  readonly discard: (account: string, place: Jurisdiction, id: string) => Promise<boolean>;
  readonly runs: (place: Jurisdiction) => Promise<readonly ImportRun[]>;
};

const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const countsOf = (diff: ImportDiff<DirectoryRecord>): ImportCounts => ({ added: diff.added.length, changed: diff.changed.length, missing: diff.missing.length, returned: diff.returned.length });

/** The difference in a few characters: what is new, what each changed record becomes, who is missing. */
const seenOf = (diff: ImportDiff<DirectoryRecord>): string => hashOf(JSON.stringify([
  diff.added.map(({ rowKey, rowHash }) => [rowKey, rowHash]), [...diff.changed, ...diff.returned].map(({ before, after }) => [before.institution, after.institution]), diff.missing.map(({ institution }) => institution.id),
]));

/** Binds the import screen to storage, data and clock. */
export function makeImportDesk(storage: Storage, dataFolder: string, now: () => Instant): ImportDesk {
  const store = importDraftStore(storage);
  const requestFor = (place: Jurisdiction, of: Pick<ImportDraft, 'title' | 'acceptMissing'>, bytes: Uint8Array): ImportRequest =>
    ({ storage, rules: importRules, jurisdiction: place, fileName: of.title, bytes, commit: false, today: dayOf(now()), now: now(), newId, acceptMissing: of.acceptMissing ?? undefined });
  const eventOf = (place: Jurisdiction, kind: string, account: string, id: string, detail: Readonly<Record<string, string | number>>) => ({ id: newId(), jurisdiction: place.code, at: now(), kind, actor: account, objectKind: 'import', objectId: id, detail });
  const prepare: ImportDesk['prepare'] = async ({ account, place, title, bytes, acceptMissing }) => {
    const result = await runImport(requestFor(place, { title, acceptMissing }, bytes));
    if (result.kind !== 'dry-run') return { kind: 'not-let-in', result };
    const at = now();
    const draft: ImportDraft = { id: newId(), title, fileHash: hashOf(bytes), acceptMissing, counts: countsOf(result.diff), preparedBy: account, preparedAt: at };
    const event = eventOf(place, 'import-prepared', account, draft.id, { ...draft.counts, title, fileHash: draft.fileHash });
    return { kind: 'prepared', id: await store.keep(place.code, draft, bytes, instantAt(addDays(dayOf(at), -draftKeptDays), '00:00'), event) };
  };
  const commit: ImportDesk['commit'] = async ({ account, place, id, seen, ticked }) => {
    const found = await store.find(place.code, id);
    if (!found) return refused('not-found');
    if (!mayLetIn(found.draft, account, place.accountProfile ?? 'small')) return refused('same-person');
    let open: readonly string[] = [];
    const result = await runImport({
      ...requestFor(place, found.draft, found.bytes), commit: true, actor: account, pinyinFor: makePinyinFor(place, await readPinyinOverrides(join(dataFolder, 'search', 'pinyin-overrides.csv'))),
      isExpected: (diff) => { open = unacknowledged(countsOf(diff), ticked); return seenOf(diff) === seen && open.length === 0; },
      alongside: (tx) => settleDraft(tx, { jurisdiction: place.code, id, how: 'committed', by: account, at: now() }),
    });
    if (result.kind === 'committed') return done(countsOf(result.diff));
    if (result.kind === 'invalid') return refused('invalid');
    if (result.kind === 'refused') return refused('truncated');
    return refused(open.length > 0 ? 'not-acknowledged' : 'changed-meanwhile');
  };
  return {
    prepare, commit,
    open: (place) => store.open(place.code), runs: (place) => store.runs(place.code, 20),
    compare: async (place, id) => {
      const found = await store.find(place.code, id);
      if (!found) return undefined;
      const result = await runImport(requestFor(place, found.draft, found.bytes));
      return { draft: found.draft, result, seen: 'diff' in result ? seenOf(result.diff) : '' };
    },
    discard: (account, place, id) => store.discard({ jurisdiction: place.code, id, how: 'discarded', by: account, at: now() }, eventOf(place, 'import-discarded', account, id, {})),
  };
}
