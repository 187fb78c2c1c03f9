import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDemand, registerDemand, renewDemand, tellFreePlaces, withdrawDemand, type RegisterOutcome } from '#domain/demand/commands.ts';
import { demandNotice, type Candidate } from '#domain/demand/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, instantAt, isoDate } from '#domain/shared/dates.ts';
import { purgeNow } from '#server/retention.ts';
import { demandStore } from '#storage/demand.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { sundayMorning } from '#tests/builders/booking.ts';
import { aCandidate, aDemandRequest, demandDeps, testKeys } from '#tests/builders/demand.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const phoneOf = (number: number): string => `137${String(number).padStart(8, '0')}`;
const receiptOf = (outcome: RegisterOutcome) => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value.receipt;
};
const dayAt = (day: string, time = '10:00') => () => instantAt(isoDate.parse(day), time);

describe.each(engines)('demand on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  const [first, second] = [newId(), newId()];
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
    await storage.write(async (tx) => { for (const id of [first, second]) await putInstitution(tx, { ...aRecord({ id }), rowKey: id }); });
  });
  afterAll(() => opened.leave());

  const counts = async (): Promise<readonly number[]> => Promise.all((['demand', 'demand_notice', 'outbox', 'audit_event', 'idempotency'] as const)
    .map(async (table) => Number((await storage.read.selectFrom(table).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count)));
  const rowOf = (reference: string) => storage.read.selectFrom('demand').selectAll().where('reference', '=', reference).executeTakeFirstOrThrow();
  const noticesOf = async (reference: string) => {
    const { id } = await rowOf(reference);
    return storage.read.selectFrom('demand_notice').innerJoin('outbox', 'outbox.id', 'demand_notice.message_id').selectAll().where('demand_id', '=', id).orderBy('round').execute();
  };
  /** Institutions with free places that a test can open and close. */
  const world = () => {
    const state: { free: readonly Candidate[] } = { free: [] };
    return { state, deps: demandDeps(storage, () => state.free) };
  };
  const [one, other] = [aCandidate({ id: first, name: '示例甲' }), aCandidate({ id: second, name: '示例乙' })];

  test('a registration stands with its event and sealed answer; the same key a hundred times at once makes one and a hundred equal answers', async () => {
    const { deps } = world();
    const before = await counts();
    const request = aDemandRequest({ phone: phoneOf(1) });
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => registerDemand(deps, hebei, 'one-key-for-all', request)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(receiptOf(outcome)))).size).toBe(1);
    expect((await counts()).map((count, index) => count - (before[index] ?? 0))).toEqual([1, 0, 0, 1, 1]);
    expect(await registerDemand(deps, hebei, 'one-key-for-all', aDemandRequest({ phone: phoneOf(2) }))).toEqual({ ok: false, reason: 'idempotency-key-reused' });
    expect(receiptOf(outcomes[0] ?? { ok: false, reason: 'rules-changed' })).toMatchObject({ reference: expect.stringMatching(/^D-[0-9A-HJKMNP-TV-Z]{8}$/), lapsesOn: '2027-05-22' });
  });

  test('twenty at once under one phone: three stand, seventeen are refused; one withdrawn makes room', async () => {
    const { deps } = world();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(3) }))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
    expect(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason])))).toEqual(new Set(['too-many-for-phone']));
    await withdrawDemand(deps, hebei, receiptOf(outcomes.find(({ ok }) => ok) ?? { ok: false, reason: 'rules-changed' }));
    expect(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(3) }))).toMatchObject({ ok: true });
  });

  test('without a phone as many as there are; a street of another place, unknown institutions and old rules are refused', async () => {
    const { deps } = world();
    for (let count = 0; count < 4; count += 1) expect(await registerDemand(deps, hebei, newId(), aDemandRequest())).toMatchObject({ ok: true });
    expect(await registerDemand(deps, hebei, newId(), aDemandRequest({ subdistrict: '330105014' }))).toEqual({ ok: false, reason: 'fields', faults: [{ field: 'subdistrict', code: 'unknown-value' }] });
    expect(await registerDemand(deps, hebei, newId(), aDemandRequest({ institutions: [newId()] }))).toEqual({ ok: false, reason: 'fields', faults: [{ field: 'institutions', code: 'unknown-value' }] });
    expect(await registerDemand(deps, hebei, newId(), aDemandRequest({ consent: { rulesVersion: '2019-01', actingAs: 'guardian' } }))).toEqual({ ok: false, reason: 'rules-changed' });
  });

  test('found however the numbers are typed, with what fits now; wrong, malformed and unknown answer alike', async () => {
    const { deps, state } = world();
    const { reference, queryCode } = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ hours: { from: '08:00', until: '17:30' } })));
    state.free = [one];
    expect(await findDemand(deps, hebei, { reference: reference.toLowerCase(), queryCode: queryCode.replace(/(\d{4})/g, '$1 ') }))
      .toMatchObject({ ok: true, value: { reference, state: 'looking', birthMonth: '2025-03', hours: { from: '08:00', until: '17:30' }, phone: false, matches: [{ institution: first }] } });
    for (const typed of [{ reference, queryCode: '1234567890123456' }, { reference, queryCode: 'abc' }, { reference: 'D-ZZZZZZZZ', queryCode }, { reference: reference.replace('D', 'Y'), queryCode }]) {
      expect(await findDemand(deps, hebei, typed)).toEqual({ ok: false, reason: 'not-found' });
    }
  });

  test('one notice when a place becomes free: not for what was free before, never a second until the family still looks', async () => {
    const { deps, state } = world();
    state.free = [one];
    const receipt = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(10) })));
    const told = async () => { await tellFreePlaces(deps, hebei); return (await noticesOf(receipt.reference)).map(({ institution_id }) => institution_id); };
    expect(await told()).toEqual([]); // shown with the receipt
    state.free = [];
    expect(await told()).toEqual([]);
    state.free = [one]; // free again: that is news
    expect(await told()).toEqual([first]);
    state.free = [one, other];
    expect(await told()).toEqual([first]);
    expect(await findDemand(deps, hebei, receipt)).toMatchObject({ value: { state: 'told' } });
    await storage.write((tx) => tx.updateTable('outbox').set({ sent_at: 1 }).where('kind', '=', 'demand-free-place').execute());
    expect(await renewDemand(deps, hebei, receipt)).toMatchObject({ value: { state: 'looking' } });
    expect(await told()).toEqual([first]);
    state.free = [one];
    await told();
    state.free = [one, other];
    expect(await told()).toEqual([first, second]);
  });

  test('eight runners at once write one notice, with its event and its sealed message, to be sent in the morning', async () => {
    const { deps, state } = world();
    const night = { ...deps, now: dayAt('2026-11-22', '23:10') };
    const { reference } = receiptOf(await registerDemand(night, hebei, newId(), aDemandRequest({ phone: phoneOf(11) })));
    state.free = [one];
    const before = await counts();
    const told = await Promise.all(Array.from({ length: 8 }, () => tellFreePlaces(night, hebei)));
    const notices = await noticesOf(reference);
    expect(notices).toHaveLength(1);
    const wrote = told.reduce((sum, count) => sum + count, 0);
    expect((await counts()).map((count, index) => count - (before[index] ?? 0))).toEqual([0, wrote, wrote, wrote, 0]);
    const [notice] = notices;
    expect(notice).toMatchObject({ kind: 'demand-free-place', sent_at: null, due_at: instantAt(isoDate.parse('2026-11-23'), '08:00'), round: 1 });
    expect(notice?.sealed).not.toContain(first);
  });

  test('a runner that looked before the family began a new round writes nothing', async () => {
    const { deps } = world();
    const receipt = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(22) })));
    const store = demandStore(storage);
    const stale = (await store.findByReference(hebei, receipt.reference))?.demand;
    if (!stale) throw new Error('not found');
    await renewDemand(deps, hebei, receipt);
    const [id, at] = [newId(), sundayMorning];
    const event = { id: newId(), jurisdiction: hebei, at, kind: 'demand-told', actor: 'system', objectKind: 'demand', objectId: stale.id, detail: {} };
    expect(await store.tell({ demand: stale, institution: first, shown: [], message: { id, kind: 'demand-free-place', sealed: 'v1.x' }, at, dueAt: at, event })).toBe('changed-meanwhile');
    expect(await noticesOf(receipt.reference)).toEqual([]);
    expect(await rowOf(receipt.reference)).toMatchObject({ state: 'looking', round: 2 });
    await withdrawDemand(deps, hebei, receipt);
  });

  test('the message opens to the registration and the institution, and to nothing of the family', async () => {
    const { deps, state } = world();
    const { reference } = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(12), subdistrict: '120105004', reach: 'street' })));
    state.free = [aCandidate({ id: first, subdistrict: '120105004' })];
    await tellFreePlaces(deps, hebei);
    const [notice] = await noticesOf(reference);
    const text = testKeys.open('outbox', notice?.message_id ?? '', notice?.sealed ?? '');
    expect(demandNotice.parse(JSON.parse(text))).toMatchObject({ institution: first, round: 1, bands: ['toddler'] });
    expect(text).not.toContain(phoneOf(12));
    expect(text).not.toContain('2025-03');
  });

  test('one registration that does not open keeps nobody else from being told, and is reported', async () => {
    const { deps, state } = world();
    const broken = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(20) })));
    const { reference } = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(21) })));
    await storage.write((tx) => tx.updateTable('demand').set({ sealed: 'v1.tampered' }).where('reference', '=', broken.reference).execute());
    state.free = [one];
    await expect(tellFreePlaces(deps, hebei)).rejects.toThrow('sealed text');
    expect(await noticesOf(reference)).toHaveLength(1);
    await withdrawDemand(deps, hebei, broken);
  });

  test('withdrawing forgets the child and the phone at once, takes back a notice not yet sent, and is the same again', async () => {
    const { deps, state } = world();
    const receipt = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(13), maxFee: 3000, institutions: [] })));
    state.free = [aCandidate({ id: second, feeIn: { infant: null, toddler: 200_000, older: null, mixed: null } })];
    await tellFreePlaces(deps, hebei);
    expect(await noticesOf(receipt.reference)).toHaveLength(1);
    const gone = { ok: true, value: { state: 'withdrawn', birthMonth: null, hours: null, maxFee: null, phone: false, matches: [] } };
    expect(await withdrawDemand(deps, hebei, receipt)).toMatchObject(gone);
    expect(await withdrawDemand(deps, hebei, receipt)).toMatchObject(gone);
    expect(await renewDemand(deps, hebei, receipt)).toMatchObject(gone);
    expect(await noticesOf(receipt.reference)).toEqual([]);
    expect(await rowOf(receipt.reference)).toMatchObject({ state: 'withdrawn', sealed: '', phone_key: null });
    state.free = [];
    await tellFreePlaces(deps, hebei);
    expect(await noticesOf(receipt.reference)).toEqual([]);
  });

  test('it stands to the last day of the sixth month and is forgotten the day after; saying it again begins anew', async () => {
    const { deps } = world();
    const lapsing = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(14) })));
    const renewed = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(15) })));
    const lastDay = { ...deps, now: dayAt('2027-05-22', '23:59') };
    await purgeNow(storage, lastDay.now);
    expect(await findDemand(lastDay, hebei, lapsing)).toMatchObject({ ok: true, value: { state: 'looking' } });
    expect(await renewDemand(lastDay, hebei, renewed)).toMatchObject({ ok: true, value: { lapsesOn: '2027-11-22' } });
    const dayAfter = { ...deps, now: dayAt('2027-05-23', '00:00') };
    expect(await findDemand(dayAfter, hebei, lapsing)).toMatchObject({ ok: true, value: { state: 'lapsed', matches: [] } });
    await purgeNow(storage, dayAfter.now);
    expect(await findDemand(dayAfter, hebei, lapsing)).toEqual({ ok: false, reason: 'not-found' });
    expect(await rowOf(lapsing.reference)).toMatchObject({ state: 'lapsed', sealed: '', query_code_hash: '', phone_key: null, band: 'toddler', start_month: '2026-12' });
    expect(await findDemand(dayAfter, hebei, renewed)).toMatchObject({ ok: true, value: { state: 'looking' } });
    expect((await storage.read.selectFrom('audit_event').select('detail').where('kind', '=', 'personal-data-purged').where('object_kind', '=', 'demand').execute()).length).toBeGreaterThan(0);
  });

  test('counts by street, band and month hold those in force only', async () => {
    const { deps } = world();
    const store = demandStore(storage);
    const here = { subdistrict: '120105009', start: '2027-01', birthMonth: '2026-05' };
    const receipts = await Promise.all([1, 2, 3].map(async () => receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest(here)))));
    const mine = async (day: string) => (await store.countDemand(hebei, isoDate.parse(day))).filter(({ subdistrict }) => subdistrict === '120105009');
    expect(await mine('2026-11-22')).toEqual([{ subdistrict: '120105009', band: 'infant', month: '2027-01', count: 3 }]);
    if (receipts[0]) await withdrawDemand(deps, hebei, receipts[0]);
    expect(await mine('2027-05-22')).toEqual([{ subdistrict: '120105009', band: 'infant', month: '2027-01', count: 2 }]);
    expect(await mine('2027-05-23')).toEqual([]);
  });

  test('the schema itself refuses a fourth under one phone, a second notice of a round, and a family\'s data in what is over', async () => {
    const { deps } = world();
    const { reference } = receiptOf(await registerDemand(deps, hebei, newId(), aDemandRequest({ phone: phoneOf(16) })));
    const { id, ...row } = await rowOf(reference);
    const write = (change: Partial<typeof row>) => storage.write((tx) => tx.insertInto('demand').values({ ...row, id: newId(), reference: `D-${newId().slice(-8)}`, ...change }).execute());
    await expect(write({})).rejects.toThrow(/unique/i);
    await expect(write({ phone_ordinal: 4 })).rejects.toThrow(/check/i);
    await expect(write({ state: 'withdrawn' })).rejects.toThrow(/check/i);
    await expect(write({ phone_key: null, phone_ordinal: null, state: 'told' })).rejects.toThrow(/check/i);
    const notice = { demand_id: id, round: 1, institution_id: first, at: 1 };
    await storage.write((tx) => tx.insertInto('demand_notice').values({ ...notice, message_id: newId() }).execute());
    await expect(storage.write((tx) => tx.insertInto('demand_notice').values({ ...notice, message_id: newId() }).execute())).rejects.toThrow(/unique/i);
  });

  test('nothing a family typed stands in the database in clear', async () => {
    const { deps, state } = world();
    state.free = [];
    const canary = { phone: '13912349876', birthMonth: '2024-07', hours: { from: '06:30', until: '19:30' } };
    const { queryCode } = receiptOf(await registerDemand(deps, hebei, 'canary-demand-key', aDemandRequest(canary)));
    state.free = [aCandidate({ id: first, bandsFor: () => ['toddler'] })];
    await tellFreePlaces(deps, hebei);
    const tables = ['demand', 'demand_notice', 'idempotency', 'outbox', 'audit_event'] as const;
    const everything = JSON.stringify(await Promise.all(tables.map((table) => storage.read.selectFrom(table).selectAll().execute())));
    for (const secret of [canary.phone, canary.birthMonth, canary.hours.from, queryCode, 'canary-demand-key']) expect(everything).not.toContain(secret);
  });

  test('an answer outlives its day by real time only', async () => {
    const { deps } = world();
    const request = aDemandRequest();
    const before = receiptOf(await registerDemand(deps, hebei, 'asked-twice-key', request));
    const later = { ...deps, realNow: () => instant.parse(Date.now() + 86_400_001) };
    expect(receiptOf(await registerDemand({ ...deps, now: () => instant.parse(sundayMorning + 1) }, hebei, 'asked-twice-key', request))).toEqual(before);
    expect(receiptOf(await registerDemand(later, hebei, 'asked-twice-key', request))).not.toEqual(before);
  });
});
