import { createHash } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { auditText } from '#domain/audit/model.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { jurisdictionCode, type JurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { raiseRevision } from '#storage/commit.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { NewerDatabaseError, migrations } from '#storage/migrate.ts';
import { assertDurable, openSqlite } from '#storage/sqlite.ts';
import { aRequest, aSlot, bookingDeps } from '#tests/builders/booking.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines } from '#tests/integration/storage/engines.ts';

const hebei: JurisdictionCode = jurisdictionCode.parse('120105');
const scratch = (): string => join(mkdtempSync(join(tmpdir(), 'tuoyu-test-')), 'test.sqlite');

describe('SQLite connections', () => {
  test('a re-opened file is still synchronous=FULL, in WAL, with foreign keys, and readable by its owner only', async () => {
    const file = scratch();
    await (await openSqlite(file, 1)).close();
    const storage = await openSqlite(file, 2);
    const asked = async (name: string): Promise<unknown> => storage.write(async (tx) => Object.values((await sql<Record<string, unknown>>`${sql.raw(`PRAGMA ${name}`)}`.execute(tx)).rows[0] ?? {})[0]);
    expect([await asked('synchronous'), await asked('journal_mode'), await asked('foreign_keys')]).toEqual([2, 'wal', 1]);
    await storage.close();
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test('a transaction holds the right to write from its first statement, so that what it read cannot change before it writes', async () => {
    const file = scratch();
    const storage = await openSqlite(file, 1);
    const other = new SQLite(file, { timeout: 0 });
    await storage.write(async (tx) => {
      await tx.selectFrom('schema_version').select('version').execute();
      expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('database is locked');
    });
    other.exec('BEGIN IMMEDIATE');
    other.exec('ROLLBACK');
    other.close();
    await storage.close();
  });

  test('a connection that is only NORMAL is named and refused', () => {
    const settings: Record<string, unknown> = { synchronous: 1, foreign_keys: 1, journal_mode: 'wal' };
    expect(() => { assertDurable({ pragma: (name) => settings[name] }); }).toThrow('SQLite setting synchronous is 1, expected 2');
  });
});

describe.each(engines)('migrations and records on $engine', ({ open }) => {
  test('a newer database is refused by name and left as it was', async () => {
    const { storage, reopen, leave } = await open();
    await storage.write((tx) => tx.insertInto('schema_version').values({ version: 99_990, applied_at: 1 }).execute());
    await expect(reopen()).rejects.toThrow(NewerDatabaseError);
    await expect(reopen()).rejects.toThrow('version 99990');
    await leave();
  });

  test('opening twice migrates once', async () => {
    const { storage, reopen, leave } = await open();
    await (await reopen()).close();
    expect(await storage.read.selectFrom('schema_version').select('version').execute()).toEqual(migrations.map(({ version }) => ({ version })));
    await leave();
  });

  test('a record with every part comes back as it went in, and can be replaced', async () => {
    const { storage, leave } = await open();
    const full = aRecord({
      aliases: ['小森林', '森林宝宝'], point: { lng: 117.2, lat: 39.1, crs: 'gcj02' }, modes: ['fullDay', 'hourly'],
      bands: [{ band: 'toddler', places: 15, free: null, confirmedOn: null, availableFrom: '2027-03' }, { band: 'older', places: 20, free: 1, confirmedOn: '2026-11-01', availableFrom: null }],
      admission: { rule: 'byCohort', entryMonth: '2027-09', bornFrom: '2024-09', bornUntil: '2025-08', applyFrom: null, applyUntil: null, how: null },
      recognitions: [{ authority: '示例机关', documentNumber: null, from: '2026-01-01', until: '2026-12-31', places: [{ band: 'older', places: 8 }, { band: 'toddler', places: 4 }], priceCeiling: 198_000, audience: null }],
      fees: [{ item: 'care', mode: 'fullDay', band: null, amount: 198_000, per: 'month', required: true, note: null }],
      hours: [{ weekday: 1, opens: '07:30', closes: '17:30' }], opensInSchoolHolidays: false, extendedUntil: '18:30', mealsProvided: true, openToNeighbours: null, accepts: { allergy: true, medicine: false, specialNeeds: null },
    });
    await storage.write((tx) => putInstitution(tx, full));
    const [read] = await loadRecords(storage.read, '120105');
    expect(read?.institution).toEqual({ ...full.institution, recognitions: [{ ...full.institution.recognitions[0], places: expect.arrayContaining([{ band: 'older', places: 8 }, { band: 'toddler', places: 4 }]) }] });
    const plain = aRecord({ name: '示例·改名托育园' });
    await storage.write((tx) => putInstitution(tx, plain));
    expect((await loadRecords(storage.read, '120105')).map(({ institution }) => institution)).toEqual([plain.institution]);
    await leave();
  });

  test('a revision rises with its transaction, and not without it', async () => {
    const { storage, leave } = await open();
    expect(await storage.revision('120105')).toBe(0);
    await storage.write((tx) => raiseRevision(tx, '120105'));
    await expect(storage.write(async (tx) => { await raiseRevision(tx, '120105'); throw new Error('undone'); })).rejects.toThrow('undone');
    expect(await storage.revision('120105')).toBe(1);
    await storage.write((tx) => raiseRevision(tx, '330103'));
    expect(await storage.revisionOfAll()).toBe(2);
    const before = storage.dataVersion();
    expect(storage.dataVersion()).toBe(before);
    await storage.write((tx) => raiseRevision(tx, '330103'));
    if (storage.engine === 'sqlite') expect(storage.dataVersion()).not.toBe(before);
    else expect([before, storage.dataVersion()]).toEqual([undefined, undefined]);
    await leave();
  });

  test('the audit chain of a jurisdiction is unbroken after contended bookings', async () => {
    const { storage, leave } = await open();
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage, { capacity: 20 });
    await Promise.all(Array.from({ length: 20 }, (_, number) => reserve(deps, hebei, newId(), aRequest({ slotId: slot.id, phone: `1390000${String(number).padStart(4, '0')}` }))));
    const events = await storage.read.selectFrom('audit_event').selectAll().where('jurisdiction_code', '=', hebei).orderBy('seq').execute();
    expect(events).toHaveLength(20);
    let previous = '0'.repeat(64);
    for (const [index, event] of events.entries()) {
      const draft = { id: event.id, jurisdiction: hebei, at: instant.parse(event.at), kind: event.kind, actor: event.actor, objectKind: event.object_kind, objectId: event.object_id, detail: JSON.parse(event.detail) };
      expect(event.seq).toBe(index + 1);
      expect(event.previous_hash).toBe(previous);
      expect(event.hash).toBe(createHash('sha256').update(auditText(draft, event.seq, previous)).digest('hex'));
      previous = event.hash;
    }
    await leave();
  });
});
