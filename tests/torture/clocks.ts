// Over real HTTP: clocks that jump, two tabs, a double tap, the back button after success, a key used twice.
// Each ends in one clear sentence and one true state.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints } from '#tests/torture/invariants.ts';
import { api, bookingOf, formOf, hasPages, openVisits, placeSlug, receipt, startSite, type Reply, type Site } from '#tests/torture/site.ts';
import { openSqlite } from '#storage/sqlite.ts';

const day = 86_400_000;
const chinese = /[\u4e00-\u9fff]{4}/;

type Watch = {
  readonly complaints: string[];
  /** Asks that a reply has a status, and where it refuses, a code and a Chinese sentence. */
  readonly expect: (what: string, reply: Reply, status: number, code?: string) => void;
  readonly same: (what: string, one: unknown, other: unknown) => void;
};

function makeWatch(): Watch {
  const complaints: string[] = [];
  return {
    complaints,
    expect: (what, { status, text }, wanted, code) => {
      if (status !== wanted) complaints.push(`${what}: ${status} instead of ${wanted}: ${text.slice(0, 100)}`);
      if (code !== undefined && !text.includes(`"code":"${code}"`)) complaints.push(`${what}: not ${code}: ${text.slice(0, 100)}`);
      if (wanted >= 400 && !chinese.test(text)) complaints.push(`${what}: no Chinese sentence`);
    },
    same: (what, one, other) => {
      if (JSON.stringify(one) !== JSON.stringify(other)) complaints.push(`${what}: ${JSON.stringify(one)} is not ${JSON.stringify(other)}`);
    },
  };
}

const book = (site: Site, slot: string, family: number, key: string): Promise<Reply> =>
  site.ask('POST', `${api}/bookings`, { json: bookingOf(slot, family), headers: { 'idempotency-key': key } });
const withCode = (site: Site, what: 'find' | 'cancel', claim: { readonly reference: string; readonly queryCode: string }): Promise<Reply> => site.ask('POST', `${api}/bookings/${what}`, { json: claim });
const claimOf = (reply: Reply) => {
  const { reference, queryCode } = receipt.parse(JSON.parse(reply.text));
  return { reference, queryCode };
};
const stateOf = (reply: Reply): string => receipt.omit({ queryCode: true }).parse(JSON.parse(reply.text)).state;
type Visit = { readonly id: string; readonly startsAt: string };

/** The machine clock of the running program jumps. */
async function jumps(site: Site, visits: readonly Visit[], watch: Watch): Promise<number> {
  const slot = visits.find(({ startsAt }) => Date.parse(startsAt) > Date.now() + 8 * day);
  if (!slot) throw new Error('no visit more than eight days ahead');
  const untilStart = Date.parse(slot.startsAt) - Date.now();
  const first = await book(site, slot.id, 1, 'clock-jumps-1');
  watch.expect('before any jump', first, 201);
  const claim = claimOf(first);
  for (const [what, shift] of [['a day back', -day], ['an hour on', 3_600_000], ['three days on', 3 * day], ['to an hour before the visit', untilStart - 3_600_000]] as const) {
    await site.shiftClock(shift);
    watch.same(`${what}: the same key answers alike`, (await book(site, slot.id, 1, 'clock-jumps-1')).text, first.text);
    watch.expect(`${what}: it is found`, await withCode(site, 'find', claim), 200);
  }
  watch.expect('an hour before: too late to book', await book(site, slot.id, 2, 'clock-jumps-2'), 409, 'too-late');
  watch.expect('an hour before: too late to cancel', await withCode(site, 'cancel', claim), 409, 'too-late');
  await site.shiftClock(untilStart + 3 * day);
  watch.expect('after the visit: too late, whatever the key', await book(site, slot.id, 1, 'clock-jumps-1'), 409, 'too-late');
  await site.shiftClock(-40 * day);
  watch.expect('forty days back: not open yet', await book(site, slot.id, 3, 'clock-jumps-3'), 409, 'not-open-yet');
  watch.same('forty days back: still booked', stateOf(await withCode(site, 'find', claim)), 'confirmed');
  await site.shiftClock(365 * day);
  watch.expect('a year on: the list still opens', await site.ask('GET', `${api}/institutions?size=1`), 200);
  watch.expect('a year on: too late, and nothing breaks', await book(site, slot.id, 4, 'clock-jumps-4'), 409, 'too-late');
  watch.same('a year on: what was booked is still there', stateOf(await withCode(site, 'find', claim)), 'confirmed');
  await site.shiftClock(0);
  watch.same('right again: the same key answers alike', (await book(site, slot.id, 1, 'clock-jumps-1')).text, first.text);
  watch.same('right again: it can be cancelled', stateOf(await withCode(site, 'cancel', claim)), 'cancelled');
  watch.same('cancelled twice', stateOf(await withCode(site, 'cancel', claim)), 'cancelled');
  return 1;
}

