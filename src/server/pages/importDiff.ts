import type { ImportDiff, RecordChange } from '#domain/directory/ports.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { ImportGroup } from '#domain/importDraft/model.ts';
import { importGroups } from '#domain/importDraft/model.ts';
import type { ImportResult } from '#storage/imports.ts';
import type { DirectoryRecord } from '#storage/directory.ts';
import { natureText } from '#text/directory.ts';
import { importSentence } from '#text/importProblems.ts';
import { importGroupText, importText as words } from '#text/imports.ts';
import { partText } from '#text/listing.ts';

const mostRows = 200;
const mostSentences = 50;
type Row = { readonly name: string; readonly lines: readonly string[] };
type Sentences = { readonly lines: readonly string[]; readonly more: string | null; readonly count: number };

/** The importer's sentences as the office reads them; one without words of its own says so and keeps its place. */
export const sentencesOf = ({ sentences, count }: { readonly sentences: readonly string[]; readonly count: number }): Sentences => {
  const lines = sentences.slice(0, mostSentences).map((one) => importSentence(one) ?? words.unnamed);
  return { lines, more: count > lines.length ? words.problemsMore(count - lines.length) : null, count };
};

const shown = (place: Jurisdiction, of: Institution, field: string): string | undefined => {
  if (field === 'name' || field === 'address' || field === 'phone' || field === 'creditCode') return of[field] ?? words.empty;
  if (field === 'subdistrict') return place.subdistricts.find(({ code }) => code === of.subdistrict)?.name ?? words.empty;
  if (field === 'nature') return of.nature === null ? words.empty : natureText[of.nature];
  return undefined;
};

/** Each fact that a list changes: what it was and what it becomes, where that is a word or two; else its name. */
const changeLines = (place: Jurisdiction, { before, after, fields }: RecordChange<DirectoryRecord>): readonly string[] => fields.map((field) => {
  const [was, is] = [shown(place, before.institution, field), shown(place, after.institution, field)];
  return was === undefined || is === undefined ? partText(field) : `${partText(field)}：${words.from(was, is)}`;
});

const rowsOf = (place: Jurisdiction, diff: ImportDiff<DirectoryRecord>, group: ImportGroup): readonly Row[] => {
  if (group === 'added') return diff.added.slice(0, mostRows).map(({ institution }) => ({ name: institution.name, lines: [[shown(place, institution, 'subdistrict'), institution.address].filter(Boolean).join(' ')] }));
  if (group === 'missing') return diff.missing.slice(0, mostRows).map(({ institution }) => ({ name: institution.name, lines: [shown(place, institution, 'subdistrict') ?? ''] }));
  return diff[group].slice(0, mostRows).map((change) => ({ name: change.after.institution.name, lines: changeLines(place, change) }));
};

/** 差异 as a page shows it: groups that hold anything, each with its rows. */
export const diffView = (place: Jurisdiction, diff: ImportDiff<DirectoryRecord>) => ({
  same: words.same(diff.same.length),
  groups: importGroups.filter((group) => diff[group].length > 0).map((group) => {
    const [all, rows] = [diff[group].length, rowsOf(place, diff, group)];
    return { group, ...importGroupText[group], count: all, rows, more: all > rows.length ? words.more(all - rows.length) : null };
  }),
});
export type DiffView = ReturnType<typeof diffView>;

/** What a list that is not kept says to whoever sent it. */
export function notLetIn(result: ImportResult, acceptMissing: number | null) {
  if (result.kind === 'invalid') return { title: words.problems(result.problems.count), problems: sentencesOf(result.problems), lines: [], names: [] };
  if (result.kind !== 'refused') return { title: words.truncatedWrong(acceptMissing ?? 0, 0), problems: null, lines: [], names: [] };
  const { missing, present } = result.diff;
  const wrong = acceptMissing === null ? [] : [words.truncatedWrong(acceptMissing, missing.length)];
  return { title: words.truncated(missing.length, present), problems: null, lines: [...wrong, words.truncatedWhat(missing.length)], names: missing.slice(0, mostRows).map(({ institution }) => institution.name) };
}
