import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookingProgress, bookingReceipt, type BookingReceipt, type SlotView } from '#domain/booking/views.ts';
import { aBooking, ask, book, firstLineOf, institutionsOf, openSeatsOf, visitsOf, type Reply } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';

const dataDir = newDataDir();
let started: Site | undefined;
beforeAll(async () => { started = await startSite(dataDir); });
afterAll(async () => {
  await started?.stop();
  removeDataDir(dataDir);
});

const theSite = (): Site => {
  if (!started) throw new Error('Nothing was started.');
  return started;
};

/** The nth visit with that many open seats, at an institution of its own for each test. */
async function aVisit(institution: number, isFit: (slot: SlotView) => boolean = () => true): Promise<SlotView> {
  const host = (await institutionsOf(theSite())).at(institution);
  const slot = (await visitsOf(theSite(), host?.id ?? '')).find((one) => one.open > 0 && isFit(one));
  if (!slot) throw new Error('No open visit.');
  return slot;
}

const receiptOf = (reply: Reply): BookingReceipt => bookingReceipt.parse(JSON.parse(reply.text));

test('a program books, finds and cancels as a parent does, and the seat is open again', async () => {
  const site = theSite();
  const slot = await aVisit(0);
  const booked = await book(site, 'journey-0001', aBooking(slot.id, { children: [{ birthMonth: '2025-05' }, { birthMonth: '2025-05' }], phone: '13900001001' }));
  expect(booked.status).toBe(201);
  const receipt = receiptOf(booked);
  expect(receipt).toMatchObject({ state: 'confirmed', slot: { id: slot.id, open: slot.open - 1 } });
  expect(receipt.queryCode).toMatch(/^\d{16}$/);
  expect(await openSeatsOf(site, slot.host.id, slot.id)).toBe(slot.open - 1);

  const claim = { reference: receipt.reference.toLowerCase(), queryCode: receipt.queryCode.replace(/(.{4})/g, '$1 ') };
  const found = await ask(site, '/hebei/bookings/find', claim);
  expect(found.status).toBe(200);
  expect(found.text).not.toContain(receipt.queryCode);
  expect(bookingProgress.parse(JSON.parse(found.text)).history.map(({ event }) => event)).toEqual(['booked']);
  const cancelled = await ask(site, '/hebei/bookings/cancel', claim);
  expect([cancelled.status, bookingProgress.parse(JSON.parse(cancelled.text)).state]).toEqual([200, 'cancelled']);
  const again = await ask(site, '/hebei/bookings/cancel', claim);
  expect([again.status, again.text]).toEqual([200, cancelled.text]);
  expect(await openSeatsOf(site, slot.host.id, slot.id)).toBe(slot.open);
});

test('the same key and body answer the same; another body under that key is refused', async () => {
  const site = theSite();
  const slot = await aVisit(1, ({ open }) => open > 2);
  const body = aBooking(slot.id, { phone: '13900001002' });
  const first = await book(site, 'replay-0001', body);
  const [second, third] = await Promise.all([book(site, 'replay-0001', body), book(site, 'replay-0001', body)]);
  expect([first.status, second.status, third.status]).toEqual([201, 201, 201]);
  expect([second.text, third.text]).toEqual([first.text, first.text]);
  const other = await book(site, 'replay-0001', aBooking(slot.id, { phone: '13900001003' }));
  expect([other.status, other.problem().code]).toEqual([422, 'idempotency-key-reused']);
  expect(await openSeatsOf(site, slot.host.id, slot.id)).toBe(slot.open - 1);
});

test('the same child is not booked twice at one institution on one day', async () => {
  const slot = await aVisit(2, ({ open }) => open > 1);
  expect((await book(theSite(), 'duplicate-0001', aBooking(slot.id, { phone: '13900001004' }))).status).toBe(201);
  const again = await book(theSite(), 'duplicate-0002', aBooking(slot.id, { phone: '139 0000 1004' }));
  expect([again.status, again.problem().code]).toEqual([409, 'already-booked']);
});

