import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { UnreadableFileError } from '#storage/files/importProblems.ts';
import { assertUnpacksWithin } from '#storage/files/xlsxSize.ts';

/** A list as it lies in a file: its heading, and each row with the line it begins on, read as it is asked for. */
export type Table = {
  readonly headerLine: number;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
  /** About how many rows there are, for showing progress. */
  readonly lines: number;
};
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/** What a file may hold; a list beyond this is no list of one place. */
export const tableLimits = { fileBytes: 64_000_000, unpackedBytes: 120_000_000, csvRows: 200_000, xlsxRows: 20_000, cellCharacters: 4_000 } as const;

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

// Chinese text in another encoding gives mostly U+FFFD when read as UTF-8; a UTF-8 file cut or damaged gives few.
const isDamagedUtf8 = (bytes: Uint8Array): { readonly line: number } | undefined => {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  const sound = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return sound > broken * 4 ? { line: text.slice(0, text.indexOf('\uFFFD')).split('\n').length } : undefined;
};

/** Text of a CSV: UTF-8 with or without a mark, else GB18030. Lines end in one line feed, so that they can be counted. */
export const decodeText = (bytes: Uint8Array): string => {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UnreadableFileError('the file is UTF-16; save it as CSV UTF-8');
  }
  const plain = (text: string): string => text.replace(/\r\n?/g, '\n');
  if (isUtf8(bytes)) return plain(new TextDecoder('utf-8').decode(bytes));
  const damaged = isDamagedUtf8(bytes);
  if (damaged) throw new UnreadableFileError(`line ${damaged.line}: the UTF-8 text is cut or damaged here; fetch the file again`);
  try {
    return plain(new TextDecoder('gb18030', { fatal: true }).decode(bytes));
  } catch (fault) {
    throw new UnreadableFileError('the text is neither UTF-8 nor GB18030; save it as CSV UTF-8', { cause: fault });
  }
};

const csvRecord = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
const newlinesIn = (cells: readonly string[]): number => cells.reduce((total, cell) => total + cell.split('\n').length - 1, 0);

const tooMany = (limit: number): UnreadableFileError => new UnreadableFileError(`line ${limit + 2}: expected at most ${limit.toLocaleString('en')} rows; divide the file`);

async function* csvRows(text: string): AsyncGenerator<TableRow, undefined> {
  function* pieces(): Generator<string> {
    for (let at = 0; at < text.length; at += 262_144) yield text.slice(at, at + 262_144);
  }
  let count = 0;
  let lastLine = 0; // of the last whole record, noted while parsing: an error arrives before the records that precede it
  const parser = parse({
    info: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n', max_record_size: 262_144,
    on_record: (record: string[], { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  const source = Readable.from(pieces(), { objectMode: false });
  source.pipe(parser);
  try {
    for await (const parsed of parser) {
      const { record, info } = csvRecord.parse(parsed);
      if (isBlank(record)) continue;
      count += 1;
      if (count > tableLimits.csvRows + 1) throw tooMany(tableLimits.csvRows);
      yield { line: info.lines - newlinesIn(record), cells: record };
    }
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    if (fault.code === 'CSV_QUOTE_NOT_CLOSED' || fault.code === 'CSV_MAX_RECORD_SIZE') throw new UnreadableFileError(`line ${lastLine + 1}: a quotation mark is opened here or just below and never closed`, { cause: fault });
    throw new UnreadableFileError(`line ${typeof fault['lines'] === 'number' ? fault['lines'] : lastLine + 1}: a quotation mark stands where it may not; write "" for one inside a quoted cell`, { cause: fault });
  } finally {
    source.destroy();
  }
}

/** A cell of a workbook as text: days as YYYY-MM-DD, numbers as they were written, yes and no for true and false. */
const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? 'unreadable day' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell).replace(/\r\n?/g, '\n');
};

async function readXlsx(bytes: Buffer): Promise<readonly (readonly unknown[])[]> {
  assertUnpacksWithin(bytes, tableLimits.unpackedBytes);
  try {
    const { readSheet } = await import('read-excel-file/universal'); // loaded when a workbook comes
    // This entry unpacks by the directory that was just checked; the one for Node walks the file instead.
    return await readSheet(Uint8Array.from(bytes).buffer, { parseNumber: (digits) => digits });
  } catch (fault) {
    throw new UnreadableFileError('the file is not a workbook this program can read; save it again as .xlsx or .csv', { cause: fault });
  }
}

async function* xlsxRows(sheet: readonly (readonly unknown[])[]): AsyncGenerator<TableRow, undefined> {
  if (sheet.length > tableLimits.xlsxRows + 1) throw tooMany(tableLimits.xlsxRows);
  const width = sheet[0]?.length ?? 0;
  for (const [index, row] of sheet.entries()) {
    const cells = Array.from({ length: Math.max(width, row.length) }, (_, column) => cellText(row[column]));
    if (!isBlank(cells)) yield { line: index + 1, cells };
  }
}

async function* withShortCells(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow, undefined> {
  for await (const row of rows) {
    if (row.cells.some((cell) => cell.length > tableLimits.cellCharacters)) throw new UnreadableFileError(`line ${row.line}: expected cells of at most ${tableLimits.cellCharacters} characters`);
    yield row;
  }
}

async function tableOf(found: AsyncGenerator<TableRow, undefined>, lines: number): Promise<Table> {
  const rows = withShortCells(found);
  const header = await rows.next();
  if (header.done === true) throw new UnreadableFileError('the file has no rows');
  return { headerLine: header.value.line, columns: header.value.cells.map((cell) => cell.replace(/\s+/g, ' ').trim()), rows, lines };
}

/** Reads a CSV or the first sheet of an XLSX as rows of text; throws UnreadableFileError, at once or while rows are read. */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.length === 0) throw new UnreadableFileError('the file is empty');
  if (bytes.length > tableLimits.fileBytes) throw new UnreadableFileError(`expected a file of at most ${tableLimits.fileBytes / 1_000_000} MB, got ${Math.ceil(bytes.length / 1_000_000)} MB`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw new UnreadableFileError('the file is an old .xls workbook or is protected; save it as .xlsx or .csv');
  if (buffer.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) {
    const sheet = await readXlsx(buffer);
    return tableOf(xlsxRows(sheet), sheet.length);
  }
  const text = decodeText(bytes);
  return tableOf(csvRows(text), text.split('\n').length);
}
