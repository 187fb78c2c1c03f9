import SQLite from 'better-sqlite3';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookingByReference, endedOffers, slotsWithQueue } from '#storage/bookingRows.ts';
import { assessmentsOf, changesOf, decisionsOf, photosOf } from '#storage/listing.ts';
import { slotsIn, slotsOf } from '#storage/slots.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';

const file = join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'plans.sqlite');
let storage: Storage;
beforeAll(async () => { storage = await openSqlite(file, 1); });
afterAll(() => storage.close());

/** How SQLite would answer a query, as its own words. */
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
  ['slots of an institution', () => slotsOf(storage.read, 'any', 'visit', 0, 1), 'slot_by_institution'],
  ['slots of a jurisdiction', () => slotsIn(storage.read, '120105', 'class', 0, 1), 'slot_by_jurisdiction'],
  ['a booking by its number', () => bookingByReference(storage.read, '120105', 'Y-00000000'), 'booking_reference'],
  ['offers whose time is over', () => endedOffers(storage.read, 1), 'booking_offer_end'],
  ['slots somebody waits for', () => slotsWithQueue(storage.read), 'slot_with_queue'],
  ['records of a jurisdiction', () => storage.read.selectFrom('institution').selectAll().where('jurisdiction_code', '=', '120105'), 'institution_by_jurisdiction'],
  ['photos of an institution', () => photosOf(storage.read, 'any'), 'listing_photo_by_institution'],
  ['assessments of an institution', () => assessmentsOf(storage.read, 'any'), 'assessment_by_institution'],
  ['decisions about an institution', () => decisionsOf(storage.read, 'any'), 'decision_by_institution'],
  ['changes of an institution', () => changesOf(storage.read, 'any'), 'institution_change_by_institution'],
])('%s are found by index', (_name, query, index) => {
  const plan = planOf(query());
  expect(plan).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}`));
  expect(plan).not.toMatch(/\bSCAN\b|TEMP B-TREE/);
});
