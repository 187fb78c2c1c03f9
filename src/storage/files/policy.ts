import { basename, join } from 'node:path';
import { z } from 'zod';
import { allowanceRow, leaveRow, materialRow, national, registrationRow, type PolicyData } from '#domain/guidance/model.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { numberCell, optionalCell, optionalNumberCell, readCsv, textCell, type CsvRow } from '#storage/files/readCsv.ts';

const leaveCells = z.strictObject({
  region: textCell.pipe(leaveRow.shape.region), kind: textCell.pipe(leaveRow.shape.kind), amount: optionalNumberCell.pipe(leaveRow.shape.amount),
  unit: textCell.pipe(leaveRow.shape.unit), detail: optionalCell.pipe(leaveRow.shape.detail), document: textCell.pipe(leaveRow.shape.document),
  article: optionalCell.pipe(leaveRow.shape.article), confidence: textCell.pipe(leaveRow.shape.confidence),
  validFrom: optionalCell.pipe(leaveRow.shape.validFrom), doubt: optionalCell.pipe(leaveRow.shape.doubt),
});

const allowanceCells = z.strictObject({
  region: textCell.pipe(allowanceRow.shape.region), name: textCell.pipe(allowanceRow.shape.name), who: textCell.pipe(allowanceRow.shape.who),
  amount: textCell.pipe(allowanceRow.shape.amount), channel: optionalCell.pipe(allowanceRow.shape.channel),
  from: optionalCell.pipe(allowanceRow.shape.from), until: optionalCell.pipe(allowanceRow.shape.until),
  document: textCell.pipe(allowanceRow.shape.document), number: optionalCell.pipe(allowanceRow.shape.number), confidence: textCell.pipe(allowanceRow.shape.confidence),
});

const materialCells = z.strictObject({
  region: textCell.pipe(materialRow.shape.region), key: textCell.pipe(materialRow.shape.key), group: textCell.pipe(materialRow.shape.group),
  name: textCell.pipe(materialRow.shape.name), point: optionalCell.pipe(materialRow.shape.point), items: optionalCell.pipe(materialRow.shape.items),
  validity: optionalCell.pipe(materialRow.shape.validity), cost: optionalCell.pipe(materialRow.shape.cost), note: optionalCell.pipe(materialRow.shape.note),
  document: optionalCell.pipe(materialRow.shape.document), article: optionalCell.pipe(materialRow.shape.article), confidence: textCell.pipe(materialRow.shape.confidence),
});

const registrationCells = z.strictObject({
  place: textCell.pipe(registrationRow.shape.place), nature: textCell.pipe(registrationRow.shape.nature), body: optionalCell.pipe(registrationRow.shape.body),
  line: numberCell.pipe(registrationRow.shape.line), quote: textCell.pipe(registrationRow.shape.quote), doubt: optionalCell.pipe(registrationRow.shape.doubt),
});

/** Rows that say the same thing twice: the second one is the fault. */
const twice = <Value>(label: string, rows: readonly CsvRow<Value>[], keyOf: (value: Value) => string): readonly string[] => {
  const seen = new Set<string>();
  return rows.flatMap(({ line, value }) => {
    const key = keyOf(value);
    if (seen.has(key)) return [`${label} line ${line}: expected each row once, got "${key}" again`];
    seen.add(key);
    return [];
  });
};

const valuesOf = <Value>(rows: readonly CsvRow<Value>[]): readonly Value[] => rows.map(({ value }) => value);

/** 政策数据: leave, allowances, materials and registration from `data/policy`; else one DataError with all sentences. */
export const loadPolicyData = (dataDir: string): PolicyData => {
  const label = (name: string): string => `${basename(dataDir)}/policy/${name}.csv`;
  const file = (name: string): string => join(dataDir, 'policy', `${name}.csv`);
  const leave = readCsv(file('leave'), label('leave'), leaveCells);
  const allowances = readCsv(file('allowances'), label('allowances'), allowanceCells);
  const materials = readCsv(file('materials'), label('materials'), materialCells);
  const registration = readCsv(file('registration'), label('registration'), registrationCells);
  const floor = leave.rows.filter(({ value }) => value.region === national);
  stopOn([
    ...[leave, allowances, materials, registration].flatMap(({ problems }) => problems),
    ...twice(label('leave'), leave.rows, ({ region, kind }) => `${region} ${kind}`),
    ...twice(label('allowances'), allowances.rows, ({ region, name }) => `${region} ${name}`),
    ...twice(label('materials'), materials.rows, ({ region, key }) => `${region} ${key}`),
    ...twice(label('registration'), registration.rows, ({ place, nature }) => `${place} ${nature}`),
    ...(leave.problems.length === 0 && !floor.some(({ value }) => value.kind === 'maternity' && value.confidence === 'A') ? [`${label('leave')}: expected the national floor (region ${national}, maternity, confidence A)`] : []),
  ]);
  return { leave: valuesOf(leave.rows), allowances: valuesOf(allowances.rows), materials: valuesOf(materials.rows), registration: valuesOf(registration.rows) };
};
