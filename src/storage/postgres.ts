import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import type { Counters, Database, KeyDatabase, Storage } from '#storage/schema.ts';
import { factsOf, type RecordFacts } from '#storage/backupFacts.ts';
import { migrate } from '#storage/migrate.ts';

const int8 = 20;
const dayKeyLock = 7_303_202;
const keysLock = 7_303_203;

const codeOf = (fault: unknown): string | undefined =>
  typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;

// serialization_failure and deadlock_detected: the whole transaction may be run again.
const mayRetry = (fault: unknown): boolean => ['40001', '40P01'].includes(codeOf(fault) ?? '');

// Loaded where a database is named: a site on SQLite starts without it.
async function poolOf(url: string, max: number): Promise<pg.Pool> {
  const { default: client } = await import('pg');
  const types = { getTypeParser: (id: number, format?: 'text' | 'binary') => (id === int8 ? Number : client.types.getTypeParser(id, format)) };
  const pool = new client.Pool({ connectionString: url, max, types });
  // A connection lost while idle is replaced by the pool; the next query reports what matters.
  return pool.on('error', () => undefined);
}

/** Opens (and migrates) a PostgreSQL database through a pool of connections. */
export async function openPostgres(url: string, at: number, connections = 10): Promise<Storage> {
  const pool = await poolOf(url, connections);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, 'postgres', at);
  } catch (fault) {
    await db.destroy();
    throw fault;
  }
  const write: Storage['write'] = async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute(work);
      } catch (fault) {
        if (!mayRetry(fault) || attempt >= 5) throw fault;
        await new Promise((resolve) => { setTimeout(resolve, 10 * attempt); }); // whoever was in the way ends first
      }
    }
  };
  return {
    engine: 'postgres', read: db, write,
    revision: async (jurisdiction) => {
      const row = await db.selectFrom('jurisdiction_revision').select('revision').where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row?.revision ?? 0;
    },
    revisionOfAll: async () => {
      const row = await db.selectFrom('jurisdiction_revision').select((eb) => eb.fn.sum('revision').as('total')).executeTakeFirst();
      return Number(row?.total ?? 0);
    },
    dataVersion: () => undefined,
    ready: async () => {
      await sql`SELECT 1`.execute(db);
      return [];
    },
    close: () => db.destroy(),
  };
}

/** The keys of cases on a PostgreSQL of their own. */
export async function openKeysPostgres(url: string): Promise<{ readonly db: Kysely<KeyDatabase>; readonly settle: () => void; readonly close: () => Promise<void> }> {
  const pool = await poolOf(url, 4);
  const db = new Kysely<KeyDatabase>({ dialect: new PostgresDialect({ pool }) });
  await db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${keysLock})`.execute(tx);
    await sql`CREATE TABLE IF NOT EXISTS case_key (complaint_id text NOT NULL, part text NOT NULL CHECK (part IN ('story', 'identity')), owner text NOT NULL, wrapped text NOT NULL, made_at bigint NOT NULL, PRIMARY KEY (complaint_id, part))`.execute(tx);
    await sql`CREATE INDEX IF NOT EXISTS case_key_by_age ON case_key (owner, made_at)`.execute(tx);
  });
  return { db, settle: () => undefined, close: () => db.destroy() };
}

/** Connections for counting requests, apart from those that write bookings. */
export async function openCountersPostgres(url: string): Promise<Counters> {
  const pool = await poolOf(url, 3);
  const dayKey = async (day: string, fresh: string): Promise<string> => {
    const connection = await pool.connect();
    try {
      await connection.query('SELECT pg_advisory_lock($1)', [dayKeyLock]);
      await connection.query('CREATE TABLE IF NOT EXISTS day_key (day text PRIMARY KEY, key text NOT NULL)');
      await connection.query('DELETE FROM day_key WHERE day <> $1', [day]);
      await connection.query('INSERT INTO day_key (day, key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [day, fresh]);
      const { rows } = await connection.query<{ key: string }>('SELECT key FROM day_key WHERE day = $1', [day]);
      return rows[0]?.key ?? fresh;
    } finally {
      await connection.query('SELECT pg_advisory_unlock($1)', [dayKeyLock]);
      connection.release();
    }
  };
  return { client: pool, dayKey, forget: async (table, endedBefore) => { await pool.query(`DELETE FROM "${table}" WHERE expire < $1`, [endedBefore]); }, close: () => pool.end() };
}

const ownTables = sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`;

/** Counts the records and walks their audit chains as of one moment, while `dump` copies that same moment by the name of its snapshot; throws when a chain is broken. */
export async function snapshotPostgres(url: string, dump: (snapshot: string) => Promise<void>): Promise<RecordFacts> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: await poolOf(url, 1) }) });
  try {
    return await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(async (tx) => {
      const { rows } = await sql<{ name: string }>`SELECT pg_export_snapshot() AS name`.execute(tx);
      await dump(rows[0]?.name ?? '');
      const { facts, broken } = await factsOf(tx, (await ownTables.execute(tx)).rows.map(({ name }) => name));
      if (broken.length > 0) throw new Error(`the records are not sound: ${broken.join('; ')}`);
      return facts;
    });
  } finally {
    await db.destroy();
  }
}

/** Whether a database holds no table yet. */
export async function isEmptyPostgres(url: string): Promise<boolean> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: await poolOf(url, 1) }) });
  try {
    return (await ownTables.execute(db)).rows.length === 0;
  } finally {
    await db.destroy();
  }
}
