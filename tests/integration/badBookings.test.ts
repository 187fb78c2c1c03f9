// Bad input to bookings of every kind, over HTTP by JSON and by form: each ends in one sentence and one true state.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bookingKinds, rulesVersion, type BookingKind, type BookingRefusal } from '#domain/booking/model.ts';
import { raiseRevision } from '#storage/commit.ts';
import type { Database, Storage } from '#storage/schema.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { bookingFieldText, bookingRefusalText } from '#text/booking.ts';
import { newBookingText } from '#text/bookingPage.ts';
import { problemText } from '#text/problems.ts';
import { api, hasPages, placeSlug, startSite, type Reply, type Site } from '#tests/torture/site.ts';

const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'tuoyu-bad-'));
let site: Site;
let storage: Storage;
beforeAll(async () => {
  site = await startSite(folder);
  storage = await openSqlite(join(folder, 'demo.sqlite'), Date.now());
}, 90_000);
afterAll(async () => {
  await storage.close();
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

const item = z.looseObject({ id: z.string(), startsAt: z.string(), open: z.int(), bands: z.array(z.string()), host: z.object({ id: z.string() }), details: z.looseObject({ subdistrict: z.string().optional() }).optional() });
type Slot = z.infer<typeof item>;
const items = (reply: Reply) => z.object({ items: z.array(item) }).parse(JSON.parse(reply.text)).items;

/** Open times of a kind that begin after `from`. */
async function openSlots(of: Site, kind: BookingKind, from: number): Promise<readonly Slot[]> {
  const fits = ({ open, startsAt }: Slot): boolean => open > 0 && Date.parse(startsAt) > from;
  if (kind === 'class' || kind === 'homeVisit') return items(await of.ask('GET', `${api}/slots?kind=${kind}`)).filter(fits);
  const hosts = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(JSON.parse((await of.ask('GET', `${api}/institutions${kind === 'care' ? '?mode=hourly' : ''}`)).text)).items;
  for (const { id } of hosts.filter(({ name }) => name.startsWith('示例'))) {
    const slots = items(await of.ask('GET', `${api}/institutions/${id}/slots?kind=${kind}`)).filter(fits);
    if (slots.length > 0) return slots;
  }
  return [];
}

const bornFor: Readonly<Record<string, number>> = { infant: 8, toddler: 20, older: 29, mixed: 22 };
/** A birth month that fits a slot, as long before its day as its band asks. */
function bornFitting({ bands, startsAt }: Slot): readonly [string, string] {
  const born = new Date(Date.parse(startsAt) - (bornFor[bands[0] ?? 'toddler'] ?? 20) * 30.44 * day);
  return [String(born.getUTCFullYear()), String(born.getUTCMonth() + 1)];
}

type Family = { readonly phone: string; readonly year?: string; readonly month?: string; readonly contactName?: string };
let families = 0;
const family = (change: Partial<Family> = {}): Family => {
  families += 1;
  return { phone: `137${String(families).padStart(8, '0')}`, ...change };
};

/** The same request as a program and as a form send it. */
function asking(kind: BookingKind, slot: Slot, of: Site = site) {
  const [year, month] = bornFitting(slot);
  const own = kind === 'homeVisit' ? { community: '示例社区' } : {};
  const named = (one: Family) => ({ slotId: slot.id, contactName: one.contactName ?? '示例家长', phone: one.phone, ...own });
  const json = (one: Family, key: string, place = placeSlug): Promise<Reply> => of.ask('POST', `/api/v1/${place}/bookings`, {
    json: { ...named(one), children: [{ birthMonth: `${one.year ?? year}-${(one.month ?? month).padStart(2, '0')}` }], consent: { rulesVersion, actingAs: 'guardian' } }, headers: { 'idempotency-key': key },
  });
  const form = (one: Family, key: string, place = placeSlug): Promise<Reply> => of.ask('POST', `/${place}/bookings/new/`, {
    form: { ...named(one), key, step: 'confirm', year1: one.year ?? year, month1: one.month ?? month, actingAs: 'guardian', consent: rulesVersion }, headers: { 'sec-fetch-site': 'same-origin' },
  });
  return { json, form };
}

const problem = z.looseObject({ title: z.string(), code: z.string(), errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional() });
const referenceOf = (reply: Reply): string => z.looseObject({ reference: z.string() }).parse(JSON.parse(reply.text)).reference;
const received = async (reply: Reply): Promise<string> => {
  const cookie = (reply.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').join('; ');
  return /Y-[0-9A-Z]{8}/.exec((await site.ask('GET', `/${placeSlug}/bookings/received/`, { headers: { cookie } })).text)?.[0] ?? 'none';
};
/** What stands in the books about a slot. */
const standing = async (slot: string) => ({
  taken: (await storage.read.selectFrom('slot').select('taken').where('id', '=', slot).executeTakeFirstOrThrow()).taken,
  bookings: (await storage.read.selectFrom('booking').select('reference').where('slot_id', '=', slot).execute()).length,
});

describe.each(bookingKinds)('%s', (kind) => {
  let slot: Slot;
  beforeAll(async () => {
    const found = (await openSlots(site, kind, Date.now() + 4 * day)).at(-1);
    if (!found) throw new Error(`no open ${kind}`);
    slot = found;
    await storage.write((tx) => tx.updateTable('slot').set({ capacity: 200 }).where('id', '=', slot.id).execute());
  });
  let keys = 0;
  const newKey = (): string => { keys += 1; return `bad-${kind}-${String(keys)}`; };

  /** Refused by program and by form, in these words, and nothing has changed. */
  async function refused(expected: { readonly status: number; readonly code: string; readonly sentence: string; readonly formStatus?: number; readonly formSentence?: string }, change: Partial<Family> = {}, place = placeSlug): Promise<void> {
    const { json, form } = asking(kind, slot);
    const before = await standing(slot.id);
    const reply = await json(family(change), newKey(), place);
    const told = problem.parse(JSON.parse(reply.text));
    expect([reply.status, told.code, told.errors?.length ?? 0]).toEqual([expected.status, expected.code, expected.code === 'invalid' ? 1 : 0]);
    expect(told.errors?.[0]?.message ?? told.title).toBe(expected.sentence);
    if (hasPages()) {
      const page = await form(family(change), newKey(), place);
      expect([page.status, page.text.includes(expected.formSentence ?? expected.sentence)]).toEqual([expected.formStatus ?? expected.status, true]);
    }
    expect(await standing(slot.id)).toEqual(before);
  }
  const refusedAs = (code: BookingRefusal): Promise<void> => refused({ status: 409, code, sentence: bookingRefusalText[code] });
  const invalid = (field: string, code: string, change: Partial<Family>, formField = field): Promise<void> =>
    refused({ status: 422, code: 'invalid', sentence: bookingFieldText[field]?.[code] ?? '', formSentence: bookingFieldText[formField]?.[code] ?? '' }, change);
  async function whileSlotIs(changed: Partial<Pick<Database['slot'], 'starts_at' | 'ends_at' | 'capacity' | 'state'>>, act: () => Promise<void>): Promise<void> {
    const { starts_at, ends_at, capacity, state } = await storage.read.selectFrom('slot').selectAll().where('id', '=', slot.id).executeTakeFirstOrThrow();
    const write = (values: typeof changed) => storage.write((tx) => tx.updateTable('slot').set(values).where('id', '=', slot.id).execute());
    await write(changed);
    try {
      await act();
    } finally {
      await write({ starts_at, ends_at, capacity, state });
    }
  }

  test('a slot that is over', () => whileSlotIs({ starts_at: Date.now() - 2 * day, ends_at: Date.now() - 2 * day + 3_600_000 }, () => refusedAs('too-late')));

  test('a slot that is full', async () => {
    expect((await asking(kind, slot).json(family(), newKey())).status).toBe(201);
    await whileSlotIs({ capacity: (await standing(slot.id)).taken }, () => refusedAs('full'));
  });

  test('a suspended institution; a team has no filing, its slot is closed', async () => {
    if (kind === 'homeVisit') return whileSlotIs({ state: 'closed' }, () => refusedAs('institution-suspended'));
    const credential = (state: 'suspended' | 'receipted') => storage.write(async (tx) => {
      await tx.updateTable('credential').set({ state }).where('institution_id', '=', slot.host.id).execute();
      await raiseRevision(tx, '120105');
    });
    await credential('suspended');
    try {
      await refusedAs('institution-suspended');
    } finally {
      await credential('receipted');
    }
  });

  test('a slot of another place', () => refused({ status: 422, code: 'invalid', sentence: bookingFieldText['slotId']?.['unknown-value'] ?? '', formStatus: 404, formSentence: newBookingText.noSlot }, {}, 'xiacheng'));

  const ahead = new Date(Date.now() + 337 * day);
  test.each([['born in 2010', '2010', '5'], ['expected eleven months ahead', String(ahead.getUTCFullYear()), String(ahead.getUTCMonth() + 1)]])('a child %s', (_what, year, month) =>
    invalid('birthMonth', 'range', { year, month }, kind === 'care' ? 'birthMonthBorn' : 'birthMonth'));

  test('a phone that is too short', () => invalid('phone', 'format', { phone: '138001' }));

  test('a phone in full-width digits is the same phone', async () => {
    const { json, form } = asking(kind, slot);
    const wide = [...'13600000099'].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('');
    const [wideOne, plainOne] = [family({ phone: wide, contactName: kind }), family({ phone: '13600000099', contactName: kind })];
    expect((await json(wideOne, newKey())).status).toBe(201);
    const again = await json(plainOne, newKey());
    expect([again.status, problem.parse(JSON.parse(again.text)).title]).toEqual([409, bookingRefusalText['already-booked']]);
    if (hasPages()) expect((await form(wideOne, newKey())).text).toContain(bookingRefusalText['already-booked']);
  });

  test('a double tap, and back after success: one booking, one answer', async () => {
    const { json, form } = asking(kind, slot);
    const before = await standing(slot.id);
    const [one, key] = [family(), newKey()];
    const taps = [...await Promise.all([1, 2, 3].map(() => json(one, key))), await json(one, key)];
    expect(taps.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(taps.map(({ text }) => text)).size).toBe(1);
    expect(await standing(slot.id)).toEqual({ taken: before.taken + 1, bookings: before.bookings + 1 });
    if (!hasPages()) return;
    const [other, otherKey] = [family(), newKey()];
    const sent = [...await Promise.all([1, 2, 3].map(() => form(other, otherKey))), await form(other, otherKey)];
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    const references = new Set(await Promise.all(sent.map(received)));
    expect([references.size, references.has('none')]).toEqual([1, false]);
    expect((await standing(slot.id)).bookings).toBe(before.bookings + 2);
  });

  test('a key used again with other answers', async () => {
    const { json, form } = asking(kind, slot);
    const [one, key] = [family(), newKey()];
    const first = await json(one, key);
    const before = await standing(slot.id);
    const reused = await json({ ...one, contactName: '示例奶奶' }, key);
    expect([reused.status, problem.parse(JSON.parse(reused.text)).title]).toEqual([422, problemText['idempotency-key-reused']]);
    if (hasPages()) {
      const page = await form({ ...family(), contactName: '示例奶奶' }, key);
      const fresh = /name="key" value="([^"]+)"/.exec(page.text)?.[1] ?? key;
      expect([page.status, page.text.includes(newBookingText.check), fresh === key]).toEqual([200, true, false]);
    }
    expect(await standing(slot.id)).toEqual(before);
    expect((await json(one, key)).text).toBe(first.text);
  });

  test('two tabs: one booking, the other is told that it is booked', async () => {
    const { json, form } = asking(kind, slot);
    for (const [ask, won] of [[json, 201], ...(hasPages() ? [[form, 303] as const] : [])] as const) {
      const before = await standing(slot.id);
      const one = family();
      const tabs = await Promise.all([ask(one, newKey()), ask(one, newKey())]);
      expect(tabs.map(({ status }) => status).toSorted()).toEqual([won, 409]);
      expect(tabs.find(({ status }) => status === 409)?.text).toContain(bookingRefusalText['already-booked']);
      expect(await standing(slot.id)).toEqual({ taken: before.taken + 1, bookings: before.bookings + 1 });
    }
  });

  test('the clock jumps over the slot and far back', async () => {
    const { json } = asking(kind, slot);
    const [one, key] = [family(), newKey()];
    const first = await json(one, key);
    const start = Date.parse(slot.startsAt);
    try {
      for (const [moment, code] of [[start + 600_000, 'too-late'], [start - 200 * day, 'not-open-yet']] as const) {
        await site.shiftClock(moment - Date.now());
        expect((await json(one, key)).text).toBe(first.text);
        await refusedAs(code);
      }
    } finally {
      await site.shiftClock(0);
    }
    expect(referenceOf(await json(one, key))).toBe(referenceOf(first));
  });
});

test('years after the last published holidays: every kind has open times by the day of the week, and takes a booking', { timeout: 90_000 }, async () => {
  const later = mkdtempSync(join(tmpdir(), 'tuoyu-later-'));
  const future = await startSite(later, { NOW: '2028-06-14T10:00:00+08:00' });
  try {
    for (const kind of bookingKinds) {
      const [slot, next] = await openSlots(future, kind, Date.parse('2028-06-15T00:00:00+08:00'));
      if (!slot || !next) throw new Error(`no two open times of ${kind} in 2028`);
      expect((await asking(kind, slot, future).json(family(), `later-${kind}`)).status).toBe(201);
      if (hasPages()) expect((await asking(kind, next, future).form(family(), `later-form-${kind}`)).status).toBe(303);
    }
  } finally {
    await future.stop();
    rmSync(later, { recursive: true, force: true });
  }
});
