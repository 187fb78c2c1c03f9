import SQLite from 'better-sqlite3';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver, type DatabaseConnection, type SqliteDatabase } from 'kysely';
import type { Counters, Database, KeyDatabase, Storage } from '#storage/schema.ts';
import { migrate } from '#storage/migrate.ts';

type Handle = InstanceType<typeof SQLite>;

// Kysely prepares a statement for every execution; the same text is prepared once here.
function cachingDatabase(handle: Handle): SqliteDatabase {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => { handle.close(); },
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = handle.prepare<unknown[]>(text);
      const fresh: ReturnType<SqliteDatabase['prepare']> = {
        reader: statement.reader,
        all: (parameters) => statement.all(...parameters),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
      if (prepared.size >= 500) prepared.clear();
      prepared.set(text, fresh);
      return fresh;
    },
  };
}

// Kysely's own driver begins deferred (a later write then fails with SQLITE_BUSY) and hides a full disk behind a failed rollback.
class ImmediateDriver extends SqliteDriver {
  readonly #handle: Handle;
  constructor(handle: Handle) {
    super({ database: cachingDatabase(handle) });
    this.#handle = handle;
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#handle.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #handle: Handle;
  constructor(handle: Handle) {
    super({ database: cachingDatabase(handle) });
    this.#handle = handle;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#handle);
  }
}

/** The settings every connection must have; a re-opened WAL database would otherwise fall back to synchronous=NORMAL and lose bookings with the power. */
const asserted = { synchronous: 2, foreign_keys: 1, journal_mode: 'wal' } as const;

/** Throws, naming the setting, unless a connection is as durable as this project promises. */
export function assertDurable(handle: { pragma: (text: string, options: { simple: true }) => unknown }): void {
  for (const [name, expected] of Object.entries(asserted)) {
    const found = handle.pragma(name, { simple: true });
    if (found !== expected) throw new Error(`SQLite setting ${name} is ${String(found)}, expected ${String(expected)}`);
  }
}

function open(file: string, readonly: boolean): Handle {
  const handle = new SQLite(file, { readonly, timeout: 5_000 });
  if (!readonly) handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL');
  handle.pragma('foreign_keys = ON');
  handle.pragma('busy_timeout = 5000');
  handle.pragma('cache_size = -4000'); // 4 MB for each handle: the system's own memory of the file serves the rest
  handle.pragma('trusted_schema = OFF');
  if (!readonly) handle.pragma('secure_delete = ON');
  assertDurable(handle);
  return handle;
}

/** Opens (and migrates) a SQLite file: one writing handle, one read-only handle. */
export async function openSqlite(file: string, at: number): Promise<Storage> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const writing = open(file, false);
  const writer = new Kysely<Database>({ dialect: new ImmediateSqliteDialect(writing) });
  try {
    await migrate(writer, 'sqlite', at);
  } catch (fault) {
    await writer.destroy();
    writing.close();
    throw fault;
  }
  const reading = open(file, true);
  const reader = new Kysely<Database>({ dialect: new ImmediateSqliteDialect(reading) });
  const revision = reading.prepare<[string], { revision: number }>('SELECT revision FROM jurisdiction_revision WHERE jurisdiction_code = ?');
  const revisions = reading.prepare<[], { total: number }>('SELECT coalesce(sum(revision), 0) AS total FROM jurisdiction_revision');
  const version = reading.prepare<[], { data_version: number }>('PRAGMA data_version');
  return {
    engine: 'sqlite',
    read: reader,
    write: (work) => writer.transaction().execute(work),
    revision: (jurisdiction) => revision.get(jurisdiction)?.revision ?? 0,
    revisionOfAll: () => revisions.get()?.total ?? 0,
    dataVersion: () => version.get()?.data_version,
    ready: async () => {
      reading.prepare('SELECT 1').get();
      return [];
    },
    close: async () => {
      await reader.destroy();
      reading.close();
      await writer.destroy();
      writing.close();
    },
  };
}

