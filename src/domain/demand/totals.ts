import type { DemandBand } from '#domain/demand/model.ts';
import type { DemandCount } from '#domain/demand/ports.ts';

/** Counts under this are not published. */
export const leastShown = 5;

/**
 * 需求汇总 ready to be published, from the whole down: the place (all null), a street, a street's age band, and that in a month.
 * `count` null: hidden, one to four or hidden with such a one. Each count is part of one sum only, so that hiding can be complete:
 * with sums across streets as well a reader could work hidden counts out from several tables at once.
 */
export type DemandTotal = { readonly subdistrict: string | null; readonly band: DemandBand | null; readonly month: string | null; readonly count: number | null };

type Cell = { readonly key: string; readonly sumKey: string | null; readonly total: Omit<DemandTotal, 'count'>; readonly count: number };
type Line = { readonly parts: readonly Cell[]; readonly sum: Cell };

const cellsOf = (counts: readonly DemandCount[]): ReadonlyMap<string, Cell> => {
  const cells = new Map<string, Cell>();
  for (const { subdistrict, band, month, count } of counts) {
    const totals = [
      { subdistrict: null, band: null, month: null }, { subdistrict, band: null, month: null }, { subdistrict, band, month: null }, { subdistrict, band, month },
    ];
    const keys = totals.map((total) => [total.subdistrict, total.band, total.month].filter((part) => part !== null).join('|'));
    for (const [level, total] of totals.entries()) {
      const key = keys[level] ?? '';
      cells.set(key, { key, sumKey: level === 0 ? null : keys[level - 1] ?? '', total, count: (cells.get(key)?.count ?? 0) + count });
    }
  }
  return cells;
};

// A line is one sum and the cells that make it up: what a reader could subtract.
const linesOf = (cells: ReadonlyMap<string, Cell>): readonly Line[] =>
  [...Map.groupBy([...cells.values()].filter(({ sumKey }) => sumKey !== null), ({ sumKey }) => sumKey ?? '')].flatMap(([key, parts]): Line[] => {
    const sum = cells.get(key);
    return sum ? [{ parts, sum }] : [];
  });

// What is hidden in a line can be had together by subtraction, and each hidden count is at least one: so together at least five (a lone one never is).
const nextToHide = ({ parts, sum }: Line, hidden: ReadonlySet<string>): Cell | undefined => {
  const gone = parts.filter(({ key }) => hidden.has(key));
  const isSafe = hidden.has(sum.key) ? gone.length > 0 : gone.length === 0 || gone.reduce((total, { count }) => total + count, 0) >= leastShown;
  return isSafe ? undefined : parts.filter(({ key }) => !hidden.has(key)).toSorted(bySize)[0];
};

const bySize = (one: Cell, other: Cell): number => one.count - other.count || (one.key < other.key ? -1 : 1);

/** 小数隐藏: every count with the sums it is part of; those under five hidden, and with them as many more as it takes that no subtraction gives a hidden one away. */
export function hideSmall(counts: readonly DemandCount[]): readonly DemandTotal[] {
  const cells = cellsOf(counts.filter(({ count }) => count > 0));
  const lines = linesOf(cells);
  const hidden = new Set([...cells.values()].filter(({ count }) => count < leastShown).map(({ key }) => key));
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size;
    for (const line of lines) {
      const more = nextToHide(line, hidden);
      if (more) hidden.add(more.key);
    }
  }
  return [...cells.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ key, total, count }) => ({ ...total, count: hidden.has(key) ? null : count }));
}
