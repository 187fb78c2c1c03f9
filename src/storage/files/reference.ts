import { basename, join } from 'node:path';
import { z } from 'zod';
import { monthBand, monthTopics, referenceSource, type Checkup, type MonthBand, type Reference, type VaccineDose, type WarningSign } from '#domain/guidance/monthModel.ts';
import { confidences } from '#domain/jurisdiction/model.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { listCell, numberCell, optionalCell, optionalNumberCell, readCsv, textCell, yesNoCell, type CsvReading } from '#storage/files/readCsv.ts';
import { readJson } from '#storage/files/readJson.ts';

const sourced = { source: textCell, confidence: z.enum(confidences) };
const idCell = z.string().regex(/^[a-z0-9-]+$/, 'id');
const doseRow = z.strictObject({ id: idCell, vaccine: textCell, dose: numberCell, fromMonths: numberCell, finishBeforeMonths: optionalNumberCell, note: optionalCell, ...sourced });
const checkupRow = z.strictObject({
  id: idCell, name: textCell, ageMonths: optionalNumberCell, fromDay: optionalNumberCell, window: optionalCell, where: textCell, screenings: listCell, warningSigns: yesNoCell,
  ...sourced, screeningConfidence: optionalCell.pipe(z.enum(confidences).nullable()),
});
const signRow = z.strictObject({ ageMonths: numberCell, no: numberCell, sign: textCell, ...sourced });

type Labelled<Value> = { readonly label: string; readonly reading: CsvReading<Value> };

const twice = <Value>({ label, reading }: Labelled<Value>, keyOf: (value: Value) => string): readonly string[] =>
  reading.rows.filter(({ value }, at) => reading.rows.findIndex((other) => keyOf(other.value) === keyOf(value)) < at).map(({ line, value }) => `${label} line ${line}: expected each row once, got "${keyOf(value)}" again`);

const unknownSource = ({ label, reading }: Labelled<{ readonly source: string }>, known: ReadonlySet<string>): readonly string[] =>
  reading.rows.filter(({ value }) => !known.has(value.source)).map(({ line, value }) => `${label} line ${line}, column source: expected a key of sources.json, got "${value.source}"`);

const checkDoses = ({ label, reading }: Labelled<VaccineDose>): readonly string[] => reading.rows.flatMap(({ line, value }) => [
  ...(value.finishBeforeMonths !== null && value.finishBeforeMonths <= value.fromMonths ? [`${label} line ${line}, column finishBeforeMonths: expected more than ${value.fromMonths}, got "${value.finishBeforeMonths}"`] : []),
  // The doses of one vaccine come in order, each not before the one before it.
  ...(value.dose > 1 && !reading.rows.some(({ value: other }) => other.vaccine === value.vaccine && other.dose === value.dose - 1 && other.fromMonths < value.fromMonths) ? [`${label} line ${line}, column dose: expected dose ${value.dose - 1} of ${value.vaccine} at a younger age, got none`] : []),
]);

const checkCheckups = ({ label, reading }: Labelled<Checkup>): readonly string[] => reading.rows.flatMap(({ line, value }) => [
  ...(value.ageMonths === null && value.window === null ? [`${label} line ${line}, column window: expected words where no age is given, got ""`] : []),
  ...((value.screenings.length > 0 || value.warningSigns) === (value.screeningConfidence !== null) ? [] : [`${label} line ${line}, column screeningConfidence: expected a letter exactly where something is screened, got "${value.screeningConfidence ?? ''}"`]),
]);

const checkBands = (label: string, bands: readonly MonthBand[], known: ReadonlySet<string>): readonly string[] => bands.flatMap((band, at) => {
  const [where, start] = [`${label}, key ${at}`, at === 0 ? 0 : (bands[at - 1]?.to ?? 0) + 1];
  const named = [...band.sources, ...monthTopics.flatMap((topic) => band[topic].flatMap((line) => (typeof line === 'string' ? [] : [line.source])))];
  return [
    ...monthTopics.flatMap((topic) => band[topic].flatMap((line, index) => (typeof line === 'string' && /\d/.test(line) ? [`${where}.${topic}.${index}: expected text and source, because it holds a number, got "${line}"`] : []))),
    ...(band.from === start && band.to >= band.from ? [] : [`${where}.from: expected a band that begins at ${start}, got "${band.from}–${band.to}"`]),
    ...(at === bands.length - 1 && band.to !== 36 ? [`${where}.to: expected 36 in the last band, got "${band.to}"`] : []),
    ...[...new Set(named)].filter((key) => !known.has(key)).map((key) => `${where}: expected a key of sources.json, got "${key}"`),
    ...[...new Set(named)].filter((key) => !band.sources.includes(key)).map((key) => `${where}.sources: expected "${key}", which a line names`),
  ];
});

/** 月龄资料: doses, visits, warning signs and months of `data/reference`; else one DataError with all sentences. */
export const loadReference = (dataDir: string): Reference => {
  const at = (name: string) => ({ file: join(dataDir, 'reference', name), label: `${basename(dataDir)}/reference/${name}` });
  const csv = <Row extends z.ZodObject>(name: string, row: Row) => ({ label: at(name).label, reading: readCsv(at(name).file, at(name).label, row) });
  const sources = readJson(at('sources.json').file, at('sources.json').label, z.array(referenceSource).min(1));
  const bands = readJson(at('months.json').file, at('months.json').label, z.array(monthBand).min(14));
  const [doses, checkups, signs] = [csv('immunisation.csv', doseRow), csv('checkups.csv', checkupRow), csv('warning-signs.csv', signRow)];
  stopOn([...sources.problems, ...bands.problems, ...doses.reading.problems, ...checkups.reading.problems, ...signs.reading.problems]);
  const keys = (sources.value ?? []).map(({ key }) => key);
  const known = new Set(keys);
  stopOn([
    ...keys.filter((key, index) => keys.indexOf(key) < index).map((key) => `${at('sources.json').label}: expected each key once, got "${key}" again`),
    ...[doses, checkups, signs].flatMap((table) => unknownSource(table, known)),
    ...twice(doses, ({ id }) => id), ...twice(checkups, ({ id }) => id), ...twice(signs, ({ ageMonths, no }: WarningSign) => `${ageMonths}/${no}`),
    ...checkDoses(doses), ...checkCheckups(checkups), ...checkBands(at('months.json').label, bands.value ?? [], known),
  ]);
  const valuesOf = <Value>({ reading }: Labelled<Value>): readonly Value[] => reading.rows.map(({ value }) => value);
  return { sources: sources.value ?? [], bands: bands.value ?? [], doses: valuesOf(doses), checkups: valuesOf(checkups), warningSigns: valuesOf(signs) };
};
