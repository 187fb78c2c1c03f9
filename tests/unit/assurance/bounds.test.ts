// Uploads, heavy work and the log as src/deploy/security.md tells them, against the code.
import { expect, test } from 'vitest';
import { createLog } from '#server/log.ts';
import { caseFileLimits } from '#server/uploads.ts';
import { tableLimits } from '#storage/files/readTable.ts';
import { quoted, rowsOf, sectionOf } from '#tests/assurance/document.ts';
import { sources } from '#tests/assurance/sources.ts';

const textOf = (path: string): string => sources.find((one) => one.path === path)?.text ?? '';
const mega = 1024 * 1024;

test('files that are taken: how many, how large, how many pixels, how many rows', () => {
  const [complaints = [], photos = [], lists = []] = rowsOf('Uploads');
  expect(complaints[2]).toBe(`${String(caseFileLimits.files)} files, ${String(caseFileLimits.fileBytes / mega)} MB each, ${String(caseFileLimits.allFileBytes / mega)} MB together, 50 million pixels`);
  for (const path of ['src/server/uploads.ts', 'src/server/photos.ts']) expect(textOf(path)).toContain('const mostPixels = 50_000_000;');
  expect(photos[2]).toBe('10 MB, 50 million pixels');
  expect(textOf('src/server/photos.ts')).toContain('const mostBytes = 10 * 1024 * 1024;');
  expect(lists[2]).toBe(`12 MB over the office, ${String(tableLimits.fileBytes / 1e6)} MB by command, ${String(tableLimits.unpackedBytes / 1e6)} MB unpacked, ${tableLimits.xlsxRows.toLocaleString('en')} rows of a workbook`);
  expect(textOf('src/server/importPages.ts')).toContain('fileBytes: 12_000_000,');
});

test('heavy work: the bounds in force', () => {
  const bounds = new Map(rowsOf('Heavy work').map(([what = '', bound = '']) => [what, bound]));
  const main = textOf('src/server/main.ts');
  expect(main).toContain('connections: 2000, headersMs: 10_000, renderMs: 30_000');
  expect([bounds.get('Connections'), bounds.get('Rendering a page'), bounds.get("A request's head / body")]).toEqual([expect.stringContaining('2,000'), expect.stringContaining('30 seconds'), expect.stringContaining('10 seconds')]);
  expect(textOf('src/server/passwords.ts')).toMatch(/Two at once hold 38 MiB; who comes while forty wait/);
  expect(textOf('src/server/outbox.ts')).toContain('batch: 50,');
});

test('a line of the log has the documented fields and no other', () => {
  const [program = []] = rowsOf('Log');
  const documented = new Set(quoted(program[1] ?? ''));
  const lines: string[] = [];
  const log = createLog('info', (line) => { lines.push(line); });
  log.request({ requestId: 'r', method: 'GET', route: '/x/?phone=1', status: 200, ms: 1 });
  log.fault(Object.assign(new Error('x'), { code: 'E' }), 'r');
  expect(lines).toHaveLength(2);
  for (const line of lines) for (const field of Object.keys(JSON.parse(line))) expect(documented, field).toContain(field);
  expect(JSON.parse(lines[0] ?? '{}').time).toMatch(/Z$/);
});

test('when a known hole is mended is written down, for every grade', () => {
  expect(sectionOf('Updates')).toMatch(/within 2 days; high within 7; others within 30/);
});
