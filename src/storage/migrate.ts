import { sql, type Kysely } from 'kysely';
import { foundation } from '#storage/migrations/0010-foundation.ts';
import { accepts } from '#storage/migrations/0020-accepts.ts';
import { listing } from '#storage/migrations/0030-listing.ts';
import { searchOverAll } from '#storage/migrations/0040-search.ts';
import { demand } from '#storage/migrations/0050-demand.ts';
import { helpful } from '#storage/migrations/0060-helpful.ts';
import { accounts } from '#storage/migrations/0070-accounts.ts';
import { bookingKindTables } from '#storage/migrations/0080-booking-kinds.ts';
import { slotTemplateTables } from '#storage/migrations/0090-slot-templates.ts';
import { notices } from '#storage/migrations/0100-notices.ts';
import { complaintTables } from '#storage/migrations/0110-complaints.ts';
import { healthPointTables } from '#storage/migrations/0120-health-points.ts';
import { filingTables } from '#storage/migrations/0130-filing.ts';
import { oneTeamAStreet } from '#storage/migrations/0145-one-team.ts';
import { listingDraftTables } from '#storage/migrations/0150-listing-drafts.ts';
import { leadTables } from '#storage/migrations/0160-leads.ts';
import { supervisionTables } from '#storage/migrations/0170-supervision.ts';
import { inspectionTables } from '#storage/migrations/0175-inspections.ts';
import { countAndImportTables } from '#storage/migrations/0180-counts-and-imports.ts';
import { exportTables } from '#storage/migrations/0190-exports.ts';
import { bannerTables } from '#storage/migrations/0210-notices.ts';
import { searchInOne } from '#storage/migrations/0225-search-in-one.ts';
import { signInOptions } from '#storage/migrations/0235-sign-in-options.ts';
import type { Database, Engine } from '#storage/schema.ts';

/** Words in which the two engines differ; everything else in a migration is the portable subset. */
export type EngineWords = {
  readonly engine: Engine;
  readonly int: string; readonly real: string; readonly strict: string;
  /** Statements after which a table refuses UPDATE and DELETE. */
  readonly appendOnly: (table: string) => readonly string[];
};
export type Migration = { readonly version: number; readonly statements: (words: EngineWords) => readonly string[] };

/** Versions go up by tens and are never edited once released. */
export const migrations: readonly Migration[] = [
  foundation, accepts, listing, searchOverAll, demand, helpful, accounts, bookingKindTables, slotTemplateTables, notices, complaintTables, healthPointTables, filingTables, oneTeamAStreet, listingDraftTables, leadTables, supervisionTables, inspectionTables, countAndImportTables, exportTables, bannerTables, searchInOne, signInOptions,
];

/** The database was written by a newer program; this one must not touch it. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError';
}

const wordsOf: Readonly<Record<Engine, EngineWords>> = {
  sqlite: {
    engine: 'sqlite', int: 'integer', real: 'real', strict: ' STRICT',
    appendOnly: (table) => ['UPDATE', 'DELETE'].map((verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`),
  },
  postgres: {
    engine: 'postgres', int: 'bigint', real: 'double precision', strict: '',
    appendOnly: (table) => [
      `CREATE FUNCTION ${table}_append_only() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '${table} is append-only'; END $$ LANGUAGE plpgsql`,
      `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} EXECUTE FUNCTION ${table}_append_only()`,
    ],
  },
};

const advisoryLock = 7_303_201;

/** The versions a database has had, without any lock; none where it is new. */
async function versionsOf(db: Kysely<Database>, engine: Engine): Promise<readonly number[]> {
  const known = engine === 'sqlite' ? sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'` : sql`SELECT 1 WHERE to_regclass('schema_version') IS NOT NULL`;
  if ((await known.execute(db)).rows.length === 0) return [];
  return (await db.selectFrom('schema_version').select('version').execute()).map(({ version }) => Number(version));
}

const newestOf = (versions: readonly number[]): number => versions.reduce((newest, version) => Math.max(newest, version), 0);

function refuseNewer(from: number, newest: number): void {
  if (from > newest) throw new NewerDatabaseError(`the database is at version ${from}, this program knows versions up to ${newest}; start the newer program, or restore a backup made by this one`);
}

/**
 * Brings a database to the newest version, forward only, all missing versions in one transaction; refuses a newer one by
 * name. Nothing is locked where no version is missing, so that a process can start while others write.
 */
export async function migrate(db: Kysely<Database>, engine: Engine, at: number, steps: readonly Migration[] = migrations): Promise<{ readonly from: number; readonly to: number }> {
  const to = steps.at(-1)?.version ?? 0;
  const before = await versionsOf(db, engine);
  refuseNewer(newestOf(before), to);
  if (steps.every(({ version }) => before.includes(version))) return { from: newestOf(before), to };
  return await db.transaction().execute(async (tx) => {
    if (engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(${advisoryLock})`.execute(tx);
    await sql.raw(`CREATE TABLE IF NOT EXISTS schema_version (version ${wordsOf[engine].int} PRIMARY KEY, applied_at ${wordsOf[engine].int} NOT NULL)${wordsOf[engine].strict}`).execute(tx);
    // Read again behind the lock: another process may have been first.
    const applied = await versionsOf(tx, engine);
    refuseNewer(newestOf(applied), to);
    // A version that was released after a later one (two were in the making at once) is still missing, and is caught up.
    for (const step of steps.filter(({ version }) => !applied.includes(version))) {
      for (const statement of step.statements(wordsOf[engine])) await sql.raw(statement).execute(tx);
      await tx.insertInto('schema_version').values({ version: step.version, applied_at: at }).execute();
    }
    return { from: newestOf(applied), to };
  });
}
