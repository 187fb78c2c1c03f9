import SQLite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStates } from '#domain/complaints/model.ts';
import type { CaseFilter } from '#domain/complaints/ports.ts';
import { caseQueue, casesOfFigures, complaintByReference } from '#storage/complaints.ts';
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

const whole: CaseFilter = { states: openStates, subject: null, department: null, channel: null, subdistrict: null, institution: null, handler: null, scope: { kind: 'place' } };
const ordered = (filter: CaseFilter) => caseQueue(storage.read, '120105', filter).selectAll().orderBy('due_on').orderBy('received_at').orderBy('id').limit(30);

test.each([
  ['a case by its number', () => complaintByReference(storage.read, '120105', 'T-00000000'), 'complaint_reference'],
  ['the queue of open cases, in its order', () => ordered(whole), 'complaint_open_by_due'],
  ['what a department has', () => ordered({ ...whole, states: ['transferred'], scope: { kind: 'department', department: 'police' } }), 'complaint_open_by_due'],
  ['cases of the figures', () => casesOfFigures(storage.read, '120105', 0, 1), 'complaint_by_receipt'],
])('%s: found by index', (_name, query, index) => {
  const plan = planOf(query());
  expect(plan).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}`));
  expect(plan).not.toMatch(/\bSCAN complaint\b|TEMP B-TREE/);
});
