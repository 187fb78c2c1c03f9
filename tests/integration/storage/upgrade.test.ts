// An upgrade from every state of the schema there ever was: made by replaying its versions, filled with the demonstration's
// records as far as it could hold them, brought to the newest version on both engines. What was in it is in it afterwards.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely';
import { Pool, types } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { migrate, migrations, NewerDatabaseError } from '#storage/migrate.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Database as Tables } from '#storage/schema.ts';
import { createDatabase } from '#tests/postgres.ts';
import { z } from 'zod';

// Both engines' whole numbers as numbers.
types.setTypeParser(types.builtins.INT8, Number);
const rowsPerTable = 80;
const names = z.array(z.object({ name: z.string() }));
const rows = z.array(z.record(z.string(), z.unknown()));
type Row = z.infer<typeof rows>[number];
type Records = ReadonlyMap<string, readonly Row[]>;

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tuoyu-upgrade-'));
  const app = await createApp(readConfig({ DATA_DIR: folder, DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' }));
  await app.close();
}, 120_000);
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const tablesOf = (db: Database.Database, schema = 'main'): readonly string[] =>
  names.parse(db.prepare(`SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name <> 'schema_version' ORDER BY name`).all()).map(({ name }) => name).filter((name) => !/_(?:data|idx|content|docsize|config|node|parent|rowid)$/.test(name) || name === 'search_grams' || name === 'search_point');
const columnsOf = (db: Database.Database, table: string, schema = 'main'): readonly string[] => names.parse(db.prepare(`PRAGMA ${schema}.table_info(${table})`).all()).map(({ name }) => name);
const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

/** A row as text, whichever engine it comes from. */
const textOf = (row: Row, columns: readonly string[]): string => JSON.stringify(columns.map((column) => {
  const value = row[column];
  return Buffer.isBuffer(value) ? value.toString('hex') : typeof value === 'number' || typeof value === 'bigint' ? Number(value) : value ?? null;
}));
const hashOf = (all: readonly Row[], columns: readonly string[]): string => createHash('sha256').update(all.map((row) => textOf(row, columns)).toSorted().join('\n')).digest('hex');

/** The schema at a version on SQLite, filled from the demonstration: what that version would not have taken is left out. */
async function stateAt(file: string, steps: typeof migrations): Promise<Records> {
  const bare = new Database(file);
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: bare }) });
  await migrate(kysely, 'sqlite', 1, steps);
  bare.pragma('foreign_keys = OFF');
  bare.prepare('ATTACH ? AS demo').run(join(folder, 'demo.sqlite'));
  const known = new Set(tablesOf(bare, 'demo'));
  for (const table of tablesOf(bare).filter((name) => known.has(name))) {
    const now = new Set(columnsOf(bare, table, 'demo'));
    const columns = columnsOf(bare, table).filter((column) => now.has(column));
    bare.prepare(`INSERT OR IGNORE INTO main.${table} (${quoted(columns)}) SELECT ${quoted(columns)} FROM demo.${table} LIMIT ${rowsPerTable}`).run();
  }
  for (let wrong = 1; wrong > 0;) {
    const found = z.array(z.object({ table: z.string(), rowid: z.number().nullable() })).parse(bare.pragma('foreign_key_check'));
    wrong = found.length;
    for (const { table, rowid } of found) if (rowid !== null) bare.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid);
    if (found.every(({ rowid }) => rowid === null)) break;
  }
  const kept = new Map(tablesOf(bare).map((table) => [table, rows.parse(bare.prepare(`SELECT * FROM ${table}`).all())]));
  await kysely.destroy();
  return kept;
}

/** Writes the rows of a table in one statement. */
async function fill(pool: Pool, table: string, all: readonly Row[]): Promise<void> {
  const columns = Object.keys(all[0] ?? {});
  const values = all.map((_, row) => `(${columns.map((__, column) => `$${String(row * columns.length + column + 1)}`).join(', ')})`).join(', ');
  await pool.query(`INSERT INTO ${table} (${quoted(columns)}) OVERRIDING SYSTEM VALUE VALUES ${values}`, all.flatMap((row) => columns.map((column) => row[column])));
}

const total = (records: Records): number => [...records.values()].reduce((sum, all) => sum + all.length, 0);
/** Only columns that are still there say the same; a table that a version put away is not asked. */
function compared(before: Records, after: ReadonlyMap<string, { readonly columns: readonly string[]; readonly all: readonly Row[] }>): readonly string[] {
  return [...before].flatMap(([table, all]) => {
    const now = after.get(table);
    if (!now || all.length === 0) return [];
    const columns = Object.keys(all[0] ?? {}).filter((column) => now.columns.includes(column)).toSorted();
    return hashOf(all, columns) === hashOf(now.all, columns) ? [] : [`${table}: ${all.length} rows before, ${now.all.length} after, or other words in them`];
  });
}

