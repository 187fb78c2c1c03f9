import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveDraft, type MoveDraft } from '#domain/filing/model.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, instant } from '#domain/shared/dates.ts';
import { registerDemand } from '#domain/demand/commands.ts';
import { noticeKind } from '#domain/notices/model.ts';
import { tellable } from '#domain/notices/commands.ts';
import { makeDemands } from '#server/demand.ts';
import { makeDirectory } from '#server/directory.ts';
import { makeFilings, type Filings } from '#server/filings.ts';
import { makeLimits } from '#server/limits.ts';
import { noticeSource } from '#server/noticeSource.ts';
import { signPush } from '#server/pushSignature.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { aCandidate, aDemandRequest, demandDeps, testKeys } from '#tests/builders/demand.ts';
import { smsText } from '#text/notices.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const place = aPlace('hebei');
const pushSecret = 'a secret of the registry, long enough';
const [clerk, reviewer] = ['clerk-1', 'reviewer-1'].map((account) => ({ account, jurisdiction: hebei, subdistrict: null }));
if (!clerk || !reviewer) throw new Error('no actors');

const draft = (change: Partial<Record<keyof MoveDraft, unknown>> = {}): MoveDraft =>
  moveDraft.parse({ id: newId(), seen: '', to: 'withdrawn', on: '2026-11-20', decisionNumber: '示例决定1号', number: '', reason: '机构申请终止服务', ...change });

