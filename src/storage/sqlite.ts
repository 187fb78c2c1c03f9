import SQLite from 'better-sqlite3';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver, type DatabaseConnection, type SqliteDatabase } from 'kysely';
import type { Database, Storage } from '#storage/schema.ts';
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

/** A small file of its own for counting requests: never shares a booking's fsync, and may be lost without harm. */
export function openCountersSqlite(file: string): { readonly client: object; readonly dayKey: (day: string, fresh: string) => Promise<string>; readonly close: () => Promise<void> } {
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
  return { client: handle, dayKey: async (day, fresh) => dayKey.immediate(day, fresh), close: async () => { handle.close(); } };
}
