import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demandNotice } from '#domain/demand/model.ts';
import { instant, instantAt, isoDate } from '#domain/shared/dates.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { makeDemands, type Demands } from '#server/demand.ts';
import { keepTelling } from '#server/demandNotices.ts';
import { makeDirectory } from '#server/directory.ts';
import { makeLimits } from '#server/limits.ts';
import { raiseRevision } from '#storage/commit.ts';
import { putInstitution } from '#storage/directory.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { newId } from '#storage/ids.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';
import { aDemandRequest, testKeys } from '#tests/builders/demand.ts';
import { aRecord } from '#tests/builders/institution.ts';

const places = loadJurisdictions(findDataFolder());
const place = places.find(({ counties }) => counties.length === 0);
if (!place) throw new Error('no district in data/');
const street = place.subdistricts[0]?.code ?? '';
const now = () => instantAt(isoDate.parse('2026-11-22'), '10:00');
const code = place.code;

type Opened = { readonly folder: string; readonly storage: Storage; readonly demands: Demands };
let opened: Opened;
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-demand-'));
  const storage = await openSqlite(join(folder, 'demand.sqlite'), 1);
  const directory = makeDirectory(storage, places, findDataFolder(), () => isoDate.parse('2026-11-22'));
  opened = { folder, storage, demands: makeDemands({ storage, jurisdictions: places, directory, limits: makeLimits(false), keys: testKeys, now, realNow: () => instant.parse(Date.now()) }) };
});
afterEach(async () => {
  await opened.storage.close();
  rmSync(opened.folder, { recursive: true });
});

const id = newId();
/** What an import or an approved listing does: the record anew, the revision raised. */
const publish = (free: number, change: Parameters<typeof aRecord>[0] = {}) => opened.storage.write(async (tx) => {
  await putInstitution(tx, { ...aRecord({ id, jurisdiction: code, subdistrict: street, bands: [{ band: 'toddler', places: 15, free, confirmedOn: '2026-11-20', availableFrom: null }], ...change }), rowKey: id });
  await raiseRevision(tx, code);
});
const notices = () => opened.storage.read.selectFrom('outbox').selectAll().where('kind', '=', 'demand-free-place').execute();
const register = async (change: Parameters<typeof aDemandRequest>[0], from = '192.0.2.1') => {
  const outcome = await opened.demands.register(code, newId(), aDemandRequest({ subdistrict: street, ...change }), from);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.receipt;
};

test('a free place that an import brings is told once, to the one family it fits, who can be reached by it', async () => {
  await publish(0);
  const { reference } = await register({ phone: '13800000001' });
  await register({ phone: '13800000002', birthMonth: '2026-10' });
  await register({});
  await opened.demands.tellNow(code);
  expect(await notices()).toEqual([]);
  await publish(3);
  await opened.demands.tellNow(code);
  await opened.demands.tellNow(code);
  const [message, ...others] = await notices();
  expect(others).toEqual([]);
  const notice = demandNotice.parse(JSON.parse(testKeys.open('outbox', message?.id ?? '', message?.sealed ?? '')));
  expect(await opened.demands.contactFor(code, notice)).toEqual({ phone: '13800000001', reference, institution: id });
  expect(await opened.demands.contactFor(code, { ...notice, round: 2 })).toBeUndefined();
});

test('the watch looks when revision, day or open seats have moved, and not otherwise', async () => {
  await publish(0, { modes: ['hourly'] });
  await register({ phone: '13800000003', modes: ['hourly'] });
  expect(await opened.demands.placesWaiting()).toEqual([code]);
  const before = await opened.demands.signOf(code);
  expect(await opened.demands.signOf(code)).toBe(before);
  const startsAt = now() + 3 * 86_400_000;
  await opened.storage.write((tx) => tx.insertInto('slot').values({ id: newId(), jurisdiction_code: code, institution_id: id, kind: 'care', starts_at: startsAt, ends_at: startsAt + 3_600_000, capacity: 2, taken: 0, state: 'open', bands: '["toddler"]' }).execute());
  expect(await opened.demands.signOf(code)).not.toBe(before);
  const telling = keepTelling(opened.demands, (fault) => { throw fault; });
  await expect.poll(async () => (await notices()).length).toBe(1);
  await telling.stop();
  expect(await opened.demands.placesWaiting(), 'told: nobody waits any more').toEqual([]);
  await opened.storage.write((tx) => tx.updateTable('slot').set({ taken: 2 }).execute());
  expect(await opened.demands.signOf(code)).toBe(before);
});

test('a class of one school year is free from its month of entry, not before', async () => {
  await publish(0);
  const cohort = { rule: 'byCohort', entryMonth: '2027-09', bornFrom: '2024-09', bornUntil: '2025-08', applyFrom: null, applyUntil: null, how: null };
  await register({ phone: '13800000004', start: '2026-12' });
  await publish(4, { admission: cohort, bands: [{ band: 'older', places: 20, free: 4, confirmedOn: '2026-11-20', availableFrom: null }] });
  await opened.demands.tellNow(code);
  expect(await notices()).toEqual([]);
  await publish(4, { admission: { ...cohort, entryMonth: '2026-12' }, bands: [{ band: 'older', places: 20, free: 4, confirmedOn: '2026-11-20', availableFrom: null }] });
  await opened.demands.tellNow(code);
  expect(await notices()).toHaveLength(1);
});

test('one phone may register six times a day, one address thirty an hour; five wrong codes and then a wait', async () => {
  await publish(0);
  for (let count = 0; count < 6; count += 1) {
    const receipt = await register({ phone: '13800000005' }, `192.0.2.${String(count)}`);
    await opened.demands.withdraw(code, receipt, '192.0.2.9');
  }
  const request = (phone?: string) => aDemandRequest({ subdistrict: street, ...(phone === undefined ? {} : { phone }) });
  expect(await opened.demands.register(code, newId(), request('13800000005'), '192.0.2.7')).toMatchObject({ ok: false, reason: 'too-many' });
  for (let count = 0; count < 30; count += 1) expect(await opened.demands.register(code, newId(), request(), '192.0.2.50')).toMatchObject({ ok: true });
  expect(await opened.demands.register(code, newId(), request(), '192.0.2.50')).toMatchObject({ ok: false, reason: 'too-many' });
  const receipt = await register({});
  for (let count = 0; count < 5; count += 1) expect(await opened.demands.find(code, { ...receipt, queryCode: '1234567890123456' }, '192.0.2.60')).toEqual({ ok: false, reason: 'not-found' });
  expect(await opened.demands.find(code, receipt, '192.0.2.60')).toMatchObject({ ok: false, reason: 'too-many' });
});

test('totals hide what is under five', async () => {
  await publish(0);
  for (let count = 0; count < 6; count += 1) await register({});
  await register({ birthMonth: '2026-03' });
  const totals = await opened.demands.totals(code);
  expect(totals.find(({ subdistrict }) => subdistrict === null)).toEqual({ subdistrict: null, band: null, month: null, count: 7 });
  expect(totals.filter(({ month }) => month !== null).map(({ count }) => count)).toEqual([null, null]);
});
