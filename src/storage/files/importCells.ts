import { creditCode, type CreditCode } from '#domain/shared/codes.ts';
import { isoDate, yearMonth, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** What one cell says, or what was expected in its place. */
export type CellReading<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly expected: string };
export type CellReader<Value> = (cell: string) => CellReading<Value>;

/** A cell that could be read. */
export const said = <Value>(value: Value): CellReading<Value> => ({ ok: true, value });
/** A cell that could not, and what would have been right. */
export const wanted = (expected: string): CellReading<never> => ({ ok: false, expected });

/** Codes, numbers and days as typed: full-width characters made plain, blanks at the ends dropped. */
export const plain = (cell: string): string => cell.normalize('NFKC').trim();

const invisible = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const unreadable = /[\uFFFD\uD800-\uDFFF]/u;

/** Words as typed: line breaks and runs of blanks become one blank, invisible characters go. */
export const tidy = (cell: string): string => cell.replace(invisible, '').replace(/[\s\u3000]+/g, ' ').trim();

/** Words of `min` to `max` characters. */
export const words = (min: number, max: number): CellReader<string> => (cell) => {
  const text = tidy(cell);
  return text.length >= min && text.length <= max && !unreadable.test(text) ? said(text) : wanted(`text of ${min} to ${max} characters`);
};

/** The same reader, with null for an empty cell. */
export const optional = <Value>(read: CellReader<Value>): CellReader<Value | null> => (cell) => (tidy(cell) === '' ? said(null) : read(cell));

/** Several values divided by `|`, each read by itself; an empty cell is none. */
export const listOf = <Value>(read: CellReader<Value>, divider = /[|｜]/): CellReader<readonly Value[]> => (cell) => {
  const values: Value[] = [];
  for (const piece of cell.split(divider).filter((one) => tidy(one) !== '')) {
    const reading = read(piece);
    if (!reading.ok) return reading;
    values.push(reading.value);
  }
  return said(values);
};

/** One of a few words: the stable code in any case, or one of its Chinese names. */
export const oneOf = <Code extends string>(names: Readonly<Record<Code, readonly string[]>>, codes: readonly Code[]): CellReader<Code> => {
  const known = new Map(codes.flatMap((code) => [code, ...names[code]].map((name) => [name.toLowerCase(), code] as const)));
  const expected = `one of ${codes.map((code) => `${code} (${names[code].join(', ')})`).join(', ')}`;
  return (cell) => {
    const code = known.get(plain(cell).toLowerCase());
    return code === undefined ? wanted(expected) : said(code);
  };
};

/** 是 / 否. */
export const yesNo: CellReader<boolean> = (cell) => {
  const answer = plain(cell).toLowerCase();
  if (['yes', '是'].includes(answer)) return said(true);
  return ['no', '否'].includes(answer) ? said(false) : wanted('yes or no (是 or 否)');
};

/** A day: `2024-09-28`, `2024/9/28` or `2024年9月28日`, with or without a clock time behind it. */
export const day: CellReader<IsoDate> = (cell) => {
  const match = /^(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?:\s*日)?(?:[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(plain(cell));
  const parsed = isoDate.safeParse(match && `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`);
  return parsed.success ? said(parsed.data) : wanted('a day such as 2024-09-28');
};

/** A day that is not after `today`. */
export const pastDay = (today: IsoDate): CellReader<IsoDate> => (cell) => {
  const reading = day(cell);
  return reading.ok && reading.value > today ? wanted(`a day not after ${today}`) : reading;
};

/** A month such as `2027-03`. */
export const month: CellReader<YearMonth> = (cell) => {
  const parsed = yearMonth.safeParse(plain(cell));
  return parsed.success ? said(parsed.data) : wanted('a month such as 2027-03');
};

/** A whole number from `least` to `most`. */
export const whole = (least: number, most: number): CellReader<number> => (cell) => {
  const digits = plain(cell);
  const value = Number(digits);
  return /^\d{1,9}$/.test(digits) && value >= least && value <= most ? said(value) : wanted(`a whole number from ${least} to ${most}`);
};

/** A number with or without decimals, between two bounds. */
export const decimal = (least: number, most: number): CellReader<number> => (cell) => {
  const digits = plain(cell);
  const value = Number(digits);
  return /^-?\d{1,4}(\.\d{1,15})?$/.test(digits) && value >= least && value <= most ? said(value) : wanted(`a number from ${least} to ${most}`);
};

/** Yuan with at most two decimals, as integer fen. */
export const fen: CellReader<number> = (cell) => {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain(cell));
  return match ? said(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))) : wanted('yuan with at most two decimals, such as 1980 or 1980.50');
};

/** 统一社会信用代码: 18 characters whose last is the right check digit. */
export const credit: CellReader<CreditCode> = (cell) => {
  const code = plain(cell).toUpperCase().replace(/[\s-]/g, '');
  const parsed = creditCode.safeParse(code);
  if (parsed.success) return said(parsed.data);
  return wanted(/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) ? '18 characters whose last is the right check digit' : '18 characters of a credit code (digits and capital letters without I, O, S, V, Z)');
};

/** A clock time `07:30`. */
export const clock: CellReader<string> = (cell) => {
  const match = /^(\d{1,2}):([0-5]\d)$/.exec(plain(cell));
  return match && Number(match[1]) <= 23 ? said(`${match[1]?.padStart(2, '0')}:${match[2]}`) : wanted('a clock time such as 07:30');
};
