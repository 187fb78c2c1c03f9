// 合规审计包 on both engines: its numbers are those that plain counting of random rows finds, before and after what is due was forgotten; and the map holds the columns the database really has.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mappedColumns } from '#domain/audit/dataMap.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { packReader } from '#storage/auditPack.ts';
import { appendAudit } from '#storage/commit.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { purgePersonalData } from '#storage/retention.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [here, elsewhere] = ['120105', '140525'].map((code) => jurisdictionCode.parse(code));
if (here === undefined || elsewhere === undefined) throw new Error('Two places.');
const day = 86_400_000;
const start = Date.parse('2026-10-01T00:00:00+08:00');
const span = 40;
const aBooking = fc.record({ place: fc.constantFrom(here, elsewhere), day: fc.integer({ min: 0, max: span - 1 }), version: fc.constantFrom('2026-10', '2026-11'), actingAs: fc.constantFrom('guardian', 'entrusted'), isForgotten: fc.boolean(), children: fc.integer({ min: 0, max: 2 }), slotDay: fc.integer({ min: 0, max: span - 1 }) });
const aDemand = fc.record({ place: fc.constantFrom(here, elsewhere), day: fc.integer({ min: 0, max: span - 1 }), version: fc.constantFrom('2026-10', '2026-11'), isForgotten: fc.boolean() });
const anEvent = fc.record({ place: fc.constantFrom(here, elsewhere), day: fc.integer({ min: 0, max: span - 1 }), kind: fc.constantFrom('demand-withdrawn', 'case-identity-forgotten', 'case-text-forgotten', 'export-downloaded', 'booking-made'), what: fc.constantFrom('leads', 'bookings'), rows: fc.integer({ min: 0, max: 500 }) });