describe.each(engines)('备案状态 on $engine', ({ open }) => {
  let opened: Opened;
  let filings: Filings;
  let realNow = instant.parse(1_795_000_000_000);
  const storage = () => opened.storage;
  beforeAll(async () => {
    opened = await open();
    filings = makeFilings({ storage: opened.storage, keys: testKeys, now: () => sundayMorning, realNow: () => realNow, dataFolder: 'data', jurisdictions: [place], pushSecret });
  });
  afterAll(() => opened.leave());

  const newcomer = async (change: object = {}): Promise<string> => {
    const id = newId();
    await storage().write((tx) => putInstitution(tx, { ...aRecord({ id, ...change }), rowKey: id }));
    return id;
  };
  const credentialOf = async (id: string) => (await loadRecords(storage().read, hebei)).find(({ institution }) => institution.id === id)?.institution.credential;
  const bookingsOf = (slot: string) => storage().read.selectFrom('booking').select(['state', 'ended_by', 'reason']).where('slot_id', '=', slot).orderBy('created_at').orderBy('id').execute();
  const outboxKinds = async () => (await storage().read.selectFrom('outbox').select('kind').execute()).map(({ kind }) => kind).filter((kind) => kind.startsWith('booking-cancelled') || kind.startsWith('institution-'));

  test('an ended filing cancels what is booked with a message, raises the revision once, leaves the search and refuses who comes later; seats and another institution stay', async () => {
    const slot = await aSlot(storage(), { capacity: 3 });
    const other = await aSlot(storage());
    const deps = bookingDeps(storage());
    for (const [at, phone] of [[slot.id, '13900000001'], [slot.id, '13900000002'], [other.id, '13900000003']] as const) expect((await reserve(deps, hebei, newId(), aRequest({ slotId: at, phone }))).ok).toBe(true);
    const before = await storage().revision(hebei);
    const messages = (await outboxKinds()).length;
    const made = draft();
    expect(await filings.change(clerk, slot.institution, made)).toMatchObject({ ok: true, value: { bookings: 2, move: { second: 'after', dueOn: '2026-11-23' } } });
    expect(await storage().revision(hebei)).toBe(before + 1);
    expect(await credentialOf(slot.institution)).toMatchObject({ state: 'withdrawn', since: '2026-11-20', decisionNumber: '示例决定1号' });
    expect(await bookingsOf(slot.id)).toEqual([1, 2].map(() => ({ state: 'cancelled', ended_by: 'institution', reason: 'closure' })));
    expect((await bookingsOf(other.id)).map(({ state }) => state)).toEqual(['confirmed']);
    expect((await outboxKinds()).length - messages).toBe(2);
    expect((await storage().read.selectFrom('slot').select('taken').where('id', '=', slot.id).executeTakeFirstOrThrow()).taken).toBe(0);
    expect(await storage().read.selectFrom('search_document').select('id').where('institution_id', '=', slot.institution).execute()).toEqual([]);
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: slot.id, phone: '13900000009' }))).toEqual({ ok: false, reason: 'institution-suspended' });
    // The same form sent again does nothing more; a page that had not seen it is refused.
    expect(await filings.change(clerk, slot.institution, made)).toMatchObject({ ok: true });
    expect(await storage().revision(hebei)).toBe(before + 1);
    expect(await filings.change(clerk, slot.institution, draft({ to: 'submitted' }))).toEqual({ ok: false, reason: 'changed-meanwhile' });
  });

  test('关停 reaches everybody at once: a class and its waiting list, a visit and a class two hundred days ahead; one message each, of its own kind', async () => {
    const { id: course, institution } = await aSlot(storage(), { kind: 'class', capacity: 1 });
    const far = instant.parse(sundayMorning + 200 * 86_400_000);
    const [late, lateCourse] = [await aSlot(storage(), { institution, startsAt: far }), await aSlot(storage(), { institution, kind: 'class', startsAt: far, capacity: 1 })];
    const [now, then] = [bookingDeps(storage()), bookingDeps(storage(), instant.parse(far - 2 * 86_400_000))];
    let phones = 0;
    const ask = async (deps: typeof now, slotId: string, more: object = {}): Promise<void> => {
      phones += 1;
      expect(await reserve(deps, hebei, newId(), aRequest({ slotId, phone: `1390000${String(1000 + phones)}`, ...more }))).toMatchObject({ ok: true });
    };
    await ask(now, course);
    for (let waiting = 0; waiting < 2; waiting += 1) await ask(now, course, { waiting: true });
    await ask(then, late.id);
    await ask(then, lateCourse.id);
    await ask(then, lateCourse.id, { waiting: true });
    expect((await bookingsOf(course)).map(({ state }) => state)).toEqual(['confirmed', 'waiting', 'waiting']);
    const before = new Set((await storage().read.selectFrom('outbox').select('id').execute()).map(({ id }) => id));
    expect(await filings.change(clerk, institution, draft())).toMatchObject({ ok: true, value: { bookings: 6 } });
    for (const slot of [course, late.id, lateCourse.id]) expect(new Set((await bookingsOf(slot)).map(({ state, reason }) => `${state} ${reason ?? ''}`))).toEqual(new Set(['cancelled closure']));
    const sent = (await storage().read.selectFrom('outbox').select(['id', 'kind']).execute()).filter(({ id }) => !before.has(id)).map(({ kind }) => kind);
    expect(sent).toEqual(Array.from({ length: 6 }, () => 'institution-closed'));
  });

  test('关停 is told to families that registered demand and named the institution, as long as they look and gave a number; taken back, it is told no more', async () => {
    const [closing, staying] = [await newcomer(), await newcomer()];
    const deps = demandDeps(storage(), () => [closing, staying].map((id) => aCandidate({ id })));
    const register = async (change: object): Promise<string> => {
      const outcome = await registerDemand(deps, hebei, newId(), aDemandRequest(change));
      if (!outcome.ok) throw new Error(outcome.reason);
      return (await storage().read.selectFrom('demand').select('id').where('reference', '=', outcome.value.receipt.reference).executeTakeFirstOrThrow()).id;
    };
    const looking = await register({ phone: '13900004001', institutions: [staying, closing] });
    const told = await register({ phone: '13900004002', institutions: [closing] });
    const withdrawn = await register({ phone: '13900004003', institutions: [closing] });
    const over = await register({ phone: '13900004004', institutions: [closing] });
    await register({ institutions: [closing] });
    await register({ phone: '13900004005', institutions: [staying] });
    await storage().write(async (tx) => {
      await tx.updateTable('demand').set({ state: 'told' }).where('id', '=', told).execute();
      await tx.updateTable('demand').set({ state: 'withdrawn', sealed: '', phone_key: null, phone_ordinal: null }).where('id', '=', withdrawn).execute();
      await tx.updateTable('demand').set({ lapses_on: '2026-11-21' }).where('id', '=', over).execute();
    });
    const made = draft();
    expect(await filings.change(clerk, closing, made)).toMatchObject({ ok: true });
    const rows = await storage().read.selectFrom('outbox').selectAll().where('kind', '=', 'demand-institution-closed').execute();
    const demand = makeDemands({ storage: storage(), jurisdictions: [place], directory: makeDirectory(storage(), [place], 'data', () => dayOf(sundayMorning)), limits: makeLimits(true), keys: testKeys, now: () => sundayMorning, realNow: () => realNow });
    const source = noticeSource(storage(), testKeys, demand);
    const tell = () => Promise.all(rows.map((row) => tellable({ source, now: () => sundayMorning, open: (id, sealed) => JSON.parse(testKeys.open('outbox', id, sealed)) }, { id: row.id, jurisdiction: hebei, kind: noticeKind.parse(row.kind), sealed: row.sealed })));
    const heard = (await tell()).map((one) => ({ to: one?.openContact()?.phone, about: one?.subject.id, text: one && smsText('demand-institution-closed', one.subject) }));
    expect(heard.toSorted((one, other) => (one.to ?? '').localeCompare(other.to ?? ''))).toMatchObject([{ to: '13900004001', about: looking }, { to: '13900004002', about: told }]);
    for (const { text } of heard) expect(text).toContain('已停止办托、备案已注销');
    expect((await storage().read.selectFrom('audit_event').select('object_id').where('kind', '=', 'demand-closure-told').execute()).map(({ object_id }) => object_id).toSorted()).toEqual([looking, told].toSorted());
    expect(await filings.settle(reviewer, closing, made.id, 'refused')).toMatchObject({ ok: true });
    expect(await tell()).toEqual([undefined, undefined]);
    expect(await filings.change(clerk, staying, draft({ to: 'suspended', decisionNumber: '' }))).toMatchObject({ ok: true });
    expect(await storage().read.selectFrom('outbox').select('id').where('kind', '=', 'demand-institution-closed').execute()).toHaveLength(2);
  });

  test('the one who took it away cannot confirm; another takes it back, and all stands as before', async () => {
    const id = await newcomer();
    const held = await credentialOf(id);
    const made = draft({ to: 'suspended', decisionNumber: '' });
    await filings.change(clerk, id, made);
    expect((await credentialOf(id))?.state).toBe('suspended');
    expect(await filings.settle(clerk, id, made.id, 'confirmed')).toEqual({ ok: false, reason: 'needs-another' });
    expect((await filings.pending(clerk)).map((move) => move.id)).toContain(made.id);
    expect(await filings.settle(reviewer, id, made.id, 'refused')).toMatchObject({ ok: true });
    expect(await credentialOf(id)).toEqual(held);
    expect(await filings.settle(reviewer, id, made.id, 'confirmed')).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect((await filings.pending(clerk)).map((move) => move.id)).not.toContain(made.id);
  });

  test('a suspension may keep what is booked and tell the families', async () => {
    const slot = await aSlot(storage());
    await reserve(bookingDeps(storage()), hebei, newId(), aRequest({ slotId: slot.id, phone: '13900000011' }));
    expect(await filings.change(clerk, slot.institution, draft({ to: 'suspended', bookings: 'told' }))).toMatchObject({ ok: true, value: { bookings: 1 } });
    expect((await bookingsOf(slot.id)).map(({ state }) => state)).toEqual(['confirmed']);
    expect(await outboxKinds()).toContain('institution-suspended');
  });

  test('a receipt is public only after another has confirmed it', async () => {
    const id = await newcomer({ credential: { kind: 'filing', state: 'submitted', number: null, receiptedOn: null, authority: '示例机关', since: '2026-11-16', decisionNumber: null } });
    const made = draft({ to: 'receipted', on: '2026-11-20', number: '示例备案7号', reason: '材料齐全，已给回执' });
    const before = await storage().revision(hebei);
    expect(await filings.change(clerk, id, made)).toMatchObject({ ok: true, value: { move: { second: 'before' } } });
    expect((await credentialOf(id))?.state).toBe('submitted');
    expect(await filings.settle(reviewer, id, made.id, 'confirmed')).toMatchObject({ ok: true });
    expect(await credentialOf(id)).toMatchObject({ state: 'receipted', receiptedOn: '2026-11-20', number: '示例备案7号', since: null });
    expect(await storage().revision(hebei)).toBeGreaterThan(before);
  });

  test('of two clerks at once one is told that the other was faster, and bookings are cancelled once', async () => {
    const slot = await aSlot(storage());
    await reserve(bookingDeps(storage()), hebei, newId(), aRequest({ slotId: slot.id, phone: '13900000021' }));
    const outcomes = await Promise.all([clerk, reviewer].map((actor) => filings.change(actor, slot.institution, draft())));
    expect(outcomes.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect((await filings.find(clerk, slot.institution))?.moves).toHaveLength(1);
  });

  test('a street sees its own institutions only, and none of another place', async () => {
    const id = await newcomer({ subdistrict: '120105001' });
    const at = (subdistrict: string | null, code = '120105') => filings.find({ account: 'a', jurisdiction: jurisdictionCode.parse(code), subdistrict }, id);
    expect([(await at('120105001')) !== undefined, await at('120105002'), await at(null, '140525')]).toEqual([true, undefined, undefined]);
  });

  const body = (change: object = {}) => JSON.stringify({ eventId: `event-${newId()}`, kind: 'new', creditCode: '91120105MA00000016', name: '示例·新芽托育有限公司', nature: 'forProfit', scope: '托育服务', address: null, authority: '示例登记机关', on: '2026-11-18', ...change });
  const push = (text: string, { secret = pushSecret, time = String(Math.floor(realNow / 1_000)), slug = place.slug } = {}) =>
    filings.push(place, { time, signature: `sha256=${signPush(secret, time, slug, text)}` }, text);

  test('a push is taken once; unsigned, wrongly signed, old, replayed, for another place and reused ones are not', async () => {
    const text = body();
    expect(await filings.push(place, { time: undefined, signature: undefined }, text)).toEqual({ kind: 'bad' });
    expect(await push(text, { secret: 'another secret, as long as that' })).toEqual({ kind: 'bad' });
    expect(await push(text, { slug: 'zezhou' })).toEqual({ kind: 'bad' });
    expect(await push(text, { time: String(Math.floor(realNow / 1_000) - 301) })).toEqual({ kind: 'old' });
    expect(await push(text, { time: String(Math.floor(realNow / 1_000) + 301) })).toEqual({ kind: 'old' });
    expect(await storage().read.selectFrom('registration').select('id').execute()).toEqual([]);
    expect(await push(text)).toMatchObject({ kind: 'taken', taken: { effect: 'created' } });
    expect(await push(text)).toEqual({ kind: 'replayed' });
    realNow = instant.parse(realNow + 2_000);
    expect(await push(text)).toMatchObject({ kind: 'taken-before' });
    realNow = instant.parse(realNow + 2_000);
    const { eventId } = JSON.parse(text);
    expect(await push(body({ eventId, name: '别的名字' }))).toEqual({ kind: 'event-reused' });
    expect(await push(body({ creditCode: '91120105MA00000014' }))).toMatchObject({ kind: 'invalid' });
    expect(await storage().read.selectFrom('registration').select(['state', 'version']).execute()).toEqual([{ state: 'registered', version: 1 }]);
  });

  test('a registration goes through its lists: not filed, begun, in force, cancelled but listed; a word that comes late changes nothing', async () => {
    const queue = async () => (await filings.queues(hebei)).map((one) => one.queue);
    expect(await queue()).toEqual(['registeredNotFiled']);
    const [one] = await filings.queues(hebei);
    if (!one) throw new Error('nothing queued');
    const begun = await filings.begin(clerk, one.registration.id, one.registration.version, one.registration.on, '登记机关推送');
    if (!begun.ok) throw new Error(begun.reason);
    expect([await queue(), await credentialOf(begun.value)]).toMatchObject([[], { state: 'submitted', since: '2026-11-18' }]);
    expect(await filings.begin(clerk, one.registration.id, one.registration.version, one.registration.on, 'x')).toEqual({ ok: false, reason: 'changed-meanwhile' });
    const receipt = draft({ to: 'receipted', reason: '材料齐全' });
    await filings.change(clerk, begun.value, receipt);
    await filings.settle(reviewer, begun.value, receipt.id, 'confirmed');
    realNow = instant.parse(realNow + 2_000);
    expect(await push(body({ kind: 'changed', on: '2026-11-17' }))).toMatchObject({ kind: 'taken', taken: { effect: 'older' } });
    expect(await queue()).toEqual([]);
    realNow = instant.parse(realNow + 2_000);
    await push(body({ kind: 'cancelled', on: '2026-11-21' }));
    expect(await queue()).toEqual(['cancelledButListed']);
    await filings.change(clerk, begun.value, draft({ seen: receipt.id, on: '2026-11-21' }));
    expect(await queue()).toEqual([]);
  });
});
