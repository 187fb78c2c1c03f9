import { changesBetween, type FieldChange } from '#domain/listingDraft/diff.ts';
import type { ListingGroup, Proposal } from '#domain/listingDraft/model.ts';
import { listingFields, weekdays, yesNoOf, type FieldSpec, type PartSpec } from '#server/pages/listingFields.ts';
import { fullDayText } from '#text/dates.ts';
import { mealText } from '#text/listing.ts';
import { fieldText, listingGroupText } from '#text/listingFields.ts';

/** One line of a comparison: what it is, as it was, as it is to be. */
export type DiffLine = { readonly name: string; readonly before: string; readonly after: string; readonly isNew: boolean; readonly isGone: boolean };
export type DiffGroup = { readonly group: ListingGroup; readonly title: string; readonly lines: readonly DiffLine[] };

const isContent = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldSaid(spec: FieldSpec, value: unknown): string {
  if (value === null || value === undefined) return spec.first ?? '';
  if (typeof value === 'boolean') return yesNoOf(spec).find((one) => one.value === (value ? 'yes' : 'no'))?.label ?? '';
  if (Array.isArray(value)) return value.map(String).join('、');
  if (spec.kind === 'yuan') return `¥${String(Number(value) / 100)}`;
  if (spec.kind === 'day') return fullDayText(String(value));
  return spec.options?.find((one) => one.value === String(value))?.label ?? String(value);
}

const allFields = (group: ListingGroup): readonly FieldSpec[] => listingFields[group].flatMap(({ fields }) => fields);
const wordOf = (part: PartSpec | undefined, token: string): string =>
  [...(part?.rows?.keys ?? []), ...(part?.fields ?? []).flatMap(({ options }) => options ?? []), ...weekdays].find(({ value }) => value === token)?.label ?? token;

const entryName = (part: PartSpec | undefined, name: string): string => name.split(' ').filter((token) => token !== '').map((token) => (part?.rows?.by === 'weekday' ? weekdays.find(({ value }) => value === token)?.label ?? token : wordOf(part, token))).join(' ');

/** An entry of a list in one line, without what already stands in its name. */
const entrySaid = (part: PartSpec | undefined, entry: Readonly<Record<string, unknown>>, name: string): string =>
  (part?.fields ?? []).filter(({ path }) => !name.split(' ').includes(String(entry[path]))).flatMap((spec) => { const said = fieldSaid(spec, entry[spec.path]); return said === '' || said === spec.first ? [] : [spec.kind === 'count' || spec.kind === 'month' ? `${spec.label} ${said}` : spec.path === 'per' ? `每${said}` : said]; }).join('，');

const isMeal = (meal: string): meal is keyof typeof mealText => meal in mealText;

function lineOf(change: FieldChange): DiffLine {
  const { group, path } = change;
  const [head = '', name = '', meal = ''] = path;
  const part = listingFields[group].find(({ rows }) => rows?.path === head);
  const isEntry = part !== undefined && name !== '';
  const said = (value: unknown): string => {
    if (value === undefined) return fieldText.nothing;
    if (isContent(value)) return group === 'menu' ? String(value['food']) : entrySaid(part, value, name) || fieldText.yes;
    if (group === 'modes' && Array.isArray(value)) return value.map((one) => allFields('modes').find((field) => field.path === `modes:${String(one)}`)?.label ?? String(one)).join('、') || fieldText.nothing;
    const spec = allFields(group).find((one) => one.path === (group === 'admission' ? path.slice(1) : path).join('.'));
    return spec ? fieldSaid(spec, value) : String(value);
  };
  const plainName = (): string => {
    if (group === 'modes') return listingGroupText.modes.title;
    const key = (group === 'admission' ? path.slice(1) : path).join('.');
    const block = listingFields[group].find(({ fields }) => fields.some((one) => one.path === key));
    const label = block?.fields.find((one) => one.path === key)?.label ?? key;
    return group === 'disclosures' ? `${block?.legend ?? ''} ${label}` : label;
  };
  const called = isEntry ? [entryName(part, name), isMeal(meal) ? mealText[meal] : ''].filter((word) => word !== '').join(' ') : plainName();
  return { name: called, before: said(change.before), after: said(change.after), isNew: change.before === undefined, isGone: change.after === undefined };
}

/** 逐项比对 in words, group by group: what a page says and what it is to say. */
export function diffView(before: Proposal, after: Proposal): readonly DiffGroup[] {
  const byGroup = Map.groupBy(changesBetween(before, after), ({ group }) => group);
  return [...byGroup].map(([group, changes]) => ({ group, title: listingGroupText[group].title, lines: changes.map(lineOf) }));
}
