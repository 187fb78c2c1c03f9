/** A cell that a spreadsheet would take for a formula, or that hides one behind a blank. */
export const formulaLike = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

const cellText = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // An apostrophe in front keeps a text a text in every spreadsheet; control characters could end the cell early.
  const safe = formulaLike.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  const plain = safe.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** A table as CSV for spreadsheets: UTF-8 with its mark, CRLF, and no cell that a spreadsheet would run as a formula. Numbers stay numbers. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
