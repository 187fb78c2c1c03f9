import { listingWords } from '#domain/listing/model.ts';
import { factGroups, isFactGroup, typedFacts, type ListingGroup } from '#domain/listingDraft/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { Typed } from '#server/forms.ts';
import { listingFields, wholeOrNull, type FieldKind, type FieldSpec, type RowsSpec } from '#server/pages/listingFields.ts';
import { unflattened, valueAt } from '#server/pages/listingForm.ts';
import { fieldText, kindFaultText } from '#text/listingFields.ts';

export type GroupError = { readonly field: string; readonly message: string };
type Raw = Record<string, unknown>;
type Issue = { readonly path: readonly PropertyKey[]; readonly code?: string | undefined; readonly message: string; readonly maximum?: unknown; readonly origin?: unknown };

const mostRows = 60;
const plain = (typed: string | undefined): string => (typed ?? '').normalize('NFKC').trim();
const words = (typed: string | undefined): string => (typed ?? '').replace(/\r\n/g, '\n').trim();

/** A field as typed: null where it was left empty; what cannot be read stays as it is and is refused by the model. */
function valueOf(kind: FieldKind, typed: string | undefined): unknown {
  const given = plain(typed);
  if (given === '') return null;
  switch (kind) {
    case 'count': return /^\d{1,6}$/.test(given) ? Number(given) : given;
    case 'yuan': return /^\d{1,7}(\.\d{1,2})?$/.test(given) ? Math.round(Number(given) * 100) : given;
    case 'clock': return /^\d:\d\d$/.test(given) ? `0${given}` : given;
    case 'yesNo': return given === 'yes' ? true : given === 'no' ? false : given;
    case 'lines': return words(typed).split('\n').map((line) => line.trim()).filter((line) => line !== '');
    case 'text': case 'long': return words(typed);
    case 'day': case 'month': case 'choice': case 'check': return given;
  }
}

function put(into: Raw, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) { into[key] = value; return; }
  const held = into[key];
  const inner: Raw = typeof held === 'object' && held !== null ? { ...held } : {};
  put(inner, rest.join('.'), value);
  into[key] = inner;
}

/** Entries of a list as typed without the rows left empty, and the row each came from. */
function readRows(rows: RowsSpec, fields: readonly FieldSpec[], typed: Typed): { readonly entries: readonly Raw[]; readonly cameFrom: readonly number[] } {
  const found = Array.from({ length: mostRows }, (_, at) => at).flatMap((at) => {
    const nameOf = (path: string): string => `${rows.path}.${String(at)}.${path}`;
    const entry: Raw = {};
    for (const field of fields) put(entry, field.path, valueOf(field.kind, typed[nameOf(field.path)]));
    const isEmpty = fields.every(({ path }) => (rows.ignore ?? []).includes(path) || valueAt(entry, path) === null);
    if (isEmpty) return [];
    const key = rows.by === undefined ? undefined : typed[nameOf(rows.by)];
    return [{ at, entry: rows.by === undefined ? entry : { [rows.by]: rows.by === 'weekday' ? Number(key) : key, ...entry } }];
  });
  return { entries: found.map(({ entry }) => entry), cameFrom: found.map(({ at }) => at) };
}

type ReadContent = { readonly raw: Raw; readonly rowOf: (path: string, at: number) => number; readonly isEmpty: boolean };

function readContent(group: ListingGroup, typed: Typed): ReadContent {
  const raw: Raw = {};
  const origins = new Map<string, readonly number[]>();
  for (const { rows, fields } of listingFields[group]) {
    if (rows) {
      const { entries, cameFrom } = readRows(rows, fields, typed);
      raw[rows.path] = entries;
      origins.set(rows.path, cameFrom);
    } else if (fields[0]?.kind === 'check') {
      const list = fields[0].path.split(':')[0] ?? '';
      raw[list] = fields.filter(({ path }) => typed[path] === '1').map(({ path }) => path.split(':')[1]);
    } else for (const { path, kind } of fields) put(raw, path, valueOf(kind, typed[path]));
  }
  const isNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isNothing));
  for (const key of wholeOrNull[group] ?? []) if (isNothing(raw[key])) raw[key] = null;
  return { raw: unflattened(group, raw), rowOf: (path, at) => origins.get(path)?.[at] ?? at, isEmpty: isNothing(raw) };
}

