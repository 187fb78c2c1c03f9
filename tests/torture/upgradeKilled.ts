// Kill -9 in the middle of an upgrade: nothing of it is there afterwards, or all of it; the next start goes on, and the rows are still there.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { migrations } from '#storage/migrate.ts';
import type { Storage } from '#storage/schema.ts';
import { openTarget, type Target } from '#tests/torture/engine.ts';
import { conviction, verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { onBothEngines } from '#tests/torture/places.ts';
import { root } from '#tests/torture/workers.ts';

const counted = z.strictObject({ statements: z.int() });
const newest = migrations.at(-1)?.version ?? 0;
/** From no schema at all, and from the one that had complaints but no filings. */
const starts = [0, 110];
const keptRows = 40;

/** Upgrades a database to a version in a process of its own; answers how many statements it took, undefined when it was killed. */
function upgrade(of: Target, last: number, killAt = 0, apart = false): number | undefined {
  const { stdout, stderr, signal, status } = spawnSync(process.execPath, [join(root, 'tests/torture/upgrading.ts'), JSON.stringify({ of, last, killAt, apart })], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  if (signal === 'SIGKILL') return undefined;
  if (status !== 0) throw new Error(`the upgrade ended with ${String(status)}: ${stderr.slice(-400)}`);
  return counted.parse(JSON.parse(stdout)).statements;
}

/** The schema as its engine describes it, in one text. */
async function schemaOf({ engine, read }: Storage): Promise<string> {
  const { rows } = engine === 'sqlite' ? await sql<{ line: string }>`SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema`.execute(read)
    : await sql<{ line: string }>`SELECT table_name || ' ' || column_name || ' ' || data_type AS line FROM information_schema.columns WHERE table_schema = current_schema()
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() UNION ALL SELECT tgname FROM pg_trigger`.execute(read);
  // A constraint's trigger is named by a number of the database.
  return rows.map(({ line }) => line.replace(/RI_ConstraintTrigger_(\w)_\d+/, '$1')).toSorted().join('\n');
}

async function within<Result>(of: Target, work: (storage: Storage) => Promise<Result>): Promise<Result> {
  const storage = await openTarget(of);
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** A database at an earlier version, with rows in it. */
async function stateAt(of: Target, version: number): Promise<Target> {
  if (version === 0) return of;
  upgrade(of, version);
  const fill = Array.from({ length: keptRows }, (_, row) => `('${String(120_000 + row)}', ${String(row)})`).join(', ');
  const statement = `INSERT INTO jurisdiction_revision (jurisdiction_code, revision) VALUES ${fill}`;
  if (of.engine === 'sqlite') {
    const { default: SQLite } = await import('better-sqlite3');
    const db = new SQLite(of.file);
    db.exec(statement);
    db.close();
  } else {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: of.url });
    await client.connect();
    await client.query(statement);
    await client.end();
  }
  return of;
}

async function killedAt(of: Target, version: number, killAt: number, whole: string, apart = false): Promise<readonly string[]> {
  const what = `from ${String(version)}, killed after statement ${String(killAt)}`;
  await stateAt(of, version);
  if (upgrade(of, newest, killAt, apart) !== undefined) return [`${what}: was not killed`];
  try {
    return await within(of, async (storage) => {
      const versions = (await storage.read.selectFrom('schema_version').select('version').orderBy('version').execute()).map((row) => Number(row.version));
      const rows = await storage.read.selectFrom('jurisdiction_revision').select('revision').where('jurisdiction_code', 'like', '1200%').execute();
      return [
        ...(versions.join() === migrations.map((one) => one.version).toSorted((a, b) => a - b).join() ? [] : [`${what}: the next start has versions ${versions.join()}`]),
        ...(await schemaOf(storage) === whole ? [] : [`${what}: the next start has another schema than a new database`]),
        ...(version === 0 || rows.length === keptRows ? [] : [`${what}: ${String(rows.length)} of ${String(keptRows)} rows are left`]),
      ];
    });
  } catch (fault) {
    return [`${what}: the next start fails: ${String(fault).slice(0, 200)}`];
  }
}

/** Kills upgrades on both engines; briefly at five places of each, else after every fourth statement. */
export const killUpgrades = (quick: boolean, say: (line: string) => void, postgresUrl?: string): Promise<readonly Verdict[]> => onBothEngines(async ({ engine, fresh }) => {
  const verdicts: Verdict[] = [];
  const whole = await within(await fresh(), schemaOf);
  for (const version of starts) {
    const statements = upgrade(await stateAt(await fresh(), version), newest) ?? 0;
    const every = quick ? Math.ceil(statements / 4) : 4;
    const turns = [...new Set([...Array.from({ length: Math.ceil(statements / every) }, (_, turn) => 1 + turn * every), statements - 1, statements])];
    const complaints: string[] = [];
    for (const turn of turns) complaints.push(...await killedAt(await fresh(), version, turn, whole));
    say(`  ${engine} from ${String(version)}: ${String(turns.length)} of ${String(statements)} places, ${String(complaints.length)} complaints`);
    verdicts.push(verdictOf(`an upgrade from version ${String(version)} killed on ${engine}`, complaints, `${String(turns.length)} places among ${String(statements)} statements`));
    if (version === 0) verdicts.push(conviction(`an upgrade in no transaction, ${engine}`, await killedAt(await fresh(), version, Math.floor(statements / 2), whole, true)));
  }
  return verdicts;
}, postgresUrl);

/** Upgrades that are killed. */
export const upgradeKilled: Torture = { name: 'upgrade', about: 'kill -9 after the statements of an upgrade, from nothing and from an earlier version: the next start goes on, with every row', run: ({ quick, say }) => killUpgrades(quick, say) };
