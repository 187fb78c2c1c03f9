import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { importRules } from '#domain/directory/importDiff.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { runImport, type ImportRequest, type ImportResult } from '#storage/imports.ts';
import type { Storage } from '#storage/schema.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { aPlace, fullCsv, importDay } from '#tests/builders/importList.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { aCreditCode, registryCells, registryCsv, registryHeading } from '#tests/builders/registryList.ts';

const place = aPlace('hebei');
const root = join(import.meta.dirname, '..', '..');
let folder: string;
let storage: Storage;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tuoyu-import-'));
  storage = await openSqlite(join(folder, 'demo.sqlite'), 0);
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const importList = (content: string | Uint8Array, change: Partial<ImportRequest> = {}): Promise<ImportResult> => runImport({
  storage, rules: importRules, jurisdiction: place, fileName: 'list.csv', bytes: typeof content === 'string' ? Buffer.from(content) : content,
  commit: true, today: importDay, now: instantAt(importDay, '10:00'), newId, ...change,
});
const countsOf = (result: ImportResult): unknown => ('diff' in result
  ? [result.kind, result.diff.added.length, result.diff.changed.length, result.diff.missing.length, result.diff.returned.length, result.diff.same.length] : result);

/** Everything an import may write, as text. */
const everything = async (): Promise<string> => JSON.stringify([
  await loadRecords(storage.read, place.code), await storage.read.selectFrom('import_run').selectAll().execute(), await storage.read.selectFrom('audit_event').selectAll().execute(),
  await storage.revision(place.code),
]);

test('a dry run writes nothing; a commit writes records, a run and its audit event, and raises the revision', async () => {
  const before = await everything();
  expect(countsOf(await importList(registryCsv(place, 12), { commit: false }))).toEqual(['dry-run', 12, 0, 0, 0, 0]);
  expect(await everything()).toBe(before);
  expect(countsOf(await importList(registryCsv(place, 12)))).toEqual(['committed', 12, 0, 0, 0, 0]);
  const records = await loadRecords(storage.read, place.code);
  expect(records).toHaveLength(12);
  expect(records[0]).toMatchObject({ origin: 'registry', institution: { source: { title: '主管部门名单 list.csv', readOn: '2026-11-22' }, credential: { number: null, state: 'receipted' } } });
  expect(JSON.parse(records[0]?.pinyin ?? '')).toMatchObject({ name: { full: expect.arrayContaining(['shi', 'li']) } });
  expect(await storage.read.selectFrom('import_run').select(['origin', 'rows', 'added', 'missing']).execute()).toEqual([{ origin: 'registry', rows: 12, added: 12, missing: 0 }]);
  expect(await storage.read.selectFrom('audit_event').select(['kind', 'actor', 'jurisdiction_code']).execute()).toEqual([{ kind: 'directory-imported', actor: 'operator', jurisdiction_code: place.code }]);
  expect(await storage.revision(place.code)).toBe(1);
});

test('the same list again changes nothing; on another day only the day it was read', async () => {
  await importList(registryCsv(place, 12));
  const before = await loadRecords(storage.read, place.code);
  expect(countsOf(await importList(registryCsv(place, 12)))).toEqual(['committed', 0, 0, 0, 0, 12]);
  expect(await loadRecords(storage.read, place.code)).toEqual(before);
  expect(await storage.revision(place.code)).toBe(1);
  const tomorrow = isoDate.parse('2026-11-23');
  await importList(registryCsv(place, 12), { today: tomorrow });
  expect(await loadRecords(storage.read, place.code)).toEqual(before.map((record) => ({ ...record, institution: { ...record.institution, source: { ...record.institution.source, readOn: tomorrow } } })));
  expect(await storage.revision(place.code)).toBe(2);
});

