import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { institution, type Institution } from '#domain/directory/model.ts';
import { nameAndAddress, type ImportFormat, type ImportedFacts, type IncomingList, type IncomingRow } from '#domain/directory/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { carriedBy, fullColumns, readFullRow } from '#storage/files/fullFormat.ts';
import { makeAreaFinder } from '#storage/files/importArea.ts';
import { hasColumn, makeRowReader, readHeading } from '#storage/files/importHeading.ts';
import { cellProblem, makeNotes, UnreadableFileError, type ProblemList, type ProblemNotes } from '#storage/files/importProblems.ts';
import { institutionId } from '#storage/files/institutionId.ts';
import { readTable, type Table } from '#storage/files/readTable.ts';
import { readRegistryRow, registryColumns } from '#storage/files/registryFormat.ts';

/** A list that was read whole, or every fault in it; warnings never stop it. */
export type ImportReading = {
  readonly list: IncomingList;
  readonly rowCount: number;
  readonly problems: ProblemList;
  readonly warnings: ProblemList;
};

export type ImportSource = {
  readonly jurisdiction: Jurisdiction;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly today: IsoDate;
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const formatOf = ({ columns }: Table): ImportFormat => {
  const [registryName, fullName] = [registryColumns[0], fullColumns[0]];
  const isRegistry = registryName !== undefined && hasColumn(columns, registryName);
  const isFull = fullName !== undefined && hasColumn(columns, fullName);
  if (isRegistry !== isFull) return isRegistry ? 'registry' : 'full';
  throw new UnreadableFileError('line 1: expected the headings of the national filing registry (institution_name or 机构注册登记名称, …) or of data/samples/template.csv (name or 机构名称, …)');
};

const rowOf = (facts: ImportedFacts, line: number, format: ImportFormat, { jurisdiction, fileName, today }: ImportSource): IncomingRow => {
  const sourceFile = basename(fileName);
  const rowKey = facts.creditCode ?? hashOf(nameAndAddress(facts));
  const whole: Institution = institution.parse({
    ...facts, id: institutionId({ jurisdiction: jurisdiction.code, creditCode: facts.creditCode, sourceFile, rowKey }), jurisdiction: jurisdiction.code,
    source: { title: `主管部门名单 ${sourceFile}`, url: null, readOn: today }, missingSince: null, planned: null, sample: false,
  });
  return { line, institution: whole, rowKey, rowHash: hashOf(JSON.stringify([format, facts])) };
};

/** Rows that stand twice in one list: the later names the line of the earlier. */
const noteDuplicates = (rows: readonly IncomingRow[], columnOf: (id: 'code' | 'name') => string, problems: ProblemNotes): void => {
  const codes = new Map<string, number>();
  const names = new Map<string, number>();
  for (const { line, institution: { creditCode, name, address } } of rows) {
    const key = nameAndAddress({ name, address });
    const [codeLine, nameLine] = [creditCode === null ? undefined : codes.get(creditCode), names.get(key)];
    if (creditCode !== null && codeLine === undefined) codes.set(creditCode, line);
    if (nameLine === undefined) names.set(key, line);
    if (codeLine !== undefined) problems.add(line, cellProblem(line, columnOf('code'), `each credit code once (it stands on line ${codeLine} too)`, creditCode ?? ''));
    else if (nameLine !== undefined) problems.add(line, cellProblem(line, columnOf('name'), `each name and address once (they stand on line ${nameLine} too)`, name));
  }
};

/** Reads a regulator's list with all its faults; throws UnreadableFileError when it is no table of a known format. */
export async function readImport(source: ImportSource, onRow?: (done: number, total: number) => void): Promise<ImportReading> {
  const table = await readTable(source.bytes);
  const format = formatOf(table);
  const [problems, warnings] = [makeNotes(), makeNotes()];
  const { heading, unknown } = readHeading(table, format === 'registry' ? registryColumns : fullColumns, problems);
  for (const name of unknown) {
    if (format === 'full') problems.add(table.headerLine, cellProblem(table.headerLine, name, 'a known column', name));
    else warnings.add(table.headerLine, `line ${table.headerLine}, column ${name}: not read`);
  }
  const rows: IncomingRow[] = [];
  let rowCount = 0;
  const areas = makeAreaFinder(source.jurisdiction);
  if (problems.count() === 0) {
    for await (const tableRow of table.rows) {
      if (rowCount % 1_000 === 0) onRow?.(rowCount, table.lines);
      rowCount += 1;
      if (tableRow.cells.length < table.columns.length || tableRow.cells.slice(table.columns.length).some((cell) => cell.trim() !== '')) {
        problems.add(tableRow.line, `line ${tableRow.line}: expected ${table.columns.length} cells, got ${tableRow.cells.length}`);
        continue;
      }
      const before = problems.count();
      const row = makeRowReader(tableRow, heading, problems, warnings);
      const facts = format === 'registry' ? readRegistryRow(row, areas, source.today) : readFullRow(row, areas, source.today);
      if (facts.name.startsWith('示例')) row.warn(format === 'registry' ? 'institution_name' : 'name', '示例 marks an invented institution; is this row meant?');
      if (problems.count() === before) rows.push(rowOf(facts, tableRow.line, format, source));
    }
    const ids = format === 'registry' ? { code: 'credit_code', name: 'institution_name' } : { code: 'credit_code', name: 'name' };
    noteDuplicates(rows, (id) => heading.get(ids[id])?.written ?? ids[id], problems);
    if (rowCount === 0) problems.add(table.headerLine, `line ${table.headerLine + 1}: expected at least one institution, got none`);
  }
  return {
    list: { format, carried: carriedBy((column) => heading.has(column)), rows }, rowCount,
    problems: problems.list(), warnings: warnings.list(),
  };
}
