// How long a long list takes, and how much memory: `node tests/bench/import.ts [rows] [csv|xlsx]`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeXlsx from 'write-excel-file/node';
import { importRules } from '#domain/directory/importDiff.ts';
import { dayOf, instantAt, isoDate } from '#domain/shared/dates.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { newId } from '#storage/ids.ts';
import { runImport } from '#storage/imports.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { registryCells, registryCsv, registryHeading } from '#tests/builders/registryList.ts';

const rows = Number(process.argv[2] ?? 60_000);
const format = process.argv[3] === 'xlsx' ? 'xlsx' : 'csv';
const [place] = loadJurisdictions(join(import.meta.dirname, '..', '..', 'data'));
if (!place) throw new Error('no place');

const workbook = async (): Promise<Buffer> => {
  const cell = (value: string) => ({ value, type: String });
  const sheet = [registryHeading.split(',').map(cell), ...Array.from({ length: rows }, (_, index) => registryCells(place, index + 1).map(cell))];
  return await writeXlsx(sheet).toBuffer();
};
const bytes = format === 'csv' ? Buffer.from(registryCsv(place, rows)) : await workbook();
const folder = mkdtempSync(join(tmpdir(), 'tuoyu-bench-'));
const now = instantAt(isoDate.parse('2026-11-22'), '10:00');
const storage = await openSqlite(join(folder, 'bench.sqlite'), now);
const before = Math.round(process.memoryUsage().rss / 1_000_000);
const marks = new Map<string, number>();
const began = performance.now();
const run = async (what: string): Promise<void> => {
  const start = performance.now();
  const result = await runImport({
    storage, rules: importRules, jurisdiction: place, fileName: `list.${format}`, bytes, commit: true, today: dayOf(now), now, newId,
    onProgress: (stage) => { if (!marks.has(stage)) marks.set(stage, performance.now()); },
  });
  const counts = result.kind === 'committed' ? `${result.diff.added.length} new, ${result.diff.same.length} same` : result.kind;
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s, ${counts}`);
};
await run(`first import of ${rows} rows (${format}, ${(bytes.length / 1_000_000).toFixed(1)} MB)`);
console.log([...marks].map(([stage, at]) => `${stage} from ${((at - began) / 1000).toFixed(1)} s`).join(', '));
if (!process.argv.includes('--once')) await run('the same again');
console.log(`memory: ${before} MB before, ${Math.round(process.resourceUsage().maxRSS / 1000)} MB at most`);
await storage.close();
rmSync(folder, { recursive: true });
