import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { duty, type Jurisdiction } from '#domain/jurisdiction/model.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { listCell, numberCell, optionalCell, readCsv, textCell, type CsvReading } from '#storage/files/readCsv.ts';

const otherDutyRow = z.strictObject({
  /** What it is about, in the document's own terms: none of the sixteen subjects. */
  matter: textCell, lead: optionalCell.pipe(duty.shape.lead), joint: listCell.pipe(duty.shape.joint), basis: textCell.pipe(duty.shape.basis), line: numberCell, quote: textCell,
});
export type OtherDuty = z.infer<typeof otherDutyRow>;

/** The file in which a place's duties outside the sixteen subjects stand, as the sentences name it. */
export const otherDutiesLabel = (dataDir: string, code: string): string => `${basename(dataDir)}/jurisdictions/${code}/other-duties.csv`;

/** 其他职责: the rows of a place's other-duties.csv with their lines; none where the place has no such file. */
export const readOtherDuties = (dataDir: string, code: string): CsvReading<OtherDuty> => {
  const file = join(dataDir, 'jurisdictions', code, 'other-duties.csv');
  return existsSync(file) ? readCsv(file, otherDutiesLabel(dataDir, code), otherDutyRow) : { rows: [], problems: [] };
};

/** 其他职责 of a place, each department known; else one DataError with all sentences. */
export const loadOtherDuties = (dataDir: string, { code, departments }: Pick<Jurisdiction, 'code' | 'departments'>): readonly OtherDuty[] => {
  const { rows, problems } = readOtherDuties(dataDir, code);
  const known = new Set(departments.map(({ key }) => key));
  const unknown = rows.flatMap(({ line, value }) => [value.lead, ...value.joint].filter((key) => key !== null && !known.has(key)).map((key) => `${otherDutiesLabel(dataDir, code)} line ${line}: expected a key of departments.csv, got "${key ?? ''}"`));
  stopOn([...problems, ...unknown]);
  return rows.map(({ value }) => value);
};
