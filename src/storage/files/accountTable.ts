import { formulaLike } from '#domain/shared/csv.ts';
import { UnreadableFileError } from '#storage/files/importProblems.ts';
import { readTable } from '#storage/files/readTable.ts';

/** Columns of a list that letters are written for; only the first must be there. */
export const accountColumns = ['机构', '登录名', '岗位'] as const;
export type AccountColumn = (typeof accountColumns)[number];
/** One institution of a list, named by id, 统一社会信用代码 or name. */
export type AccountLine = { readonly line: number; readonly institution: string; readonly login: string | null; readonly title: string | null };
/** What is wrong, and where: line and column as in the file, null where neither can be named; `said` is what stands there. */
export type AccountListProblem = {
  readonly line: number | null; readonly column: string | null; readonly said: string | null;
  readonly code: 'unreadable' | 'empty' | 'too-many' | 'no-column' | 'unknown-column' | 'column-twice' | 'cells' | 'required' | 'too-long' | 'format' | 'formula';
};

/** Accounts made at once, at most: one place's institutions, and a page that a printer takes. */
export const mostAccountLines = 200;
const longest: Readonly<Record<AccountColumn, number>> = { '机构': 120, '登录名': 40, '岗位': 60 };
const hidden = /[\p{Cc}\p{Cf}]/u;

const columnProblems = (columns: readonly string[], line: number): readonly AccountListProblem[] => [
  ...columns.filter((name) => name !== '' && !accountColumns.some((one) => one === name)).map((name) => ({ line, column: name.slice(0, 20), said: null, code: 'unknown-column' as const })),
  ...accountColumns.filter((name) => columns.indexOf(name) !== columns.lastIndexOf(name)).map((name) => ({ line, column: name, said: null, code: 'column-twice' as const })),
  ...(columns.includes('机构') ? [] : [{ line, column: '机构', said: null, code: 'no-column' as const }]),
];

/** A cell's fault; a text that a spreadsheet would run is refused, not repaired. */
const cellFault = (column: AccountColumn, cell: string): AccountListProblem['code'] | undefined => {
  if (cell === '') return column === '机构' ? 'required' : undefined;
  if (cell.length > longest[column]) return 'too-long';
  if (hidden.test(cell)) return 'format';
  return formulaLike.test(cell) ? 'formula' : undefined;
};

/** Reads a CSV or workbook with the columns 机构, and if need be 登录名 and 岗位; every fault names its line and column. */
export async function readAccountTable(bytes: Uint8Array): Promise<{ readonly rows: readonly AccountLine[]; readonly problems: readonly AccountListProblem[] }> {
  const [rows, problems]: [AccountLine[], AccountListProblem[]] = [[], []];
  try {
    const table = await readTable(bytes);
    const wrong = columnProblems(table.columns, table.headerLine);
    if (wrong.length > 0) return { rows: [], problems: wrong };
    for await (const { line, cells } of table.rows) {
      if (rows.length + problems.length >= mostAccountLines) return { rows: [], problems: [{ line, column: null, said: null, code: 'too-many' }] };
      const of = (column: AccountColumn): string => (cells[table.columns.indexOf(column)] ?? '').normalize('NFKC').trim();
      if (cells.length > table.columns.length) problems.push({ line, column: null, said: null, code: 'cells' });
      const faults = accountColumns.flatMap((column) => { const cell = of(column); const code = cellFault(column, cell); return code === undefined ? [] : [{ line, column, said: cell === '' ? null : cell.slice(0, 20), code }]; });
      problems.push(...faults);
      rows.push({ line, institution: of('机构'), login: of('登录名') || null, title: of('岗位') || null });
    }
  } catch (fault) {
    if (!(fault instanceof UnreadableFileError)) throw fault;
    return { rows: [], problems: [{ line: null, column: null, said: null, code: 'unreadable' }] };
  }
  return rows.length === 0 && problems.length === 0 ? { rows, problems: [{ line: null, column: null, said: null, code: 'empty' }] } : { rows, problems };
}
