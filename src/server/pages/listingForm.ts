import { contentOf, type ListingGroup, type Proposal } from '#domain/listingDraft/model.ts';
import { mealNames } from '#domain/listing/model.ts';
import type { Typed } from '#server/forms.ts';
import { listingFields, yesNoOf, type FieldKind, type FieldSpec, type Option, type PartSpec, type RowsSpec } from '#server/pages/listingFields.ts';
import { fieldText } from '#text/listingFields.ts';

export type FormField = { readonly name: string; readonly label: string; readonly kind: FieldKind; readonly value: string; readonly hint: string | undefined; readonly most: number | undefined; readonly options: readonly Option[] };
/** A row or block of fields with its heading; `hidden` goes along unseen. */
export type FormBlock = { readonly legend: string | null; readonly hint: string | null; readonly isRow: boolean; readonly isNew: boolean; readonly hidden: readonly { readonly name: string; readonly value: string }[]; readonly fields: readonly FormField[] };

export type Content = Readonly<Record<string, unknown>>;
const isContent = (value: unknown): value is Content => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Content[] => (Array.isArray(value) ? value.filter(isContent) : []);

/** What lies at `a.b` of a content; undefined where the way ends. */
export const valueAt = (content: Content, path: string): unknown => path.split('.').reduce<unknown>((held, key) => (isContent(held) ? held[key] : undefined), content);

/** A content as its form sees it: the rule of admission and the meals of a day lie flat. */
export function flattened(group: ListingGroup, content: Content): Content {
  if (group === 'admission') return isContent(content['admission']) ? content['admission'] : {};
  if (group !== 'menu') return content;
  return { ...content, days: listOf(content['days']).map(({ weekday, meals }) => ({ weekday, ...Object.fromEntries(listOf(meals).map(({ meal, food }) => [String(meal), food])) })) };
}

/** The same as the model holds it. */
export function unflattened(group: ListingGroup, content: Record<string, unknown>): Record<string, unknown> {
  if (group === 'menu') {
    return { ...content, days: listOf(content['days']).map((day) => ({ weekday: day['weekday'], meals: mealNames.flatMap((meal) => (typeof day[meal] === 'string' ? [{ meal, food: day[meal] }] : [])) })) };
  }
  if (group !== 'admission') return content;
  const { rule, min, max, ...cohort } = content;
  return { admission: rule === null ? null : rule === 'byMonths' ? { rule, min, max } : { rule, ...cohort } };
}

const fieldValue = (spec: FieldSpec, content: Content): string => {
  const { kind, path } = spec;
  if (kind === 'check') {
    const [list = '', one] = path.split(':');
    const chosen = content[list];
    return Array.isArray(chosen) && chosen.includes(one) ? '1' : '';
  }
  const value = valueAt(content, path);
  if (value === null || value === undefined) return spec.start ?? '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join('\n');
  return kind === 'yuan' ? String(Number(value) / 100) : String(value);
};

const blankOption = (spec: FieldSpec): readonly Option[] => (spec.start === undefined ? [{ value: '', label: spec.first ?? fieldText.blank }] : []);
const fieldOf = (spec: FieldSpec, name: string, value: string): FormField => ({
  name, label: spec.label, kind: spec.kind, value, hint: spec.hint, most: spec.most,
  options: spec.kind === 'yesNo' ? [...blankOption(spec), ...yesNoOf(spec)] : spec.options ? [...blankOption(spec), ...spec.options] : [],
});

/** Entries of a list by the number of their row: those that are there (or were typed), then empty ones. */
function rowsOf(rows: RowsSpec, content: Content, typed: Typed | undefined): readonly { readonly at: number; readonly key: Option | undefined; readonly held: Content }[] {
  const held = listOf(valueAt(content, rows.path));
  const { by, keys } = rows;
  if (by !== undefined && keys) {
    const all = keys.flatMap((key) => { const found = held.filter((entry) => String(entry[by]) === key.value); return (found.length > 0 ? found : [{}]).map((entry) => ({ key, held: entry })); });
    return all.map((row, at) => ({ at, ...row }));
  }
  const sent = typed === undefined ? 0 : Math.max(0, ...Object.keys(typed).flatMap((name) => { const at = new RegExp(`^${rows.path}\\.(\\d{1,2})\\.`).exec(name)?.[1]; return at === undefined ? [] : [Number(at) + 1]; }));
  return Array.from({ length: Math.max(sent, held.length + rows.blank) }, (_, at) => ({ at, key: undefined, held: held[at] ?? {} }));
}

function blocksOf(part: PartSpec, content: Content, typed: Typed | undefined): readonly FormBlock[] {
  const { rows, fields } = part;
  const valueOf = (spec: FieldSpec, name: string, held: Content): string => typed?.[name] ?? (typed && spec.kind === 'check' ? '' : fieldValue(spec, held));
  if (!rows) return [{ legend: part.legend ?? null, hint: part.hint ?? null, isRow: false, isNew: false, hidden: [], fields: fields.map((spec) => fieldOf(spec, spec.path, valueOf(spec, spec.path, content))) }];
  return rowsOf(rows, content, typed).map(({ at, key, held }) => ({
    legend: key?.label ?? `${rows.nth} ${String(at + 1)}`, hint: null, isRow: true, isNew: key === undefined && Object.keys(held).length === 0,
    hidden: key && rows.by !== undefined ? [{ name: `${rows.path}.${String(at)}.${rows.by}`, value: key.value }] : [],
    fields: fields.map((spec) => { const name = `${rows.path}.${String(at)}.${spec.path}`; return fieldOf(spec, name, valueOf(spec, name, held)); }),
  }));
}

/** One group as a form: what stands, or what was typed. */
export const groupForm = (group: ListingGroup, of: Proposal, typed?: Typed): readonly FormBlock[] => {
  const content = flattened(group, contentOf(of, group) ?? {});
  return listingFields[group].flatMap((part) => blocksOf(part, content, typed));
};
