import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planReminders } from '#domain/notices/commands.ts';
import type { Delivery } from '#domain/notices/ports.ts';
import { cancelBooking } from '#domain/booking/cancel.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { deliver, type DeliverDeps } from '#server/deliver.ts';
import { createLog } from '#server/log.ts';
import { makeCallList, noticeDeps } from '#server/notices.ts';
import { keepDelivering, machineNow } from '#server/outbox.ts';
import { callListView, openedCallView } from '#server/pages/callList.ts';
import { queueMessage } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { testKeys } from '#tests/builders/demand.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const phone = '13811112222';
const [hour, day] = [3_600_000, 86_400_000];
const after = (ms: number): Instant => instant.parse(sundayMorning + ms);

type Sent = { readonly phone: string; readonly text: string; readonly key: string };

describe.each(engines)('outbox on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  beforeAll(async () => { opened = await open(); storage = opened.storage; });
  afterAll(() => opened.leave());

  const partsOf = (now: () => Instant, send?: (message: Sent) => Promise<Delivery>): DeliverDeps => ({
    ...noticeDeps({ storage, keys: testKeys, demand: { contactFor: async () => undefined, contactWhileStanding: async () => undefined }, config: { mailUrl: undefined, smsUrl: undefined, dataDir: mkdtempSync(join(tmpdir(), 'tuoyu-notices-')) }, now }),
    chance: () => 0, sms: send ? { send } : null,
  });
  const commands = (now: Instant = sundayMorning) => ({ ...bookingDeps(storage, now), seals: bookingSeals(testKeys) });
  const booked = async (startsAt: number = sundayMorning + day, now: Instant = sundayMorning) => {
    const slot = await aSlot(storage, { startsAt });
    const outcome = await reserve(commands(now), hebei, newId(), aRequest({ slotId: slot.id, phone, contactName: '示例李女士' }));
    if (!outcome.ok) throw new Error(outcome.reason);
    return { ...outcome.value.receipt, slot };
  };
  const clear = () => storage.write(async (tx) => {
    await tx.deleteFrom('outbox').execute();
    await tx.deleteFrom('call_row').execute();
    await tx.updateTable('booking').set({ state: 'attended' }).where('state', '=', 'confirmed').execute();
  });
  const rows = () => storage.read.selectFrom('outbox').select(['kind', 'outcome', 'fault', 'attempts', 'due_at', 'dead_at', 'sent_at']).orderBy('kind').execute();
  const worker = (parts: DeliverDeps, report: (fault: unknown) => void = (fault) => { throw fault; }, pace = {}) => keepDelivering(parts, machineNow, report, { everyMs: 1e9, gatherMs: 0, ...pace });

  test('told to stop while it rests between two batches, a worker rests no longer', async () => {
    await clear();
    await booked();
    const sent: Sent[] = [];
    const parts = partsOf(() => after(hour), async (message) => { sent.push(message); return { kind: 'sent' }; });
    const resting = worker(parts, undefined, { gatherMs: 1e9, restMs: 1e9 });
    await expect.poll(() => sent.length).toBe(1);
    await resting.stop(); // would outlast every patience
    expect((await rows()).filter(({ kind, outcome }) => kind !== 'reminder' && outcome === null)).toEqual([]);
  });

  test('four workers on one database send each of sixty notices once, each to its own key', async () => {
    await clear();
    for (let count = 0; count < 60; count += 1) await booked();
    const sent: Sent[] = [];
    const send = async (message: Sent): Promise<Delivery> => { sent.push(message); await new Promise((resolve) => { setTimeout(resolve, 1); }); return { kind: 'sent' }; };
    const workers = Array.from({ length: 4 }, () => worker(partsOf(() => sundayMorning, send), undefined, { batch: 7 }));
    await Promise.all(workers.map(({ drain }) => drain()));
    await Promise.all(workers.map(({ stop }) => stop()));
    const made = sent.filter(({ text }) => !text.includes('提醒'));
    expect(made).toHaveLength(60);
    expect(new Set(made.map(({ key }) => key)).size).toBe(60);
    expect(await storage.read.selectFrom('outbox').select('id').where('sent_at', 'is', null).where('kind', '=', 'booking-made').execute()).toEqual([]);
  });

  test('killed between sending and marking: sent again under the same key once the lease has run out, and not before', async () => {
    await clear();
    await booked();
    const sent: string[] = [];
    const parts = partsOf(() => sundayMorning, async ({ key }) => { sent.push(key); return { kind: 'sent' }; });
    const real = machineNow();
    const [row] = await parts.outbox.claim(sundayMorning, real, 60_000, 10);
    if (!row) throw new Error('nothing was claimed');
    await deliver(parts, row); // and here the process dies
    expect(await parts.outbox.claim(sundayMorning, instant.parse(real + 59_999), 60_000, 10)).toEqual([]);
    const [again] = await parts.outbox.claim(sundayMorning, instant.parse(real + 60_000), 60_000, 10);
    if (!again) throw new Error('the row was lost');
    expect(await parts.outbox.settle([{ row: again, settlement: await deliver(parts, again) }], sundayMorning)).toBe(1);
    expect(sent).toEqual([row.id, row.id]);
    expect(await parts.outbox.settle([{ row, settlement: { kind: 'sent' } }], sundayMorning)).toBe(0); // the dead one comes back too late
  });

  test('a channel that fails: waits grow, the tenth failure is a dead letter that is seen, listed for a call, and may be tried anew', async () => {
    await clear();
    await booked(sundayMorning + 20 * day);
    let now = sundayMorning;
    const parts = partsOf(() => now, async () => ({ kind: 'later', fault: 'sms-503' }));
    const running = worker(parts);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await running.drain();
      const [row] = await rows();
      waits.push((row?.due_at ?? 0) - now);
      now = instant.parse(row?.due_at ?? 0);
      if (new Date(now + 8 * hour).getUTCHours() >= 21) now = instant.parse(now + 12 * hour);
    }
    await running.drain();
    await running.stop();
    expect(waits.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
    expect(await rows()).toMatchObject([{ kind: 'booking-made', outcome: 'dead', fault: 'sms-503', attempts: 10, sent_at: null }]);
    const callList = makeCallList(parts);
    const [letter] = await callList.deadLetters(hebei);
    expect(letter).toMatchObject({ kind: 'booking-made', fault: 'sms-503' });
    expect(await storage.read.selectFrom('call_row').select('id').execute()).toEqual([{ id: letter?.id }]);
    expect(await callList.revive(hebei, letter?.id ?? '', 'clerk')).toBe(true);
    expect(await callList.revive(hebei, letter?.id ?? '', 'clerk')).toBe(false);
    expect(await rows()).toMatchObject([{ outcome: null, attempts: 0, dead_at: null }]);
  });

  test('one broken row stops no other: tampered, unknown and throwing ones end apart, and nothing personal is in the log', async () => {
    await clear();
    await booked();
    await booked();
    await storage.write(async (tx) => {
      await queueMessage(tx, hebei, { id: newId(), kind: 'booking-made', sealed: 'v1.AAAA' }, sundayMorning - 3);
      await queueMessage(tx, hebei, { id: newId(), kind: 'something-else', sealed: 'v1.AAAA' }, sundayMorning - 2);
      const id = newId();
      await queueMessage(tx, hebei, { id, kind: 'booking-made', sealed: testKeys.seal('outbox', id, '{"phone":"13811112222"}') }, sundayMorning - 1);
    });
    const lines: string[] = [];
    const log = createLog('trace', (line) => { lines.push(line); });
    const sent: string[] = [];
    const good = partsOf(() => sundayMorning, async ({ key }) => { sent.push(key); if (sent.length === 1) throw new Error(`gateway quoted ${phone} 示例李女士`); return { kind: 'sent' }; });
    const settle: DeliverDeps['outbox']['settle'] = (settlements, now) => {
      if (settlements.some(({ settlement }) => settlement.kind === 'sent')) throw new Error(`disk said ${phone}`);
      return good.outbox.settle(settlements, now);
    };
    const running = worker({ ...good, outbox: { ...good.outbox, settle } }, (fault) => { log.fault(fault); });
    await running.drain();
    await running.stop();
    const made = (await rows()).filter(({ kind }) => kind !== 'reminder');
    expect(made.map(({ kind, outcome, fault }) => [kind, outcome, fault])).toEqual(expect.arrayContaining([['something-else', 'dead', 'unknown-kind'], ['booking-made', 'dead', 'sealed'], ['booking-made', null, 'ZodError'], ['booking-made', null, 'Error'], ['booking-made', null, null]]));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/138\d{8}|李女士/);
  });

  test('at night nothing is told but a closure; the rest waits until eight without counting as an attempt', async () => {
    await clear();
    const late = after(12 * hour + 30 * 60_000); // 22:30
    const { slot } = await booked(sundayMorning + 2 * day, late);
    const sent: string[] = [];
    const parts = partsOf(() => late, async ({ text }) => { sent.push(text); return { kind: 'sent' }; });
    const running = worker(parts);
    await running.drain();
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ kind: 'booking-made', attempts: 0, due_at: sundayMorning + 22 * hour }, { kind: 'reminder', attempts: 0 }]);
    const { id } = await storage.read.selectFrom('booking').select('id').where('slot_id', '=', slot.id).executeTakeFirstOrThrow();
    const message = newId();
    await storage.write(async (tx) => {
      await tx.updateTable('booking').set({ state: 'cancelled', ended_by: 'institution', reason: 'illness' }).where('id', '=', id).execute();
      await queueMessage(tx, hebei, { id: message, kind: 'booking-cancelled-by-institution', sealed: testKeys.seal('outbox', message, JSON.stringify({ booking: id })) }, late);
    });
    await running.drain();
    await running.stop();
    expect(sent).toEqual([expect.stringContaining('请不要前往')]);
  });

  test('reminders: planned once by eight planners, told the evening before, void once cancelled or moved', async () => {
    await clear();
    const [kept, gone] = [await booked(), await booked()];
    const parts = partsOf(() => sundayMorning);
    const planned = await Promise.all(Array.from({ length: 8 }, () => planReminders(parts)));
    expect(planned.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await planReminders(partsOf(() => after(-hour)))).toBe(0); // the clock jumped back
    expect((await rows()).filter(({ kind }) => kind === 'reminder').map(({ due_at }) => due_at)).toEqual([sundayMorning + 8 * hour, sundayMorning + 8 * hour]);
    await cancelBooking(commands(), hebei, gone);
    const sent: string[] = [];
    const running = worker(partsOf(() => after(8 * hour), async ({ text }) => { sent.push(text); return { kind: 'sent' }; }));
    await running.drain();
    await running.stop();
    expect(sent.filter((text) => text.includes('提醒'))).toEqual([expect.stringContaining('11月23日周一10:00')]);
    expect((await rows()).filter(({ kind }) => kind === 'reminder').map(({ outcome }) => outcome).toSorted()).toEqual(['sent', 'void']);
    // Moved to another time after it was written: the old reminder says nothing.
    await clear();
    await storage.write((tx) => tx.updateTable('booking').set({ state: 'confirmed' }).where('reference', '=', kept.reference).execute());
    await planReminders(parts);
    await storage.write((tx) => tx.updateTable('slot').set({ starts_at: sundayMorning + day + hour, ends_at: sundayMorning + day + 2 * hour }).where('id', '=', kept.slot.id).execute());
    const moved = worker(partsOf(() => after(8 * hour), async () => ({ kind: 'sent' })));
    await moved.drain();
    await moved.stop();
    expect((await rows()).map(({ outcome }) => outcome).toSorted()).toEqual(['sent', 'void']); // the new time has one of its own
  });

  test('without a channel: the institution first, the street after two hours, the number only when opened, each opening recorded', async () => {
    await clear();
    const { slot } = await booked();
    let now = sundayMorning;
    const parts = partsOf(() => now);
    const running = worker(parts);
    await running.drain();
    await running.stop();
    const callList = makeCallList(parts);
    const theirs = { account: 'a1', jurisdiction: hebei, side: 'institution', institution: slot.institution } as const;
    const other = { ...theirs, institution: newId() };
    const office = { account: 'o1', jurisdiction: hebei, side: 'office', subdistrict: null } as const;
    const [listed] = await callList.openRows(theirs);
    if (!listed) throw new Error('the call list is empty');
    const { id } = listed.row;
    expect([await callList.openRows(other), await callList.openRows(office)]).toEqual([[], []]);
    expect(await callList.open(other, id, 'notify')).toEqual({ ok: false, reason: 'not-found' });
    expect(await callList.open(office, id, 'notify')).toEqual({ ok: false, reason: 'not-yet' });
    expect(JSON.stringify(await callListView(callList, theirs))).not.toMatch(/138\d{8}|李女士/);
    expect(JSON.stringify(await storage.read.selectFrom('call_row').selectAll().execute())).not.toMatch(/138\d{8}|李女士/);
    const openedCall = await callList.open(theirs, id, 'notify');
    if (!openedCall.ok) throw new Error(openedCall.reason);
    expect(openedCallView(openedCall.value)).toMatchObject({ phone, contactName: '示例李女士', script: expect.arrayContaining([expect.stringContaining('示例李女士')]) });
    const events = await storage.read.selectFrom('audit_event').selectAll().where('object_id', '=', id).execute();
    expect(events).toMatchObject([{ kind: 'call-opened', actor: 'a1', detail: expect.stringContaining('"reason":"notify"') }]);
    expect(JSON.stringify(events)).not.toMatch(/138\d{8}|李女士/);
    const marks = await Promise.all([callList.mark(theirs, id, 1, 'notReached'), callList.mark(theirs, id, 1, 'told')]);
    expect(marks.filter(({ ok }) => ok)).toHaveLength(1);
    now = after(2 * hour);
    const row = await storage.read.selectFrom('call_row').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ version: 2, tries: 1 });
    if (row.state === 'notReached') expect(await callList.mark(office, id, 2, 'told')).toEqual({ ok: true, value: 'told' });
    expect(await callList.openRows(office)).toEqual([]);
    expect(await callList.open(theirs, id, 'notify')).toEqual({ ok: false, reason: 'no-longer-needed' });
  });
});
