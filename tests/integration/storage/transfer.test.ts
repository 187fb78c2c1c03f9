import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { createApp } from '#server/app.ts';
import { factsOf } from '#storage/backupFacts.ts';
import { openPostgres } from '#storage/postgres.ts';
import { isSqliteAlone, openSqliteCopy, type SqliteCopy } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';
import { inOrderOfReference, transferRecords } from '#storage/transfer.ts';
import { createDatabase } from '#tests/postgres.ts';

let folder: string;
let from: SqliteCopy;
let to: Storage;
let url: string;

// A whole demonstration, made once: every place's samples with their slots, templates and accounts.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tuoyu-move-'));
  const app = await createApp(readConfig({ DATA_DIR: folder, DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' }));
  await app.close();
  expect(isSqliteAlone(join(folder, 'demo.sqlite'))).toBe(true);
}, 60_000);
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
beforeEach(async () => {
  from = openSqliteCopy(join(folder, 'demo.sqlite'));
  url = await createDatabase(inject('postgresUrl'));
  to = await openPostgres(url, Date.now(), 4);
});
afterEach(async () => {
  await from.close();
  await to.close();
});

test('every record arrives: counts, hashes and audit chains alike, and the program runs on it', async () => {
  const moved = await transferRecords(from, to);
  const { facts, broken } = await factsOf(from.read, moved.map(({ table }) => table));
  const there = await factsOf(to.read, moved.map(({ table }) => table));
  expect([there.facts, there.broken, broken]).toEqual([facts, [], []]);
  expect(moved.find(({ table }) => table === 'institution')?.rows).toBe(await rowsIn('institution'));
  expect(moved.find(({ table }) => table === 'slot')?.rows).toBeGreaterThan(100);
  await to.close();
  const app = await createApp(readConfig({ DATA_DIR: folder, DATABASE_URL: url, DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' }));
  const place = app.jurisdictions[0];
  expect(place && (await app.directory.snapshot(place.code)).entries.length).toBeGreaterThanOrEqual(24);
  await app.close();
  to = await openPostgres(url, Date.now(), 1);
}, 120_000);

const rowsIn = async (table: string): Promise<number> => Number((await sql<{ total: number }>`SELECT count(*) AS total FROM ${sql.table(table)}`.execute(from.read)).rows[0]?.total);

test('a value that arrives otherwise stops all of it', async () => {
  await to.write(async (tx) => {
    await sql`CREATE FUNCTION alter_it() RETURNS trigger AS $$ BEGIN NEW.alias := NEW.alias || ' '; RETURN NEW; END $$ LANGUAGE plpgsql`.execute(tx);
    await sql`CREATE TRIGGER alter_it BEFORE INSERT ON institution_alias FOR EACH ROW EXECUTE FUNCTION alter_it()`.execute(tx);
  });
  await expect(transferRecords(from, to)).rejects.toThrow(/institution_alias did not arrive as it was/);
  const { rows } = await sql<{ total: number }>`SELECT count(*) AS total FROM institution`.execute(to.read);
  expect(Number(rows[0]?.total)).toBe(0);
}, 60_000);

test('a database that is not empty, or of another version, is refused', async () => {
  await to.write((tx) => sql`INSERT INTO jurisdiction_revision (jurisdiction_code, revision) VALUES ('120105', 3)`.execute(tx));
  await expect(transferRecords(from, to)).rejects.toThrow(/not empty \(jurisdiction_revision\)/);
  await to.write((tx) => sql`INSERT INTO schema_version (version, applied_at) VALUES (999990, 1)`.execute(tx));
  await expect(transferRecords(from, to)).rejects.toThrow(/another schema version/);
}, 60_000);

test('a table comes after those it refers to', async () => {
  const order = (await inOrderOfReference(from.read, ['booking_child', 'booking', 'slot', 'institution', 'complaint', 'enrolment_code', 'team', 'slot_template'])).map(({ table }) => table);
  for (const [child, parent] of [['booking_child', 'booking'], ['booking', 'slot'], ['slot', 'institution'], ['booking', 'enrolment_code']] as const) expect(order.indexOf(child)).toBeGreaterThan(order.indexOf(parent));
  expect(await inOrderOfReference(from.read, ['complaint'])).toEqual([{ table: 'complaint', ownParent: 'master_id' }]);
});