test('a full list stored and read again is the same list', async () => {
  const list = fullCsv({
    credit_code: aCreditCode(1), subdistrict: '王串场街道', modes: 'hourly|fullDay', bands: 'older:20|infant:10:2', confirmed_on: '2026-11-18', fees: 'care:fullDay:1980/month|meals:-:-/day:optional:按实结算',
    recognition: '示例机关;-;2026-01-01;-;older:20,infant:5;-', hours: '1-5 07:30-18:00', lng: '117.2', lat: '39.1', crs: 'gcj02', admission: 'months:6-36',
  });
  await importList(list);
  // Another spelling of the same facts has another hash, so that every fact is compared as it was stored.
  const respelt = list.replace('王串场街道', '120105008').replace('hourly|fullDay', '全日托|计时托').replace('"filing"', '"备案"').replace('示例机关;-', '示例机关;－');
  await storage.write(async (tx) => { await tx.updateTable('institution').set({ row_hash: 'other' }).execute(); });
  expect(countsOf(await importList(respelt))).toEqual(['committed', 0, 0, 0, 0, 1]);
});

test('a list cut short is refused until the exact number of missing is named; the missing return with the next whole list', async () => {
  await importList(registryCsv(place, 12));
  const before = await everything();
  expect(countsOf(await importList(registryCsv(place, 8)))).toEqual(['refused', 0, 0, 4, 0, 8]);
  expect(countsOf(await importList(registryCsv(place, 8), { acceptMissing: 5 }))).toEqual(['refused', 0, 0, 4, 0, 8]);
  expect(await everything()).toBe(before);
  expect(countsOf(await importList(registryCsv(place, 8), { acceptMissing: 4 }))).toEqual(['committed', 0, 0, 4, 0, 8]);
  const missing = (await loadRecords(storage.read, place.code)).filter(({ institution }) => institution.missingSince !== null);
  expect(missing.map(({ institution }) => [institution.creditCode, institution.missingSince]).toSorted()).toEqual([9, 10, 11, 12].map((number) => [aCreditCode(number), '2026-11-22']).toSorted());
  expect(countsOf(await importList(registryCsv(place, 12)))).toEqual(['committed', 0, 0, 0, 4, 8]);
  expect((await loadRecords(storage.read, place.code)).filter(({ institution }) => institution.missingSince !== null)).toEqual([]);
});

test('planned sites and samples are never touched', async () => {
  const sample = aRecord();
  await storage.write((tx) => putInstitution(tx, sample));
  await importList(registryCsv(place, 3));
  await importList(registryCsv(place, 1), { acceptMissing: 2 });
  expect((await loadRecords(storage.read, place.code)).filter(({ origin }) => origin === 'sample')).toEqual([sample]);
});

test('a registry list over a full one leaves what the registry does not carry', async () => {
  await importList(fullCsv({ name: '示例第1托育园', credit_code: aCreditCode(1), address: '示例路1号', bands: 'older:20:3', confirmed_on: '2026-11-18', fees: 'care:fullDay:1980/month', phone: '022-00000000' }));
  expect(countsOf(await importList(registryCsv(place, 1)))).toEqual(['committed', 0, 1, 0, 0, 0]);
  const [record] = await loadRecords(storage.read, place.code);
  expect(record).toMatchObject({ origin: 'full', institution: { phone: '022-00000000', nature: 'forProfit', fees: [{ amount: 198_000 }], bands: [{ places: 20, free: 3 }], credential: { receiptedOn: '2024-09-28' } } });
});

test('a row that fails late leaves the database as it was', async () => {
  await importList(registryCsv(place, 5));
  const before = await everything();
  await storage.write(async (tx) => {
    await sql`CREATE TRIGGER planted BEFORE INSERT ON institution WHEN NEW.name = '示例第700托育园' BEGIN SELECT RAISE(ABORT, 'planted'); END`.execute(tx);
  });
  await expect(importList(registryCsv(place, 700))).rejects.toThrow('planted');
  expect(await everything()).toBe(before);
});