test('the last seat goes to one family, however many ask at once', async () => {
  const slot = await aVisit(3, ({ capacity }) => capacity === 1);
  const asked = await Promise.all([0, 1, 2, 3, 4].map((family) => book(theSite(), `rush-000${String(family)}`, aBooking(slot.id, { phone: `1390000200${String(family)}` }))));
  expect(asked.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  expect(asked.filter(({ status }) => status === 409).map((reply) => reply.problem().code)).toEqual(['full', 'full', 'full', 'full']);
});

test('an unknown number, a wrong code and a malformed one answer alike', async () => {
  const site = theSite();
  const slot = await aVisit(4);
  const { reference, queryCode } = receiptOf(await book(site, 'alike-0001', aBooking(slot.id, { phone: '13900001005' })));
  const wrong = `${queryCode.startsWith('9') ? '8' : '9'}${queryCode.slice(1)}`;
  const claims = [{ reference: 'Y-00000000', queryCode }, { reference, queryCode: wrong }, { reference, queryCode: '12' }, { reference: '不是编号', queryCode }];
  for (const path of ['find', 'cancel']) {
    const answers = await Promise.all(claims.map((claim) => ask(site, `/hebei/bookings/${path}`, claim)));
    expect([answers[0]?.status, answers[0]?.problem().code]).toEqual([404, 'not-found']);
    for (const { status, text } of answers) expect([status, text]).toEqual([answers[0]?.status, answers[0]?.text]);
  }
  expect((await ask(site, '/hebei/bookings/find', { reference, queryCode })).status).toBe(200);
  expect((await ask(site, '/daqing/bookings/find', { reference, queryCode })).status).toBe(404); // a booking is found only where it was made
});

test('whoever guesses a code is made to wait after five wrong ones', async () => {
  const site = theSite();
  const slot = await aVisit(7);
  const { reference, queryCode } = receiptOf(await book(site, 'guess-0001', aBooking(slot.id, { phone: '13900001008' })));
  const guess = (code: string) => ask(site, '/hebei/bookings/find', { reference, queryCode: code });
  const guesses: number[] = [];
  for (const digit of ['1', '2', '3', '4', '5']) guesses.push((await guess(digit.repeat(16))).status);
  expect(guesses).toEqual([404, 404, 404, 404, 404]);
  const right = await guess(queryCode);
  expect([right.status, right.problem().code]).toEqual([429, 'too-many-requests']);
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('what cannot be understood is refused by its name', async () => {
  const site = theSite();
  const slot = await aVisit(5);
  const body = aBooking(slot.id, { phone: '13900001006' });
  const code = (reply: Reply) => [reply.status, reply.problem().code];
  expect(code(await ask(site, '/hebei/bookings', body))).toEqual([400, 'idempotency-key-missing']);
  expect(code(await ask(site, '/hebei/bookings', body, { origin: site.origin, 'idempotency-key': 'short' }))).toEqual([400, 'idempotency-key-missing']);
  expect(code(await book(site, 'malformed-0001', '{"slotId":'))).toEqual([400, 'malformed-json']);
  expect(code(await book(site, 'oversize-0001', { ...body, note: '长'.repeat(400_000) }))).toEqual([413, 'too-large']);
  expect(code(await ask(site, '/nowhere/bookings', body, { origin: site.origin, 'idempotency-key': 'nowhere-0001' }))).toEqual([404, 'not-found']);
  expect(code(await ask(site, '/nowhere/institutions'))).toEqual([404, 'not-found']);
  expect(code(await ask(site, '/hebei/bookings', body, { origin: site.origin, 'idempotency-key': 'media-0001', 'content-type': 'text/plain' }))).toEqual([415, 'unsupported-media-type']);
  const unknown = await book(site, 'unknown-0001', { ...body, idCard: '示例' });
  expect(code(unknown)).toEqual([422, 'invalid']);
  expect(unknown.problem().errors).toEqual([{ field: 'idCard', code: 'unknown-field', message: expect.stringMatching(/\p{Script=Han}/u) }]);
  const lacking = await book(site, 'lacking-0001', { ...body, contactName: undefined, children: [{}] });
  expect(lacking.problem().errors?.map(({ field, code: fault }) => `${field} ${fault}`).sort()).toEqual(['children.0.birthMonth required', 'contactName required']);
  const parameter = await ask(site, '/hebei/institutions?colour=red');
  expect([...code(parameter), parameter.problem().errors?.[0]?.code]).toEqual([422, 'invalid', 'unknown-field']);
  expect(await openSeatsOf(site, slot.host.id, slot.id)).toBe(slot.open);
});

test('nobody acts for a parent from another site, without saying from where, or under another name', async () => {
  const site = theSite();
  const slot = await aVisit(6);
  const body = aBooking(slot.id, { phone: '13900001007' });
  const key = { 'idempotency-key': 'foreign-0001' };
  const foreign = await ask(site, '/hebei/bookings', body, { ...key, origin: 'https://evil.example' });
  expect([foreign.status, foreign.problem().code]).toEqual([403, 'cross-origin']);
  const request = (more: string) => `POST /api/v1/hebei/bookings HTTP/1.1\r\n${more}Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
  const host = `localhost:${String(site.port)}`;
  expect(await firstLineOf(site, request(`Host: ${host}\r\n`))).toContain(' 403 ');
  expect(await firstLineOf(site, request(`Host: ${host}\r\nSec-Fetch-Site: cross-site\r\n`))).toContain(' 403 ');
  expect(await firstLineOf(site, request(`Host: evil.example\r\nOrigin: http://evil.example\r\n`))).toContain(' 421 ');
  expect(await firstLineOf(site, 'GET /hebei/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toContain(' 421 ');
  const silent = await ask(site, '/hebei/bookings', body, key).catch((error: unknown) => error);
  expect(silent).toMatchObject({ status: 403, text: expect.stringContaining('"origin-missing"') });
  expect(await openSeatsOf(site, slot.host.id, slot.id)).toBe(slot.open);
});
