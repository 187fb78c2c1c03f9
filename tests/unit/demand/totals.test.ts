import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demandBands } from '#domain/demand/model.ts';
import type { DemandCount } from '#domain/demand/ports.ts';
import { hideSmall, leastShown } from '#domain/demand/totals.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { yearMonth } from '#domain/shared/dates.ts';

const cell = (street: number, band: number, month: number, count: number): DemandCount => ({
  subdistrict: subdistrictCode.parse(`12010500${String(street)}`), band: demandBands[band] ?? 'infant', month: yearMonth.parse(`2026-${String(month + 1).padStart(2, '0')}`), count,
});
const shown = (counts: readonly DemandCount[]) => new Map(hideSmall(counts).map(({ subdistrict, band, month, count }) => [`${subdistrict ?? '*'}|${band ?? '*'}|${month ?? '*'}`, count]));

test('counts of five and more are shown with their sums, smaller ones are not', () => {
  const all = shown([cell(1, 1, 0, 9), cell(1, 2, 0, 8), cell(2, 1, 0, 7), cell(2, 2, 0, 4)]);
  expect(all.get('120105002|toddler|2026-01')).toBeNull();
  expect([...all.values()].filter((count) => count !== null && count < leastShown)).toEqual([]);
  expect(all.get('*|*|*')).toBe(28);
});

test('a lone hidden count takes the smallest beside it along, whole; other streets keep theirs', () => {
  const all = shown([cell(1, 1, 0, 9), cell(1, 2, 0, 8), cell(2, 1, 0, 7), cell(2, 1, 1, 8), cell(2, 2, 0, 4), cell(2, 3, 0, 30)]);
  expect([...all].filter(([, count]) => count === null).map(([key]) => key).toSorted()).toEqual(['120105002|infant|*', '120105002|infant|2026-01', '120105002|toddler|*', '120105002|toddler|2026-01']);
  expect(all.get('120105002|*|*')).toBe(49);
});

test('a lone hidden month takes another month of its band along', () => {
  const all = shown([cell(1, 1, 0, 3), cell(1, 1, 1, 6), cell(1, 1, 2, 7)]);
  expect([...all].filter(([, count]) => count === null).map(([key]) => key)).toEqual(['120105001|infant|2026-01', '120105001|infant|2026-02']);
  expect(all.get('120105001|infant|*')).toBe(16);
});

test('two hidden ones that add up to two are two ones: a third goes with them', () => {
  const all = shown([cell(1, 1, 0, 1), cell(1, 2, 0, 1), cell(1, 3, 0, 20), cell(1, 4, 0, 30)]);
  expect(all.get('120105001|older|2026-01')).toBeNull();
  expect(all.get('120105001|overThree|2026-01')).toBe(30);
});

test('where nobody else is, the sums go too', () => {
  expect([...shown([cell(1, 1, 0, 3)]).values()].every((count) => count === null)).toBe(true);
  expect(hideSmall([])).toEqual([]);
});

/** Hidden cells that the sums give away: Gaussian elimination over every line, modulo a prime. */
function givenAway(counts: readonly DemandCount[]): readonly string[] {
  const prime = 33_554_393;
  const all = shown(counts);
  const keys = [...all.keys()];
  const hidden = keys.filter((key) => all.get(key) === null);
  const at = new Map(hidden.map((key, index) => [key, index]));
  const sumOf = (key: string): string | undefined => (key === '*|*|*' ? undefined : key.split('|').map((part, index, parts) => (index === parts.findLastIndex((one) => one !== '*') ? '*' : part)).join('|'));
  const equations = keys.flatMap((sum) => {
    const members = keys.filter((key) => sumOf(key) === sum);
    if (members.length === 0) return [];
    const row = new Array<number>(hidden.length).fill(0);
    for (const member of members) { const index = at.get(member); if (index !== undefined) row[index] = 1; }
    const index = at.get(sum);
    if (index !== undefined) row[index] = prime - 1;
    return [row];
  });
  const inverse = (value: number): number => {
    let [result, base, power] = [1n, BigInt(value), BigInt(prime - 2)];
    for (; power > 0n; power >>= 1n, base = (base * base) % BigInt(prime)) if (power & 1n) result = (result * base) % BigInt(prime);
    return Number(result);
  };
  let rank = 0;
  for (let column = 0; column < hidden.length && rank < equations.length; column += 1) {
    const pivot = equations.findIndex((row, index) => index >= rank && row[column] !== 0);
    const found = equations[pivot];
    const top = equations[rank];
    if (!found || !top) continue;
    [equations[pivot], equations[rank]] = [top, found];
    const factor = inverse(found[column] ?? 1);
    const unit = found.map((value) => Number((BigInt(value) * BigInt(factor)) % BigInt(prime)));
    equations[rank] = unit;
    for (const [index, row] of equations.entries()) {
      const times = row[column] ?? 0;
      if (index === rank || times === 0) continue;
      equations[index] = row.map((value, one) => Number((BigInt(value) + BigInt(prime) * BigInt(prime) - BigInt(times) * BigInt(unit[one] ?? 0)) % BigInt(prime)));
    }
    rank += 1;
  }
  return equations.flatMap((row) => {
    const used = row.flatMap((value, index) => (value === 0 ? [] : [index]));
    return used.length === 1 ? [hidden[used[0] ?? 0] ?? ''] : [];
  });
}

test('no hidden count can be worked out from what is shown, and nothing shown is under five', () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 14 })), { maxLength: 40 })
    .map((cells) => [...new Map(cells.map(([street, band, month, count]) => [`${String(street)}|${String(band)}|${String(month)}`, cell(street, band, month, count)])).values()]);
  fc.assert(fc.property(counts, (drawn) => {
    expect(hideSmall(drawn).filter(({ count }) => count !== null && count < leastShown)).toEqual([]);
    expect(givenAway(drawn)).toEqual([]);
  }), { numRuns: 150 });
});
