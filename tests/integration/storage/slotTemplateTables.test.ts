import SQLite from 'better-sqlite3';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slotTemplateTables } from '#storage/migrations/0090-slot-templates.ts';
import { classesIn, exceptionsOf, slotsAfter, templatesOf } from '#storage/slotTemplates.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { aPattern } from '#tests/builders/slotTemplate.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

describe.each(engines)('migration 90 on $engine', ({ engine, open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());

  test('a slot made before has never changed, and the schema refuses what no template can be', async () => {
    const { storage } = opened;
    const [institution, slot] = [newId(), newId()];
    await storage.write((tx) => putInstitution(tx, { ...aRecord({ id: institution }), rowKey: institution }));
    // Back to the tables of version 80, with a slot in them; then forward again.
    await storage.write(async (tx) => {
      for (const table of ['slot_decision', 'slot_exception', 'slot_template', 'timetable']) await sql.raw(`DROP TABLE ${table}`).execute(tx);
      await sql`ALTER TABLE slot DROP COLUMN sequence`.execute(tx).catch(() => undefined);
    });
    await storage.write((tx) => sql`INSERT INTO slot (id, jurisdiction_code, institution_id, kind, starts_at, ends_at, capacity, taken, state, bands) VALUES (${slot}, '120105', ${institution}, 'visit', 1000, 2000, 6, 1, 'open', '[]')`.execute(tx));
    const words = { engine, int: engine === 'sqlite' ? 'integer' : 'bigint', real: '', strict: engine === 'sqlite' ? ' STRICT' : '', appendOnly: () => [] };
    await storage.write(async (tx) => { for (const statement of slotTemplateTables.statements(words)) await sql.raw(statement).execute(tx); });
    expect(await storage.read.selectFrom('slot').select(['id', 'taken', 'sequence', 'template_id']).execute()).toEqual([{ id: slot, taken: 1, sequence: 0, template_id: null }]);

    const template = { id: newId(), jurisdiction_code: '120105', institution_id: institution, team_id: null, kind: 'visit', version: 1, valid_from: '2026-01-01', valid_until: null, pattern: JSON.stringify(aPattern()), caps: '[null]' };
    const broken: readonly (readonly [string, object])[] = [['no host', { institution_id: null }], ['a home visit by an institution', { kind: 'homeVisit' }], ['an end before the beginning', { valid_until: '2025-12-31' }], ['no version', { version: 0 }], ['a host nobody knows', { institution_id: newId() }]];
    for (const [name, change] of broken) await expect(storage.write((tx) => tx.insertInto('slot_template').values({ ...template, ...change }).execute()), name).rejects.toThrow();
    await storage.write((tx) => tx.insertInto('slot_template').values(template).execute());
    await expect(storage.write((tx) => tx.insertInto('slot_decision').values({ slot_id: newId(), choice: 'keep', at: 1 }).execute())).rejects.toThrow();
  });
});

const file = join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'plans.sqlite');
let planned: Storage;
beforeAll(async () => { planned = await openSqlite(file, 1); });
afterAll(() => planned.close());
const host = { kind: 'institution' as const, id: 'any' };

test.each([
  ['templates of a host', () => templatesOf(planned.read, host, '2026-11-22'), 'slot_template_by_institution'],
  ['exceptions of a host', () => exceptionsOf(planned.read, host, '2026-11-22'), 'slot_exception_by_institution'],
  ['slots of a host from now on', () => slotsAfter(planned.read, host, 1), 'slot_by_institution'],
  ['slots of a team from now on', () => slotsAfter(planned.read, { kind: 'team', id: 'any' }, 1), 'slot_by_team'],
  ['classes of a place', () => classesIn(planned.read, '120105', 'closed', 0, 1), 'slot_by_jurisdiction'],
])('%s are found by index', (_name, query, index) => {
  const { sql: text, parameters } = query().compile();
  const db = new SQLite(file, { readonly: true });
  const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...parameters).map(({ detail }) => detail).join('\n');
  db.close();
  expect(plan).toContain(`USING INDEX ${index}`);
  expect(plan).not.toMatch(/SCAN (slot|slot_template|slot_exception)\b/);
});