/** Two tabs, double taps, a key used for something else: by program. */
async function hands(site: Site, visits: readonly Visit[], watch: Watch): Promise<number> {
  const [one = '', other = ''] = visits.map(({ id }) => id);
  const taps = await Promise.all(Array.from({ length: 20 }, () => book(site, one, 10, 'double-tap-1')));
  for (const tap of taps) watch.expect('a double tap', tap, 201);
  watch.same('twenty taps, one answer', new Set(taps.map(({ text }) => text)).size, 1);
  watch.expect('the same key, another family', await book(site, one, 11, 'double-tap-1'), 422, 'idempotency-key-reused');
  watch.expect('the same key, another slot', await book(site, other, 10, 'double-tap-1'), 422, 'idempotency-key-reused');
  const tabs = await Promise.all([1, 2, 3, 4].map((tab) => book(site, other, 12, `two-tabs-${tab}`)));
  watch.same('four tabs, one booking', tabs.map(({ status }) => status).toSorted(), [201, 409, 409, 409]);
  for (const tab of tabs.filter(({ status }) => status === 409)) watch.expect('a second tab', tab, 409, 'already-booked');
  return 2;
}

const cookieOf = (reply: Reply): string => (reply.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').join('; ');
const referenceIn = (text: string): string => /Y-[0-9A-Z]{8}/.exec(text)?.[0] ?? '';

/** The same by form, as a browser without JavaScript sends it. */
async function forms(site: Site, visits: readonly Visit[], watch: Watch): Promise<number> {
  const slot = visits.at(-1)?.id ?? '';
  const path = `/${placeSlug}/bookings/new/`;
  const send = (form: Readonly<Record<string, string>>): Promise<Reply> => site.ask('POST', path, { form, headers: { 'sec-fetch-site': 'same-origin' } });
  const taps = await Promise.all([1, 2, 3].map(() => send(formOf(slot, 20, 'form-double-tap'))));
  for (const tap of taps) watch.expect('a double tap on the form', tap, 303);
  const back = await send(formOf(slot, 20, 'form-double-tap'));
  watch.expect('back after success, sent again', back, 303);
  const receipts = await Promise.all([...taps, back].map(async (reply) => referenceIn((await site.ask('GET', `/${placeSlug}/bookings/received/`, { headers: { cookie: cookieOf(reply) } })).text)));
  watch.same('one receipt for all of them', new Set(receipts).size === 1 && receipts[0] !== '', true);
  const changed = await send({ ...formOf(slot, 20, 'form-double-tap'), contactName: '示例奶奶' });
  watch.expect('back after success, answers changed: to be checked again', changed, 200);
  const key = /name="key" value="([^"]+)"/.exec(changed.text)?.[1] ?? '';
  watch.same('under a fresh key', key !== '' && key !== 'form-double-tap', true);
  watch.expect('and then the child is booked already', await send({ ...formOf(slot, 20, key), contactName: '示例奶奶' }), 409);
  const tabs = await Promise.all([1, 2].map((tab) => send(formOf(slot, 21, `form-two-tabs-${tab}`))));
  watch.same('two tabs, one booking', tabs.map(({ status }) => status).toSorted(), [303, 409]);
  return 2;
}

/** `NOW` is moved between two starts of the program. */
async function restarts(dataDir: string, watch: Watch): Promise<number> {
  const now = Date.now();
  const at = (moment: number) => startSite(dataDir, { NOW: new Date(moment).toISOString().replace('Z', '+00:00') });
  const first = await at(now);
  const [visits = []] = await openVisits(first, 1);
  const slot = visits.at(2);
  if (!slot) throw new Error('no third visit');
  const booked = await book(first, slot.id, 30, 'now-moves-1');
  watch.expect('NOW today', booked, 201);
  await first.stop();
  const start = Date.parse(slot.startsAt);
  for (const [what, moment, code] of [['NOW after the visit', start + 3_600_000, 'too-late'], ['NOW long before', start - 40 * day, 'not-open-yet']] as const) {
    const site = await at(moment);
    watch.same(`${what}: the same key answers alike`, (await book(site, slot.id, 30, 'now-moves-1')).text, booked.text);
    watch.same(`${what}: found and unchanged`, stateOf(await withCode(site, 'find', claimOf(booked))), 'confirmed');
    watch.expect(`${what}: another family`, await book(site, slot.id, 31, `now-moves-${code}`), 409, code);
    await site.stop();
  }
  return 1;
}

/** Everything over HTTP on one database. */
export async function overHttp(): Promise<readonly Verdict[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-clocks-'));
  const watch = makeWatch();
  let made = 0;
  try {
    const site = await startSite(dataDir);
    try {
      const [one = [], two = [], three = []] = await openVisits(site, 3);
      made += await jumps(site, one, watch);
      made += await hands(site, two, watch);
      if (hasPages()) made += await forms(site, three, watch);
    } finally {
      await site.stop();
    }
    made += await restarts(dataDir, watch);
    const storage = await openSqlite(join(dataDir, 'demo.sqlite'), Date.now());
    watch.complaints.push(...await allComplaints(storage));
    const { count } = await storage.read.selectFrom('booking').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    watch.same('bookings in the end', Number(count), made);
    await storage.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  return [verdictOf('clocks that jump, two tabs, double taps, back after success, keys used twice, over HTTP', watch.complaints, `${made} bookings were meant and ${made} stand${hasPages() ? '' : '; WITHOUT FORMS, whose pages are not built'}`)];
}

/** Clocks and hands. */
export const clocks: Torture = { name: 'clocks', about: 'over HTTP: the machine clock and NOW jump, two tabs, double tap, back after success: one sentence, one true state', run: overHttp };
