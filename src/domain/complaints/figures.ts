import type { Subject } from '#domain/jurisdiction/model.ts';
import { dayOf, type IsoDate } from '#domain/shared/dates.ts';
import type { FigureRange, FigureRow } from '#domain/complaints/ports.ts';

/** One published cell; null where fewer than five cases stand behind it. Shares are whole per cent. */
export type FigureCell = { readonly subject: Subject; readonly department: string | null; readonly cases: number | null; readonly inTime: number | null; readonly satisfied: number | null };
/** 诉求统计 of a place: never a single complaint. */
export type ComplaintFigures = FigureRange & { readonly total: number | null; readonly inTime: number | null; readonly satisfied: number | null; readonly cells: readonly FigureCell[] };

/** Fewer cases than this could point to a family. */
export const fewestShown = 5;

const share = (rows: readonly FigureRow[], isPart: (row: FigureRow) => boolean): number | null => (rows.length < fewestShown ? null : Math.round((100 * rows.filter(isPart).length) / rows.length));
const isInTime = ({ answeredAt, answerBy }: FigureRow): boolean => answeredAt !== null && answerBy !== null && dayOf(answeredAt) <= answerBy;
const isSatisfied = ({ satisfaction }: FigureRow): boolean => satisfaction !== null && satisfaction >= 4;

const sharesOf = (rows: readonly FigureRow[], today: IsoDate) => ({
  // Cases still within their time say nothing yet.
  inTime: share(rows.filter((row) => row.answerBy !== null && (row.answeredAt !== null || row.answerBy < today)), isInTime),
  satisfied: share(rows.filter(({ satisfaction }) => satisfaction !== null), isSatisfied),
});

/** One hidden cell beside a published total could be worked out from it: then the next smallest is hidden too. */
function hideSmall(cells: readonly (FigureCell & { readonly count: number })[]): ReadonlySet<FigureCell> {
  const ordered = cells.toSorted((one, other) => one.count - other.count);
  const small = ordered.filter(({ count }) => count < fewestShown);
  return new Set(small.length === 1 ? ordered.slice(0, 2) : small);
}

/** 诉求统计: cases by subject and department with the shares answered in time and rated 4 or 5, small counts hidden. */
export function figuresOf(rows: readonly FigureRow[], range: FigureRange, today: IsoDate): ComplaintFigures {
  const groups = [...Map.groupBy(rows, ({ subject, department }) => `${subject}|${department ?? ''}`).values()];
  const counted = groups.flatMap((group) => {
    const first = group[0];
    return first ? [{ subject: first.subject, department: first.department, cases: group.length, count: group.length, ...sharesOf(group, today) }] : [];
  });
  const hidden = hideSmall(counted);
  return {
    ...range, total: rows.length < fewestShown ? null : rows.length, ...sharesOf(rows, today),
    cells: counted.toSorted((one, other) => other.count - one.count).map((cell) => {
      const { subject, department, cases, inTime, satisfied } = cell;
      return hidden.has(cell) ? { subject, department, cases: null, inTime: null, satisfied: null } : { subject, department, cases, inTime, satisfied };
    }),
  };
}
