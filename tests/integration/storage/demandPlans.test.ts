import SQLite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demandByReference, demandCounts, demandWaiting, openCareSeats } from '#storage/demand.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuoyu-test-'));
const file = join(folder, 'plans.sqlite');
let storage: Storage;
beforeAll(async () => { storage = await openSqlite(file, 1); });
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

/** How SQLite would answer a query, in its own words. */
function planOf(query: { compile: () => { readonly sql: string; readonly parameters: readonly unknown[] } }): string {
  const { sql, parameters } = query.compile();
  const db = new SQLite(file, { readonly: true });
  try {
    return db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters).map(({ detail }) => detail).join('\n');
  } finally {
    db.close();
  }
}

test.each([
  ['a registration by its number', () => demandByReference(storage.read, '120105', 'D-00000000'), 'demand_reference'],
  ['those that wait for a notice', () => demandWaiting(storage.read, '120105', '2026-11-22'), 'demand_waiting'],
  ['counts of those in force', () => demandCounts(storage.read, '120105', '2026-11-22'), 'demand_counted'],
  ['open seats by the hour', () => openCareSeats(storage.read, '120105', 0, 1), 'slot_by_jurisdiction'],
])('%s are found by index', (_name, query, index) => {
  const plan = planOf(query());
  expect(plan).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}`));
  expect(plan).not.toMatch(/\bSCAN\b/);
});
