import { contentOf, groupsBetween, isSame, type ListingGroup, type Proposal } from '#domain/listingDraft/model.ts';

/** One field that differs. `path` leads to it by names; an entry of a list is named by what tells it apart (its item, band, weekday …). Undefined: not there. */
export type FieldChange = { readonly group: ListingGroup; readonly path: readonly string[]; readonly before: unknown; readonly after: unknown };

const tellsApart = ['item', 'mode', 'band', 'weekday', 'meal', 'from'] as const;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** What an entry of a list is known by: 'care fullDay toddler'; '' where it has nothing of the kind. */
const nameOf = (entry: Readonly<Record<string, unknown>>): string => tellsApart.flatMap((key) => (entry[key] === undefined || entry[key] === null ? [] : [String(entry[key])])).join(' ');

type Leaf = { readonly path: readonly string[]; readonly value: unknown };

/** Every field of a content in its order: simple values, whole entries of lists, and lists of plain values as one. */
function leavesOf(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (Array.isArray(value)) {
    const entries = value.filter(isRecord);
    if (entries.length < value.length) return [{ path, value }];
    const seen = new Map<string, number>();
    return entries.flatMap((entry): readonly Leaf[] => {
      const name = nameOf(entry);
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const own = [...path, nth === 1 ? name : `${name} #${String(nth)}`];
      const inner = Object.entries(entry).filter(([, held]) => Array.isArray(held) && held.some(isRecord));
      return inner.length > 0 ? inner.flatMap(([, held]) => leavesOf(held, own)) : [{ path: own, value: entry }];
    });
  }
  if (isRecord(value)) return Object.entries(value).flatMap(([key, held]) => leavesOf(held, [...path, key]));
  return value === null || value === undefined ? [] : [{ path, value }];
}

const keyOf = ({ path }: Leaf): string => path.join('/');

/** Fields of one group that differ, in the order of the new content; what was taken out comes last. */
export function fieldChanges(group: ListingGroup, before: Proposal, after: Proposal): readonly FieldChange[] {
  const [old, next] = [leavesOf(contentOf(before, group), []), leavesOf(contentOf(after, group), [])];
  const was = new Map(old.map((leaf) => [keyOf(leaf), leaf.value]));
  const is = new Set(next.map(keyOf));
  return [
    ...next.filter((leaf) => !isSame(was.get(keyOf(leaf)) ?? null, leaf.value)).map((leaf) => ({ group, path: leaf.path, before: was.get(keyOf(leaf)), after: leaf.value })),
    ...old.filter((leaf) => !is.has(keyOf(leaf))).map((leaf) => ({ group, path: leaf.path, before: leaf.value, after: undefined })),
  ];
}

/** 逐项比对: every field in which two pages differ, group by group. Nothing differs: nothing is said. */
export const changesBetween = (before: Proposal, after: Proposal): readonly FieldChange[] => groupsBetween(before, after).flatMap((group) => fieldChanges(group, before, after));
