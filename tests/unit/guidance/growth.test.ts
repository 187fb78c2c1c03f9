import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysAfter, daysUntil, exactAge, monthsAfter } from '#domain/guidance/babyAge.ts';
import { ageForGrowth, bandAt, dueDayOf, placeIn } from '#domain/guidance/growth.ts';
import { growthIndicators, growthStandards, sexes, type GrowthIndicator, type GrowthStandard, type Sex } from '#domain/guidance/growthModel.ts';
import { ownLine, plotOf } from '#domain/guidance/growthPlot.ts';
import { loadGrowth } from '#storage/files/growth.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const { tables } = loadGrowth(realData);
const shared = resolve(import.meta.dirname, '../../../../shared');

/** A file read apart from the product: split at line ends and commas, nothing else. Keyed by sex, indicator and month. */
const plain = (file: string): readonly Readonly<Record<string, string>>[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => Object.fromEntries(head.split(',').map((name, at) => [name, line.split(',')[at] ?? ''])));
};
const own = (standard: GrowthStandard) => plain(join(realData, 'reference/growth', `${standard}.csv`));
const rowOf = (standard: GrowthStandard, sex: Sex, indicator: GrowthIndicator, months: number) => own(standard).find((row) => row['sex'] === sex && row['indicator'] === indicator && row['months'] === String(months));

/** −2 SD, median, +2 SD of the row of the file itself, WHO by the LMS formula written once more. */
const fromFile = new Map(growthStandards.flatMap((standard) => own(standard).map((row) => {
  const [L, M, S] = [Number(row['L']), Number(row['M']), Number(row['S'])];
  const value = standard === 'wst423' ? [row['sdMinus2'], row['median'], row['sdPlus2']].map(Number) : [-2, 0, 2].map((z) => Number((L === 0 ? M * Math.exp(S * z) : M * Math.pow(1 + L * S * z, 1 / L)).toFixed(2)));
  return [[standard, row['sex'], row['indicator'], row['months']].join(), value] as const;
})));
const expected = (standard: GrowthStandard, sex: Sex, indicator: GrowthIndicator, months: number) => fromFile.get([standard, sex, indicator, months].join());

const anyTable = fc.record({ standard: fc.constantFrom(...growthStandards), sex: fc.constantFrom(...sexes), indicator: fc.constantFrom(...growthIndicators) });

