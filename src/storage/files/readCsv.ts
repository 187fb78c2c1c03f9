import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { describeIssue } from '#storage/files/describeIssue.ts';

/** A cell that must hold text. */
export const textCell = z.string().min(1, 'filled');
/** A cell that may be empty: unknown is null. */
export const optionalCell = z.string().transform((text) => (text === '' ? null : text));
/** A cell of values divided by `|`; empty is none. */
export const listCell = z.string().transform((text) => (text === '' ? [] : text.split('|')));
/** A cell that may hold a whole number. */
export const optionalNumberCell = z.string().regex(/^\d*$/, 'whole-number').transform((text) => (text === '' ? null : Number(text)));
/** A cell that may hold a number, 2.8. */
export const optionalDecimalCell = z.string().regex(/^(\d+(\.\d+)?)?$/, 'number').transform((text) => (text === '' ? null : Number(text)));
/** A cell that must hold a whole number. */
export const numberCell = z.string().regex(/^\d+$/, 'whole-number').transform(Number);
/** A cell of `yes` or `no`. */
export const yesNoCell = z.string().regex(/^(yes|no)$/, 'yes-no').transform((text) => text === 'yes');

/** A row and the line of the file it stands on. */
export type CsvRow<Value> = { readonly line: number; readonly value: Value };
/** What reading one CSV gave: the sound rows, and the sentences for the others. */
export type CsvReading<Value> = { readonly rows: readonly CsvRow<Value>[]; readonly problems: readonly string[] };

const csvRecord = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/** Reads one CSV whose first line names the columns of `row`; any other, missing or repeated column stops it. */
export const readCsv = <Row extends z.ZodObject>(file: string, label: string, row: Row): CsvReading<z.infer<Row>> => {
  if (!existsSync(file)) return { rows: [], problems: [`${label}: the file is missing`] };
  let records: z.infer<typeof csvRecord>[];
  try {
    const parsed: unknown = parse(readFileSync(file, 'utf8'), { bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
    records = z.array(csvRecord).parse(parsed);
  } catch (error) {
    return { rows: [], problems: [`${label}: no valid CSV (${error instanceof Error ? error.message : String(error)})`] };
  }
  const header = records[0]?.record ?? [];
  const wanted = Object.keys(row.shape);
  const problems = [
    ...header.filter((name) => !wanted.includes(name)).map((name) => `${label} line 1, column ${name}: unknown column`),
    ...wanted.filter((name) => !header.includes(name)).map((name) => `${label} line 1, column ${name}: the column is missing`),
    ...header.filter((name, index) => header.indexOf(name) !== index).map((name) => `${label} line 1, column ${name}: the column stands twice`),
  ];
  if (problems.length > 0) return { rows: [], problems };
  const rows: CsvRow<z.infer<Row>>[] = [];
  for (const { record, info } of records.slice(1)) {
    const where = `${label} line ${info.lines}`;
    if (record.length !== header.length) {
      problems.push(`${where}: expected ${header.length} columns, got ${record.length}`);
      continue;
    }
    const cells = Object.fromEntries(header.map((name, index) => [name, record[index]]));
    const parsed = row.safeParse(cells);
    if (parsed.success) rows.push({ line: info.lines, value: parsed.data });
    else problems.push(...parsed.error.issues.flatMap((issue) => describeIssue(where, 'column', issue, cells)));
  }
  return { rows, problems };
};