const states = migrations.map(({ version }, at) => ({ version, steps: migrations.slice(0, at + 1) }));

test.each(states)('SQLite from version $version to the newest: every row survives', async ({ version, steps }) => {
  const file = join(folder, `from-${String(version)}.sqlite`);
  const before = await stateAt(file, steps);
  expect(total(before)).toBeGreaterThan(100);
  const storage = await openSqlite(file, 2);
  await storage.close();
  const db = new Database(file, { readonly: true });
  expect(compared(before, new Map(tablesOf(db).map((table) => [table, { columns: columnsOf(db, table), all: rows.parse(db.prepare(`SELECT * FROM ${table}`).all()) }])))).toEqual([]);
  expect([db.pragma('integrity_check', { simple: true }), db.pragma('foreign_key_check')]).toEqual(['ok', []]);
  expect(db.prepare('SELECT version FROM schema_version ORDER BY version').pluck().all()).toEqual(migrations.map((one) => one.version));
  db.close();
}, 60_000);

// The steps themselves were walked from every version above; here every third, which all the steps are part of.
test.each(states.filter((_, at) => at % 3 === 0))('PostgreSQL from version $version to the newest: every row survives', async ({ version, steps }) => {
  const before = await stateAt(join(folder, `pg-from-${String(version)}.sqlite`), steps);
  const pool = new Pool({ connectionString: await createDatabase(inject('postgresUrl')), max: 1 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, 'postgres', 1, steps);
    await pool.query('SET session_replication_role = replica'); // rows in any order, as they were let in on the other engine
    for (const [table, all] of before) if (all.length > 0) await fill(pool, table, all);
    await pool.query('SET session_replication_role = DEFAULT');
    await migrate(db, 'postgres', 2);
    const after = new Map<string, { readonly columns: readonly string[]; readonly all: readonly Row[] }>();
    for (const table of before.keys()) {
      const there = await pool.query(`SELECT to_regclass('${table}') IS NOT NULL AS there`);
      if (!z.array(z.object({ there: z.boolean() })).parse(there.rows)[0]?.there) continue;
      const found = await pool.query(`SELECT * FROM ${table}`);
      after.set(table, { columns: found.fields.map(({ name }) => name), all: rows.parse(found.rows) });
    }
    expect(compared(before, after)).toEqual([]);
  } finally {
    await db.destroy();
  }
}, 60_000);

test('a version that fails in its middle leaves everything as it was, and a newer database is refused by name', async () => {
  const file = join(folder, 'fails.sqlite');
  const before = await stateAt(file, migrations.slice(0, 5));
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Database(file) }) });
  const broken = { version: 999_990, statements: () => ['CREATE TABLE half_done (id text)', 'DELETE FROM institution', 'CREATE TABLE half_done (id text)'] };
  await expect(migrate(kysely, 'sqlite', 2, [...migrations, broken])).rejects.toThrow(/half_done/);
  const { rows: versions } = await sql<{ version: number }>`SELECT version FROM schema_version ORDER BY version`.execute(kysely);
  expect(versions.map(({ version }) => version)).toEqual(migrations.slice(0, 5).map(({ version }) => version));
  const { rows: left } = await sql<{ total: number }>`SELECT count(*) AS total FROM institution`.execute(kysely);
  expect(left[0]?.total).toBe(before.get('institution')?.length);
  await migrate(kysely, 'sqlite', 2, [...migrations, { ...broken, statements: () => [] }]);
  await expect(migrate(kysely, 'sqlite', 3)).rejects.toThrow(NewerDatabaseError);
  await kysely.destroy();
});

test('the comparison sees one word changed and one row gone', () => {
  const before = new Map([['t', [{ id: '1', word: 'a' }, { id: '2', word: 'b' }]]]);
  const after = (all: readonly Row[]) => new Map([['t', { columns: ['id', 'word', 'later'], all }]]);
  expect(compared(before, after([{ id: '2', word: 'b', later: 1 }, { id: '1', word: 'a', later: 1 }]))).toEqual([]);
  expect(compared(before, after([{ id: '1', word: 'a' }]))).toHaveLength(1);
  expect(compared(before, after([{ id: '1', word: 'a' }, { id: '2', word: 'B' }]))).toHaveLength(1);
});