describe('values', () => {
  test('of 2,000 random inputs at whole months equal the files', () => {
    let compared = 0;
    fc.assert(fc.property(anyTable, fc.integer({ min: 0, max: 36 }), ({ standard, sex, indicator }, months) => {
      const band = bandAt(tables[standard][sex][indicator], indicator, months);
      const row = expected(standard, sex, indicator, months);
      expect(band?.by).toBe(row ? 'table' : 'between');
      if (row) expect([band?.low, band?.median, band?.high]).toEqual(row);
      if (row) compared += 1;
    }), { numRuns: 2000, seed: 423 });
    expect(compared).toBeGreaterThan(1500);
  });

  test('of 2,000 random birth and measuring days equal the line between two rows of the file, and never cross 24 months of length', () => {
    fc.assert(fc.property(anyTable, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 1090 }), ({ standard, sex, indicator }, born, old) => {
      const birth = daysAfter('2018-01-01', born);
      const day = daysAfter(birth, old);
      const read = ageForGrowth({ birth, gestation: null }, day);
      const exact = exactAge(birth, day);
      if (read.kind !== 'age' || !exact) throw new Error(`no age at ${String(old)} days`);
      const age = exact.months + exact.days / daysUntil(monthsAfter(birth, exact.months), monthsAfter(birth, exact.months + 1));
      const months = Array.from({ length: 37 }, (_, month) => month).filter((month) => expected(standard, sex, indicator, month));
      const [below = 0, above = below] = [months.findLast((month) => month <= age), months.find((month) => month >= age)];
      const [low, high] = [expected(standard, sex, indicator, below) ?? [], expected(standard, sex, indicator, above) ?? []];
      const part = above === below ? 0 : (age - below) / (above - below);
      const band = bandAt(tables[standard][sex][indicator], indicator, read.months);
      const held = indicator === 'length' && age > 23 && age < 24;
      const wanted = low.map((value, at) => (held ? value : value + ((high[at] ?? 0) - value) * part));
      expect(band?.by).toBe(held ? 'held' : part === 0 ? 'table' : 'between');
      for (const [at, value] of [band?.low, band?.median, band?.high].entries()) expect(Math.abs((value ?? 0) - (wanted[at] ?? 0))).toBeLessThanOrEqual(0.00501);
    }), { numRuns: 2000, seed: 2022 });
  });

  test.skipIf(!existsSync(shared))('equal the public transcriptions they were taken from, whose percentiles fit in', () => {
    const [sd, percentiles, lms] = [plain(join(shared, 'facts/wst423-2022-sd.csv')), plain(join(shared, 'data/growth/wst423_2022_percentiles_0_36m.csv')), plain(join(shared, 'data/growth/who_lms_monthly_0_36.csv'))];
    const longName: Readonly<Record<GrowthIndicator, string>> = { weight: 'weight_for_age', length: 'length_height_for_age', head: 'head_circumference_for_age' };
    const counted = { sd: 0, percentiles: 0, who: 0 };
    for (const sex of sexes) for (const indicator of growthIndicators) {
      for (const [months, low, median, high] of tables.wst423[sex][indicator]) {
        const row = sd.find((one) => one['sex'] === (sex === 'boys' ? 'male' : 'female') && one['indicator'] === (indicator === 'length' ? 'height' : indicator) && one['age_months'] === String(months));
        expect([low, median, high]).toEqual([row?.['sd_m2'], row?.['median'], row?.['sd_p2']].map(Number));
        const share = percentiles.find((one) => one['sex'] === sex && one['indicator'] === longName[indicator] && one['month'] === String(months));
        expect(Number(share?.['P50'])).toBe(median);
        expect(Number(share?.['P3'])).toBeGreaterThanOrEqual(low);
        expect(Number(share?.['P97'])).toBeLessThanOrEqual(high);
        counted.sd += 1;
        counted.percentiles += 1;
      }
      for (const [months, low, median, high] of tables.who[sex][indicator]) {
        const row = lms.find((one) => one['sex'] === sex && one['indicator'] === longName[indicator] && one['month'] === String(months));
        expect([low, median, high]).toEqual([row?.['sd2neg'], row?.['median'], row?.['sd2']].map(Number));
        counted.who += 1;
      }
    }
    expect(counted).toEqual({ sd: 174, percentiles: 174, who: 222 });
  });

  test('the edge belongs to the range, and beyond the tables there is none', () => {
    const rows = tables.wst423.girls.weight;
    const band = bandAt(rows, 'weight', 7);
    expect(band).toMatchObject({ by: 'table' });
    if (!band) throw new Error('no band');
    expect([placeIn(band, band.low), placeIn(band, band.high), placeIn(band, band.low - 0.01), placeIn(band, band.high + 0.01)]).toEqual(['within', 'within', 'ask', 'ask']);
    expect([bandAt(rows, 'weight', -0.1), bandAt(rows, 'weight', 36.01), bandAt(rows, 'weight', 36)?.by]).toEqual([null, null, 'table']);
  });

  test('a length on the last lying day is read on the last lying row, weight and head are not', () => {
    const at = (indicator: GrowthIndicator) => bandAt(tables.wst423.boys[indicator], indicator, 23.9);
    expect(at('length')).toMatchObject({ by: 'held', rowMonths: 23, low: 81.9, median: 88, high: 94.1 });
    expect([at('weight')?.by, at('head')?.by]).toEqual(['between', 'between']);
    expect(bandAt(tables.wst423.boys.length, 'length', 24)).toMatchObject({ by: 'table', low: 82, median: 88.2, high: 94.4 });
  });
});

