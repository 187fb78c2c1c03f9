import { sql } from 'kysely';
import { describe, expect, inject, test } from 'vitest';
import { migrations } from '#storage/migrate.ts';
import { engines } from '#tests/integration/storage/engines.ts';
import { openTarget } from '#tests/torture/engine.ts';
import { onBothEngines } from '#tests/torture/places.ts';
import { startWorker } from '#tests/torture/workers.ts';

const migrationLock = 7_303_201; // as the program takes it on PostgreSQL

describe.each(engines)('opening on $engine', ({ engine, open }) => {
  test('a process starts while another one writes: nothing is locked where no version is missing', { timeout: 15_000 }, async () => {
    const { storage, reopen, leave } = await open();
    const opened = await storage.write(async (tx) => {
      await tx.insertInto('jurisdiction_revision').values({ jurisdiction_code: '120105', revision: 1 }).execute();
      if (engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(${migrationLock})`.execute(tx);
      const began = performance.now();
      const other = await reopen();
      const versions = await other.read.selectFrom('schema_version').select('version').execute();
      await other.close();
      return { versions, ms: performance.now() - began };
    });
    expect(opened.versions).toHaveLength(migrations.length);
    expect(opened.ms).toBeLessThan(3_000);
    await leave();
  });

  test('a version that is missing in the middle is caught up', async () => {
    const { storage, reopen, leave } = await open();
    await storage.write(async (tx) => {
      await sql`DROP TABLE helpful_count`.execute(tx);
      await tx.deleteFrom('schema_version').where('version', '=', 60).execute();
    });
    const other = await reopen();
    expect(await other.read.selectFrom('schema_version').select('version').orderBy('version').execute()).toEqual(migrations.map(({ version }) => ({ version })));
    await other.close();
    await leave();
  });
});

test('four processes open one new database at once: it is migrated once', { timeout: 60_000 }, async () => {
  const versions = await onBothEngines(async ({ fresh }) => {
    const target = await fresh();
    const workers = await Promise.all(Array.from({ length: 4 }, () => startWorker(target)));
    const storage = await openTarget(target);
    const found = await storage.read.selectFrom('schema_version').select('version').orderBy('version').execute();
    await Promise.all(workers.map((worker) => worker.stop()));
    await storage.close();
    return [found.map(({ version }) => version)];
  }, inject('postgresUrl'));
  expect(versions).toEqual([migrations, migrations].map((all) => all.map(({ version }) => version)));
});