describe.each(engines)('the yearly audit in numbers on $engine', ({ open, engine }) => {
  let opened: Opened;
  const institutions = new Map<string, string>();
  beforeAll(async () => {
    opened = await open();
    for (const place of [here, elsewhere]) {
      const id = newId();
      institutions.set(place, id);
      const record = aRecord({ id });
      await opened.storage.write((tx) => putInstitution(tx, { ...record, institution: { ...record.institution, jurisdiction: place }, rowKey: id }));
    }
  });
  afterAll(async () => { await opened.leave(); });

  test('held, consents, exports and deletions of a period are what counting by hand finds, and stay so through a purge', async () => {
    const [bookings, demands, events] = [fc.sample(aBooking, { numRuns: 60, seed: 1 }), fc.sample(aDemand, { numRuns: 40, seed: 2 }), fc.sample(anEvent, { numRuns: 80, seed: 3 })];
    await opened.storage.write(async (tx) => {
      for (const [at, one] of bookings.entries()) {
        const [slot, booking, institution] = [newId(), newId(), institutions.get(one.place) ?? ''];
        const startsAt = start + one.slotDay * day + at * 60_000; // no two at the same minute
        await tx.insertInto('slot').values({ id: slot, jurisdiction_code: one.place, institution_id: institution, kind: 'visit', starts_at: startsAt, ends_at: startsAt + 3_600_000, capacity: 5, taken: 0, state: 'open', bands: '[]' }).execute();
        await tx.insertInto('booking').values({
          id: booking, jurisdiction_code: one.place, reference: booking.slice(0, 20), query_code_hash: one.isForgotten ? '' : 'h', slot_id: slot, state: 'confirmed', seats: 1, version: 1, sealed_contact: one.isForgotten ? '' : 's', acting_as: one.actingAs,
          rules_version: one.version, created_at: start + one.day * day,
        }).execute();
        for (let ordinal = 0; ordinal < (one.isForgotten ? 0 : one.children); ordinal += 1) await tx.insertInto('booking_child').values({ booking_id: booking, ordinal, child_key: newId(), slot_id: slot, institution_id: institution, day: '2026-10-01', holds: 1 }).execute();
      }
      for (const one of demands) {
        const id = newId();
        await tx.insertInto('demand').values({
          id, jurisdiction_code: one.place, reference: id.slice(0, 20), query_code_hash: 'h', subdistrict_code: '120105001', band: 'toddler', start_month: '2026-12', modes: '[]', max_fee: null, reach: 'street', institutions: '[]', shown: '[]',
          state: one.isForgotten ? 'withdrawn' : 'looking', version: 1, round: 1, sealed: one.isForgotten ? '' : 's', phone_key: null, phone_ordinal: null, rules_version: one.version, made_at: start + one.day * day, lapses_on: '2027-05-01',
        }).execute();
      }
      for (const one of events) await appendAudit(tx, { id: newId(), jurisdiction: one.place, at: instant.parse(start + one.day * day), kind: one.kind, actor: 'system', objectKind: 'x', objectId: 'y', detail: one.kind === 'export-downloaded' ? { what: one.what, rows: one.rows } : {} });
    });
    const pack = packReader(opened.storage);
    const [from, to] = [instant.parse(start + 7 * day), instant.parse(start + 30 * day)];
    const within = (one: { readonly day: number }): boolean => one.day >= 7 && one.day < 30;
    for (const place of [here, elsewhere]) {
      const own = bookings.filter((one) => one.place === place);
      const kept = own.filter((one) => !one.isForgotten);
      expect(await pack.held(place)).toEqual({ bookings: kept.length, bookingChildren: kept.reduce((sum, { children }) => sum + children, 0), demands: demands.filter((one) => one.place === place && !one.isForgotten).length, caseIdentities: 0, reportPhones: 0 });
      const tally = (parts: readonly string[]) => [...Map.groupBy(parts, (part) => part)].map(([part, all]) => `${part} ${String(all.length)}`).toSorted();
      expect((await pack.consents(place, from, to)).map(({ what, rulesVersion, actingAs, count }) => `${what} ${rulesVersion} ${String(actingAs)} ${String(count)}`).toSorted()).toEqual([
        ...tally(own.filter(within).map(({ version, actingAs }) => `booking ${version} ${actingAs}`)), ...tally(demands.filter((one) => one.place === place && within(one)).map(({ version }) => `demand ${version} null`)),
      ].toSorted());
      const seen = events.filter((one) => one.place === place && within(one));
      const of = (kind: string): number => seen.filter((one) => one.kind === kind).length;
      expect(await pack.deletions(place, from, to)).toEqual({ purges: 0, bookings: 0, demands: 0, withdrawn: of('demand-withdrawn'), caseIdentities: of('case-identity-forgotten'), caseTexts: of('case-text-forgotten') });
      expect(await pack.exports(place, from, to)).toEqual(['bookings', 'leads'].flatMap((what) => {
        const files = seen.filter((one) => one.kind === 'export-downloaded' && one.what === what);
        return files.length === 0 ? [] : [{ what, downloads: files.length, rows: files.reduce((sum, { rows }) => sum + rows, 0) }];
      }));
    }

    const before = start + 20 * day;
    await purgePersonalData(opened.storage, before, before, ({ jurisdiction, bookings: count }) => ({ id: newId(), jurisdiction: jurisdictionCode.parse(jurisdiction), at: from, kind: 'personal-data-purged', actor: 'system', objectKind: 'booking', objectId: jurisdiction, detail: { bookings: count, keepDays: 90 } }));
    for (const place of [here, elsewhere]) {
      const due = bookings.filter((one) => one.place === place && !one.isForgotten && start + one.slotDay * day + bookings.indexOf(one) * 60_000 + 3_600_000 < before);
      const left = bookings.filter((one) => one.place === place && !one.isForgotten && !due.includes(one));
      expect(await pack.deletions(place, from, to)).toMatchObject({ purges: 1, bookings: due.length });
      expect(await pack.held(place)).toMatchObject({ bookings: left.length, bookingChildren: left.reduce((sum, { children }) => sum + children, 0) });
    }
  });

  test('the data map holds the columns of the database as it was migrated', async () => {
    const asked = engine === 'sqlite'
      ? sql<{ table: string; column: string }>`SELECT m.name AS "table", p.name AS "column" FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.sql NOT LIKE 'CREATE VIRTUAL%'`
      : sql<{ table: string; column: string }>`SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = current_schema()`;
    const mapped = new Set<string>(mappedColumns().map(({ table, column }) => `${table}.${column}`));
    const tables = new Set<string>(mappedColumns().map(({ table }) => table));
    const found = (await asked.execute(opened.storage.read)).rows.filter(({ table }) => !/^search_/.test(table));
    expect(found.length).toBeGreaterThan(600);
    expect(found.filter(({ table, column }) => !mapped.has(`${table}.${column}`)).map(({ table, column }) => `${table}.${column}`)).toEqual([]);
    expect(found.every(({ table }) => tables.has(table))).toBe(true);
  });
});
