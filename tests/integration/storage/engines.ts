import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openPostgres } from '#storage/postgres.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Engine, Storage } from '#storage/schema.ts';
import { createDatabase } from '#tests/postgres.ts';

/** A fresh storage of an engine, and how to leave it. */
export type Opened = { readonly storage: Storage; readonly reopen: () => Promise<Storage>; readonly leave: () => Promise<void> };

/** Both engines, by name, for `describe.each`. */
export const engines: readonly { readonly engine: Engine; readonly open: () => Promise<Opened> }[] = [
  {
    engine: 'sqlite',
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tuoyu-test-'));
      const file = join(folder, 'test.sqlite');
      const storage = await openSqlite(file, Date.now());
      return { storage, reopen: () => openSqlite(file, Date.now()), leave: async () => { await storage.close(); rmSync(folder, { recursive: true }); } };
    },
  },
  {
    engine: 'postgres',
    open: async () => {
      const url = await createDatabase(inject('postgresUrl'));
      const storage = await openPostgres(url, Date.now(), 20);
      return { storage, reopen: () => openPostgres(url, Date.now(), 5), leave: () => storage.close() };
    },
  },
];