test('a list with one fault among many rows writes nothing', async () => {
  const before = await everything();
  const result = await importList(`${registryCsv(place, 300)}\n${registryCells(place, 301, { time: '2026-02-30' }).join(',')}`);
  expect(result).toMatchObject({ kind: 'invalid', problems: { count: 1, sentences: ['line 302, column finished_time: expected a day such as 2024-09-28, got "2026-02-30"'] } });
  expect(await everything()).toBe(before);
});

test('a directory that moved between comparing and writing is not written over', async () => {
  await importList(registryCsv(place, 3));
  const before = await everything();
  const stale: Storage = { ...storage, revision: () => 0 };
  expect(await importList(registryCsv(place, 4), { storage: stale })).toEqual({ kind: 'changed-meanwhile' });
  expect(await everything()).toBe(before);
});

test('a workbook is read like a CSV', async () => {
  const cell = (value: string) => ({ value, type: String });
  const sheet = [registryHeading.split(','), registryCells(place, 1), registryCells(place, 2)].map((cells) => cells.map(cell));
  expect(countsOf(await importList(await writeXlsx(sheet).toBuffer(), { fileName: 'list.xlsx' }))).toEqual(['committed', 2, 0, 0, 0, 0]);
  expect(countsOf(await importList(registryCsv(place, 2)))).toEqual(['committed', 0, 0, 0, 0, 2]);
});

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };
const command = (...args: readonly string[]): Promise<Ran> => new Promise((resolve) => {
  const environment = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, NOW: '2026-11-22T10:00:00+08:00' };
  const child = spawn(process.execPath, [join(root, 'src', 'cli', 'import.ts'), ...args], { env: environment });
  const said = { out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => { said.out += piece.toString(); });
  child.stderr.on('data', (piece: Buffer) => { said.err += piece.toString(); });
  child.on('close', (code) => { resolve({ code, ...said }); });
});
const fileOf = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('the command answers 0, 1 and 2 and says what it found', async () => {
  const whole = fileOf('whole.csv', registryCsv(place, 12));
  const dry = await command(whole, '--jurisdiction', place.slug);
  expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('New: 12\n  示例第1托育园 (line 2)')]);
  expect(dry.out).toContain('Dry run: nothing was written. Add --commit to write.');
  expect(await command(whole, '--jurisdiction', place.code, '--commit')).toMatchObject({ code: 0, out: expect.stringContaining('Written.') });
  expect(await command(fileOf('cut.csv', registryCsv(place, 6)), '--jurisdiction', place.slug, '--commit')).toMatchObject({ code: 2, err: expect.stringContaining('Refused: 6 of 12 institutions are missing from this list. Nothing was written. If that is right, add --accept-missing 6.') });
  const wrong = await command(fileOf('wrong.csv', registryCsv(place, 3).replace('2024-09-28', '2024-13-28')), '--jurisdiction', place.slug, '--commit');
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('line 2, column finished_time: expected a day such as 2024-09-28, got "2024-13-28 10:15:00"')]);
  expect(await command(whole, '--jurisdiction', 'nowhere')).toMatchObject({ code: 1, err: expect.stringContaining('--jurisdiction: expected one of') });
  expect(await command(join(folder, 'none.csv'), '--jurisdiction', place.slug)).toMatchObject({ code: 1, err: expect.stringContaining('expected a file, found none') });
  expect(await command(whole)).toMatchObject({ code: 1, err: expect.stringContaining('usage: npm run import') });
});

test('the command answers 3 when the database is busy', async () => {
  const whole = fileOf('whole.csv', registryCsv(place, 2));
  const busy = await storage.write(async (tx) => {
    await sql`SELECT 1`.execute(tx);
    return await command(whole, '--jurisdiction', place.slug, '--commit');
  });
  expect(busy).toMatchObject({ code: 3, err: expect.stringContaining('The database is busy; nothing was written.') });
});