const specOf = (group: ListingGroup, name: string): FieldSpec | undefined => {
  const bare = name.replace(/^([A-Za-z]+)\.\d+\./, '');
  return listingFields[group].flatMap(({ fields }) => fields).find(({ path }) => path === bare || path === name);
};

function sentenceFor(spec: FieldSpec | undefined, issue: Issue, typed: string): string {
  if (!spec) return kindFaultText.text;
  if (issue.message === 'phone') return fieldText.phone;
  if (issue.message === 'monday') return fieldText.monday;
  if (issue.message === 'range' && spec.path === 'qualified') return fieldText.qualified;
  if (typed === '') return fieldText.missing(spec.label);
  if (issue.code === 'too_big' && typeof issue.maximum === 'number') return issue.origin === 'string' ? fieldText.tooLong(spec.label, issue.maximum) : issue.origin === 'array' ? fieldText.tooMany(spec.label, issue.maximum) : fieldText.range(spec.label, issue.maximum);
  return `${spec.label}：${kindFaultText[spec.kind]}`;
}

/** Where an issue of the model shows on the form: the field itself, else the nearest of its row, else the first. */
function errorOf(group: ListingGroup, issue: Issue, { rowOf }: ReadContent, typed: Typed): GroupError {
  const [first, second, ...rest] = issue.path.filter((part, at) => !(group === 'admission' && at === 0 && part === 'admission'));
  const head = String(first ?? '');
  const name = typeof second === 'number' && listingFields[group].some(({ rows }) => rows?.path === head) ? [head, rowOf(head, second), ...rest].join('.') : [head, ...(second === undefined ? [] : [String(second)]), ...rest.map(String)].join('.');
  const spec = specOf(group, name);
  const fields = listingFields[group].flatMap((part) => part.fields.map(({ path }) => (part.rows ? `${part.rows.path}.${String(typeof second === 'number' ? rowOf(head, second) : 0)}.${path}` : path)));
  const field = spec ? (specOf(group, name)?.kind === 'lines' ? spec.path : name) : fields.find((one) => one.startsWith(`${head}.`) || one.startsWith(`${head}:`)) ?? fields.find((one) => one === head) ?? fields[0] ?? '';
  return { field, message: sentenceFor(spec ?? specOf(group, field), issue, plain(typed[field])) };
}

function issuesOf(group: ListingGroup, raw: Raw, on: IsoDate): { readonly issues: readonly Issue[]; readonly content: Raw } {
  if (isFactGroup(group)) {
    const read = factGroups[group].map((key) => ({ key, read: typedFacts.shape[key].safeParse(raw[key]) }));
    return {
      issues: read.flatMap(({ key, read: one }) => (one.success ? [] : one.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })))),
      content: Object.fromEntries(read.map(({ key, read: one }) => [key, one.data])),
    };
  }
  const read = listingWords.shape[group].safeParse({ ...raw, saidBy: 'institution', asOf: on });
  return { issues: read.success ? [] : read.error.issues, content: read.success && read.data ? { ...read.data } : {} };
}

/** One group as sent: its content, null where every field of own words was left empty; or what is wrong, field by field. */
export function readGroup(group: ListingGroup, typed: Typed, on: IsoDate): { readonly ok: true; readonly content: Readonly<Raw> | null } | { readonly ok: false; readonly errors: readonly GroupError[] } {
  const read = readContent(group, typed);
  if (read.isEmpty && !isFactGroup(group)) return { ok: true, content: null };
  const { issues, content } = issuesOf(group, read.raw, on);
  if (issues.length > 0) {
    const errors = issues.map((issue) => errorOf(group, issue, read, typed));
    return { ok: false, errors: errors.filter(({ field }, at) => errors.findIndex((one) => one.field === field) === at) };
  }
  return { ok: true, content };
}
