// A process that brings a database to the newest version and is killed by itself, with signal 9, right after one of its statements.
import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { migrate, migrations } from '#storage/migrate.ts';
import type { Database } from '#storage/schema.ts';
import { sundayMorning } from '#tests/builders/booking.ts';
import { target } from '#tests/torture/engine.ts';

const order = z.strictObject({ of: target, last: z.int(), killAt: z.int(), apart: z.boolean() });
const { of, last, killAt, apart } = order.parse(JSON.parse(process.argv[2] ?? ''));
let statements = 0;

function dialectOf(): SqliteDialect | PostgresDialect {
  if (of.engine === 'postgres') return new PostgresDialect({ pool: new pg.Pool({ connectionString: of.url, max: 1 }) });
  const database = new SQLite(of.file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  return new SqliteDialect({ database });
}

const db = new Kysely<Database>({ dialect: dialectOf(), log: () => {
  statements += 1;
  if (statements === killAt) process.kill(process.pid, 'SIGKILL');
} });
const steps = migrations.filter(({ version }) => version <= last);
// The fault that must be seen: an upgrade in no transaction at all.
if (apart) Object.assign(db, { transaction: () => ({ execute: (work: (tx: Kysely<Database>) => unknown) => work(db) }) });
await migrate(db, of.engine, sundayMorning, steps);
await db.destroy();
process.stdout.write(JSON.stringify({ statements }));