/** The keys of cases in a file of their own, as durable as the records; a destroyed key is overwritten and leaves the write-ahead log at once. */
export function openKeysSqlite(file: string): { readonly db: Kysely<KeyDatabase>; readonly settle: () => void; readonly close: () => Promise<void> } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const handle = open(file, false);
  handle.exec("CREATE TABLE IF NOT EXISTS case_key (complaint_id text NOT NULL, part text NOT NULL CHECK (part IN ('story', 'identity')), owner text NOT NULL, wrapped text NOT NULL, made_at integer NOT NULL, PRIMARY KEY (complaint_id, part)) STRICT");
  handle.exec('CREATE INDEX IF NOT EXISTS case_key_by_age ON case_key (owner, made_at)');
  const db = new Kysely<KeyDatabase>({ dialect: new ImmediateSqliteDialect(handle) });
  return { db, settle: () => { handle.pragma('wal_checkpoint(TRUNCATE)'); }, close: async () => { await db.destroy(); handle.close(); } };
}

/** A small file of its own for counting requests: never shares a booking's fsync, and may be lost without harm. */
export function openCountersSqlite(file: string): Counters {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = new SQLite(file, { timeout: 5_000 });
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = OFF');
  handle.pragma('secure_delete = ON');
  chmodSync(file, 0o600);
  handle.exec('CREATE TABLE IF NOT EXISTS day_key (day text PRIMARY KEY, key text NOT NULL) STRICT');
  const dayKey = handle.transaction((day: string, fresh: string): string => {
    handle.prepare('DELETE FROM day_key WHERE day <> ?').run(day);
    handle.prepare('INSERT INTO day_key (day, key) VALUES (?, ?) ON CONFLICT DO NOTHING').run(day, fresh);
    return handle.prepare<[string], { key: string }>('SELECT key FROM day_key WHERE day = ?').get(day)?.key ?? fresh;
  });
  return {
    client: handle, dayKey: async (day, fresh) => dayKey.immediate(day, fresh),
    forget: async (table, endedBefore) => { handle.prepare(`DELETE FROM "${table}" WHERE expire < ?`).run(endedBefore); },
    close: async () => { handle.close(); },
  };
}

/** So many pages at a step of a copy: 40 MB, a few milliseconds. */
const pagesAtOnce = 10_000;

/** Copies a database that others write to into a new file, as it stands at one moment; the copy is a single file that any SQLite reads. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const source = new SQLite(from, { readonly: true, timeout: 5_000 });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get(); // the moment: what is written from here on is not seen
    await source.backup(to, { progress: () => pagesAtOnce });
    source.exec('COMMIT');
  } finally {
    source.close();
  }
  const copy = new SQLite(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  chmodSync(to, 0o600);
}

/** A copy opened for reading: its tables (those of the search index apart, which are made anew) and what SQLite finds wrong with it. */
export type SqliteCopy = { readonly read: Kysely<Database>; readonly tables: () => readonly string[]; readonly problems: () => readonly string[]; readonly close: () => Promise<void> };

/** Opens a copy; throws when the file is no database. */
export function openSqliteCopy(file: string): SqliteCopy {
  const handle = new SQLite(file, { readonly: true, fileMustExist: true });
  const read = new Kysely<Database>({ dialect: new SqliteDialect({ database: handle }) });
  return {
    read,
    tables: () => handle.prepare<[], { name: string }>(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).all().map(({ name }) => name),
    problems: () => [
      ...handle.prepare<[], { integrity_check: string }>('PRAGMA integrity_check').all().map((row) => row.integrity_check).filter((found) => found !== 'ok'),
      ...handle.prepare<[], { table: string; rowid: number | null; parent: string }>('PRAGMA foreign_key_check').all().map(({ table, rowid, parent }) => `${table}, row ${String(rowid)}: nothing in ${parent}`),
    ],
    close: async () => { await read.destroy(); handle.close(); },
  };
}

/** Whether no other connection has the file open; then its journal is folded in, so that the file alone holds everything. */
export function isSqliteAlone(file: string): boolean {
  const handle = new SQLite(file, { timeout: 200 });
  try {
    return handle.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (fault) {
    if (fault instanceof SQLite.SqliteError && fault.code.startsWith('SQLITE_BUSY')) return false;
    throw fault;
  } finally {
    handle.close();
  }
}
