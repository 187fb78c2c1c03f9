import { cellProblem, type ProblemNotes } from '#storage/files/importProblems.ts';
import { plain, type CellReader } from '#storage/files/importCells.ts';
import type { Table, TableRow } from '#storage/files/readTable.ts';

/** A column a format knows: its stable id and its Chinese heading. */
export type ColumnSpec = { readonly id: string; readonly heading: string; readonly required: boolean };

/** Where each known column stands, and under which heading it was written. */
export type Heading = ReadonlyMap<string, { readonly index: number; readonly written: string }>;

export type HeadingReading = { readonly heading: Heading; readonly unknown: readonly string[] };

const keyOf = (written: string): string => plain(written).toLowerCase().replace(/\s/g, '');

/** Whether a column is there, by id or by Chinese heading. */
export const hasColumn = (columns: readonly string[], { id, heading }: ColumnSpec): boolean =>
  columns.some((written) => [id, keyOf(heading)].includes(keyOf(written)));

/** Finds the columns of a format; missing required ones and repeated ones are problems, unknown ones are listed. */
export function readHeading({ columns, headerLine }: Table, specs: readonly ColumnSpec[], problems: ProblemNotes): HeadingReading {
  const known = new Map(specs.flatMap((spec) => [[spec.id, spec.id], [keyOf(spec.heading), spec.id]] as const));
  const heading = new Map<string, { readonly index: number; readonly written: string }>();
  const unknown: string[] = [];
  for (const [index, written] of columns.entries()) {
    if (written === '') continue;
    const id = known.get(keyOf(written));
    if (id === undefined) unknown.push(written);
    else if (heading.has(id)) problems.add(headerLine, cellProblem(headerLine, written, 'each column once', written));
    else heading.set(id, { index, written });
  }
  for (const { id, heading: name } of specs.filter((spec) => spec.required && !heading.has(spec.id))) {
    problems.add(headerLine, `line ${headerLine}, column ${id}: expected this column (or ${name}), got none`);
  }
  return { heading, unknown };
}

/** Reads the cells of one row and remembers what was wrong or worth saying. */
export type RowReader = {
  readonly line: number;
  readonly has: (column: string) => boolean;
  readonly cell: (column: string) => string;
  /** The value, or `fallback` with a problem noted; a row with problems is never used. */
  readonly read: <Value, Fallback>(column: string, reader: CellReader<Value>, fallback: Fallback) => Value | Fallback;
  readonly wrong: (column: string, expected: string) => void;
  readonly warn: (column: string, text: string) => void;
};

/** A reader of one row; what it finds goes into the two collections. */
export function makeRowReader({ line, cells }: TableRow, heading: Heading, problems: ProblemNotes, warnings: ProblemNotes): RowReader {
  const cell = (column: string): string => cells[heading.get(column)?.index ?? -1] ?? '';
  const nameOf = (column: string): string => heading.get(column)?.written ?? column;
  const wrong = (column: string, expected: string): void => {
    problems.add(line, cellProblem(line, nameOf(column), expected, cell(column)));
  };
  return {
    line, cell, wrong,
    has: (column) => heading.has(column),
    read: (column, reader, fallback) => {
      const reading = reader(cell(column));
      if (reading.ok) return reading.value;
      wrong(column, reading.expected);
      return fallback;
    },
    warn: (column, text) => {
      warnings.add(line, `line ${line}, column ${nameOf(column)}: ${text}`);
    },
  };
}
