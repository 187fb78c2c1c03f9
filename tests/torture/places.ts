import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, startPostgres } from '#tests/postgres.ts';
import type { Target } from '#tests/torture/engine.ts';
import type { Plant } from '#tests/torture/plants.ts';

/** Where databases are made: fresh ones of an engine, as many as asked for, all gone afterwards. */
export type Places = { readonly engine: Target['engine']; readonly processes: number; readonly fresh: (plant?: Plant) => Promise<Target> };

/** Runs a torture on both engines in turn: SQLite shared by `processes`, PostgreSQL through one pool of 20. `postgresUrl` names a server that runs already. */
export async function onBothEngines<Result>(work: (places: Places) => Promise<readonly Result[]>, postgresUrl?: string, processes = 4): Promise<readonly Result[]> {
  // In memory where there is some: these tortures ask who wins, not what survives.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tuoyu-torture-'));
  let made = 0;
  const planted = (plant: Plant | undefined) => (plant === undefined ? {} : { plant });
  try {
    const onSqlite = await work({
      engine: 'sqlite', processes,
      fresh: async (plant) => {
        made += 1;
        return { engine: 'sqlite', file: join(folder, `${made}.sqlite`), ...planted(plant) };
      },
    });
    const server = postgresUrl === undefined ? await startPostgres() : { url: postgresUrl, stop: async () => undefined };
    try {
      const onPostgres = await work({
        engine: 'postgres', processes: 1,
        fresh: async (plant) => ({ engine: 'postgres', url: await createDatabase(server.url), connections: 20, ...planted(plant) }),
      });
      return [...onSqlite, ...onPostgres];
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