describe('a child born at 32 weeks', () => {
  const child = { birth: '2024-04-01', gestation: { weeks: 32, days: 0 } };
  test('is read eight weeks younger until 24 months, and by its birth from then on', () => {
    expect(dueDayOf(child.birth, child.gestation)).toBe('2024-05-27');
    expect(ageForGrowth(child, '2024-08-27')).toMatchObject({ kind: 'age', months: 3, corrected: true });
    expect(ageForGrowth(child, '2026-03-31')).toMatchObject({ kind: 'age', corrected: true, exact: { months: 22, days: 4 } });
    expect(ageForGrowth(child, '2026-04-01')).toMatchObject({ kind: 'age', months: 24, corrected: false });
  });
  test('has no range before its due day, before its birth, or after 36 months', () => {
    expect([ageForGrowth(child, '2024-05-26').kind, ageForGrowth(child, '2024-03-31').kind, ageForGrowth(child, '2027-04-01').kind, ageForGrowth(child, '2027-04-02').kind]).toEqual(['before-due', 'before-birth', 'age', 'older']);
  });
  test('37 weeks are not corrected, 36 weeks and 6 days are', () => {
    const correctedAt = (weeks: number, days: number) => ageForGrowth({ birth: '2026-01-01', gestation: { weeks, days } }, '2026-06-01');
    expect([correctedAt(37, 0), correctedAt(36, 6), correctedAt(42, 0)]).toMatchObject([{ corrected: false }, { corrected: true }, { corrected: false }]);
  });
});

describe('the chart', () => {
  test('joins nothing across 24 months of length', () => {
    const stretches = (indicator: GrowthIndicator) => plotOf(tables.wst423.girls[indicator], indicator, []).stretches;
    expect([stretches('length').length, stretches('weight').length, stretches('head').length]).toEqual([2, 1, 1]);
    expect(stretches('length')[0]?.low.split('L')).toHaveLength(24);
    const plot = plotOf(tables.wst423.girls.length, 'length', []);
    const points = [10, 23, 24, 30].map((months) => ({ months, value: 80, corrected: false }));
    expect(ownLine(points, 'length', plot).match(/M/g)).toHaveLength(2);
    expect(ownLine(points, 'weight', plot).match(/M/g)).toHaveLength(1);
  });
  test('gives every value of both standards a place inside, and makes room for one far outside', () => {
    for (const standard of growthStandards) for (const sex of sexes) for (const indicator of growthIndicators) {
      const plot = plotOf(tables[standard][sex][indicator], indicator, []);
      for (const [, low, , high] of tables[standard][sex][indicator]) for (const value of [low, high]) expect(plot.downAt(value)).toSatisfy((at: number) => at >= 0 && at <= 100);
    }
    const plot = plotOf(tables.who.boys.weight, 'weight', [31]);
    expect(plot.downAt(31)).toBeGreaterThanOrEqual(0);
    expect(plot.valueMarks.at(-1)).toEqual({ at: 0, label: '32' });
  });
});

describe('the files', () => {
  const faultsAfter = (file: string, from: string, to: string): readonly string[] => {
    const data = copyOfData();
    spoil(data, `reference/growth/${file}`, from, to);
    return problemsOf(() => loadGrowth(data));
  };
  test.each([
    ['wst423.csv', 'boys,weight,3,,5.5,', 'boys,weight,3,,9.9,', 'expected −2 SD < median < +2 SD for boys weight at month 3'],
    ['wst423.csv', 'boys,weight,3,,5.5,', 'boys,weight,3,,4.0,', 'expected boys weight not to shrink at month 3'],
    ['wst423.csv', 'girls,length,24,standing,', 'girls,length,24,lying,', 'column position: expected "standing" for length at month 24, got "lying"'],
    ['wst423.csv', 'girls,head,27,', 'girls,head,26,', 'expected months 0 1 2 3'],
    ['wst423.csv', 'boys,weight,3,,5.5,', 'boys,weight,3,,5.5kg,', 'line 5, column sdMinus2'],
    ['who.csv', 'boys,weight,1,,30,', 'boys,weight,1,,31,', 'column ageDays: expected 30, got "31"'],
    ['who.csv', 'who-2006', 'who-2007', 'column source: expected a key of sources.json, got "who-2007"'],
    ['sources.json', '"confidence": "C"', '"confidence": "Z"', 'sources.json'],
  ])('%s with "%s" as "%s" is refused', (file, from, to, sentence) => {
    expect(faultsAfter(file, from, to).join('\n')).toContain(sentence);
  });
  test('say how many transcriptions stand behind a row', () => {
    expect(rowOf('wst423', 'boys', 'head', 5)?.['transcriptions']).toBe('1');
    expect(rowOf('wst423', 'boys', 'weight', 5)?.['transcriptions']).toBe('2');
  });
});
