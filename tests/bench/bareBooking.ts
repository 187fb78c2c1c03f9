// The same booking at the same durability, and the same open times, behind bare node:http: what the shell's share is measured against.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { BookingDeps } from '#domain/booking/deps.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { listSlots } from '#domain/booking/find.ts';
import { bookingRequest, rulesVersion } from '#domain/booking/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, dayOf, instant, instantAt } from '#domain/shared/dates.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { keyringOf } from '#server/crypto.ts';
import { bookingStore } from '#storage/booking.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { listenAndSay } from '#tests/bench/listen.ts';

const [, , file = '', code = ''] = process.argv;
const jurisdiction = jurisdictionCode.parse(code);
const now = () => instant.parse(Date.now());
const storage = await openSqlite(file, now());
const rows = await storage.read.selectFrom('institution').select(['id', 'name']).execute();
const hosts = new Map(rows.map(({ id, name }) => [id, { id, name, listed: true }]));
const deps: BookingDeps = {
  store: bookingStore(storage), seals: bookingSeals(keyringOf(randomBytes(32))), now, realNow: now, findHost: async (_jurisdiction, id) => hosts.get(id),
};

async function book(key: string, body: string): Promise<{ readonly status: number; readonly answer: unknown }> {
  const request = bookingRequest.safeParse(JSON.parse(body));
  if (!request.success) return { status: 422, answer: request.error.issues };
  const outcome = await reserve(deps, jurisdiction, key, request.data);
  return outcome.ok ? { status: 201, answer: outcome.value.receipt } : { status: 409, answer: outcome };
}

async function openTimes(path: string): Promise<{ readonly status: number; readonly answer: unknown }> {
  const host = hosts.get(path.split('/').at(-2) ?? '');
  if (!host) return { status: 404, answer: {} };
  const today = dayOf(now());
  return { status: 200, answer: { rulesVersion, items: await listSlots(deps, host, 'visit', instantAt(today, '00:00'), instantAt(addDays(today, 29), '00:00')) } };
}

listenAndSay(createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    const answered = request.method === 'GET' ? openTimes(request.url ?? '') : book(String(request.headers['idempotency-key']), Buffer.concat(chunks).toString());
    answered.then(({ status, answer }) => {
      const body = Buffer.from(JSON.stringify(answer));
      response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
    }).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
}));
