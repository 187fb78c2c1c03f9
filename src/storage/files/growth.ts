import { basename, join } from 'node:path';
import { z } from 'zod';
import { growthIndicators, lastGrowthMonth, lmsValue, sexes, standingFrom, type GrowthIndicator, type GrowthRow, type GrowthTables, type Sex } from '#domain/guidance/growthModel.ts';
import { referenceSource, type ReferenceSource } from '#domain/guidance/monthModel.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { numberCell, readCsv, textCell, type CsvReading } from '#storage/files/readCsv.ts';
import { readJson } from '#storage/files/readJson.ts';

const decimalCell = z.string().regex(/^\d+\.\d$/, 'one-decimal').transform(Number);
const parameterCell = z.string().regex(/^-?\d+(\.\d+)?$/, 'number').transform(Number);
const keyed = { sex: z.enum(sexes), indicator: z.enum(growthIndicators), months: numberCell, position: z.enum(['lying', 'standing', '']), source: textCell };
const nationalRow = z.strictObject({ ...keyed, sdMinus2: decimalCell, median: decimalCell, sdPlus2: decimalCell, transcriptions: numberCell });
const whoRow = z.strictObject({ ...keyed, ageDays: numberCell, L: parameterCell, M: parameterCell, S: parameterCell });

/** Months the national table prints: each to 24, then every third. */
const nationalMonths = [...Array.from({ length: standingFrom + 1 }, (_, months) => months), 27, 30, 33, lastGrowthMonth];
const whoMonths = Array.from({ length: lastGrowthMonth + 1 }, (_, months) => months);
/** WHO counts a month as this many days. */
const daysOfMonth = 30.4375;

type Keyed = { readonly sex: Sex; readonly indicator: GrowthIndicator; readonly months: number; readonly position: string; readonly source: string };
type Read<Value> = { readonly label: string; readonly reading: CsvReading<Value> };

const checkRows = <Value extends Keyed>({ label, reading }: Read<Value>, known: ReadonlySet<string>): readonly string[] => reading.rows.flatMap(({ line, value }) => {
  const position = value.indicator !== 'length' ? '' : value.months < standingFrom ? 'lying' : 'standing';
  return [
    ...(value.position === position ? [] : [`${label} line ${line}, column position: expected "${position}" for ${value.indicator} at month ${value.months}, got "${value.position}"`]),
    ...(known.has(value.source) ? [] : [`${label} line ${line}, column source: expected a key of sources.json, got "${value.source}"`]),
  ];
});

/** One table: each wanted month once, in order, −2 SD below the median below +2 SD, and nothing that shrinks but where lying turns into standing. */
const checkTable = (label: string, name: string, indicator: GrowthIndicator, rows: readonly GrowthRow[], wanted: readonly number[]): readonly string[] => [
  ...(rows.map(([months]) => months).join() === wanted.join() ? [] : [`${label}: expected months ${wanted.join(' ')} of ${name} in order, got ${rows.map(([months]) => months).join(' ')}`]),
  ...rows.filter(([, low, median, high]) => !(low > 0 && low < median && median < high)).map(([months]) => `${label}: expected −2 SD < median < +2 SD for ${name} at month ${months}`),
  ...rows.filter((row, at) => {
    const before = rows[at - 1];
    return before !== undefined && !(indicator === 'length' && row[0] === standingFrom) && ([1, 2, 3] as const).some((column) => row[column] < before[column]);
  }).map(([months]) => `${label}: expected ${name} not to shrink at month ${months}`),
];

const tablesOf = <Value extends Keyed>({ reading }: Read<Value>, rowOf: (value: Value) => GrowthRow): GrowthTables['who'] => {
  const of = (sex: Sex) => {
    const rows = (indicator: GrowthIndicator) => reading.rows.filter(({ value }) => value.sex === sex && value.indicator === indicator).map(({ value }) => rowOf(value));
    return { weight: rows('weight'), length: rows('length'), head: rows('head') };
  };
  return { boys: of('boys'), girls: of('girls') };
};

/** What `data/reference/growth` holds: the tables and the documents behind them. */
export type GrowthData = { readonly tables: GrowthTables; readonly sources: readonly ReferenceSource[] };

/** 生长标准 of `data/reference/growth`, both standards from birth to 36 months; else one DataError with all sentences. */
export const loadGrowth = (dataDir: string): GrowthData => {
  const at = (name: string) => ({ file: join(dataDir, 'reference', 'growth', name), label: `${basename(dataDir)}/reference/growth/${name}` });
  const csv = <Row extends z.ZodObject>(name: string, row: Row) => ({ label: at(name).label, reading: readCsv(at(name).file, at(name).label, row) });
  const sources = readJson(at('sources.json').file, at('sources.json').label, z.array(referenceSource).min(1));
  const [national, who] = [csv('wst423.csv', nationalRow), csv('who.csv', whoRow)];
  stopOn([...sources.problems, ...national.reading.problems, ...who.reading.problems]);
  const known = new Set((sources.value ?? []).map(({ key }) => key));
  const tables: GrowthTables = {
    wst423: tablesOf(national, ({ months, sdMinus2, median, sdPlus2 }) => [months, sdMinus2, median, sdPlus2]),
    who: tablesOf(who, (row) => [row.months, lmsValue(row, -2), lmsValue(row, 0), lmsValue(row, 2)]),
  };
  stopOn([
    ...checkRows(national, known), ...checkRows(who, known),
    ...who.reading.rows.filter(({ value }) => value.ageDays !== Math.round(value.months * daysOfMonth)).map(({ line, value }) => `${who.label} line ${line}, column ageDays: expected ${Math.round(value.months * daysOfMonth)}, got "${value.ageDays}"`),
    ...sexes.flatMap((sex) => growthIndicators.flatMap((indicator) => [
      ...checkTable(national.label, `${sex} ${indicator}`, indicator, tables.wst423[sex][indicator], nationalMonths),
      ...checkTable(who.label, `${sex} ${indicator}`, indicator, tables.who[sex][indicator], whoMonths),
    ])),
  ]);
  return { tables, sources: sources.value ?? [] };
};
