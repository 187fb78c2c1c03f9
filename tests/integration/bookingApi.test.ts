import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { rulesVersion } from '#domain/booking/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { createApi } from '#server/api/api.ts';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { newId } from '#storage/ids.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuoyu-test-'));
let app: App;
beforeAll(async () => { app = await createApp(readConfig({ DATA_DIR: folder, RATE_LIMITS: 'off', DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' })); });
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const slotItem = z.looseObject({ id: z.string(), kind: z.string(), host: z.object({ id: z.string(), name: z.string() }), capacity: z.number(), open: z.number() });
const answer = z.looseObject({
  code: z.string().optional(), state: z.string().optional(), reference: z.string().optional(), queryCode: z.string().optional(), position: z.number().optional(), materials: z.array(z.string()).optional(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(), items: z.array(slotItem).optional(), slot: slotItem.optional(),
});
const call = async (path: string, body?: object, key = newId()) => {
  const request = body === undefined ? new Request(`http://localhost/api/v1/hebei/${path}`)
    : new Request(`http://localhost/api/v1/hebei/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(body) });
  const response = await createApi(app).fetch(request, { requestId: 'test', clientAddress: '127.0.0.1' });
  return { status: response.status, ...answer.parse(await response.json()) };
};
let phones = 0;
const bodyFor = (slotId: string, more: object = {}) => {
  phones += 1;
  return { slotId, children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: `135${String(phones).padStart(8, '0')}`, consent: { rulesVersion, actingAs: 'guardian' }, ...more };
};
const claimOf = ({ reference, queryCode }: { readonly reference?: string | undefined; readonly queryCode?: string | undefined }) => ({ reference: reference ?? '', queryCode: queryCode ?? '' });
const firstOpen = async (path: string) => {
  const slot = (await call(path)).items?.find(({ open }) => open > 0);
  if (!slot) throw new Error(`no open slot at ${path}`);
  return slot;
};

test('a class: what it is, a full one takes a queue, a freed seat is offered and accepted by code', async () => {
  const slot = await firstOpen('slots?kind=class');
  expect(slot).toMatchObject({ kind: 'class', title: expect.any(String), details: { kind: 'class' }, waitingList: true, waiting: 0 });
  const made = await Promise.all(Array.from({ length: slot.open }, () => call('bookings', bodyFor(slot.id))));
  expect(new Set(made.map(({ state }) => state))).toEqual(new Set(['confirmed']));
  expect(await call('bookings', bodyFor(slot.id))).toMatchObject({ status: 409, code: 'full' });
  const waits = await call('bookings', bodyFor(slot.id, { waiting: true }));
  expect(waits).toMatchObject({ status: 201, state: 'waiting', position: 1, slot: { waiting: 1 } });
  expect(await call('bookings/accept', claimOf(waits))).toMatchObject({ status: 409, code: 'offer-ended' });
  expect(await call('bookings/cancel', claimOf(made[0] ?? {}))).toMatchObject({ status: 200, state: 'cancelled' });
  expect(await call('bookings/find', claimOf(waits))).toMatchObject({ status: 200, state: 'offered', offerEndsAt: '2026-11-23T14:00:00+08:00' });
  expect(await call('bookings/accept', claimOf(waits))).toMatchObject({ status: 200, state: 'confirmed' });
  expect(await call('bookings/accept', { reference: 'Y-00000000', queryCode: '1' })).toMatchObject({ status: 404, code: 'not-found' });
});

test('a home visit: by subdistrict, the community and no more; the team is the host', async () => {
  const slot = await firstOpen('slots?kind=homeVisit');
  const details = z.object({ subdistrict: z.string(), verifyPhone: z.null(), twoCome: z.literal(true), showCards: z.literal(true) }).parse(z.looseObject({}).parse(slot['details']));
  expect(slot.host.name).toMatch(/^示例/);
  expect((await call(`slots?kind=homeVisit&subdistrict=${details.subdistrict}`)).items?.length).toBeGreaterThan(0);
  expect((await call('slots?kind=homeVisit&subdistrict=999999999')).items).toEqual([]);
  expect(await call('bookings', bodyFor(slot.id))).toMatchObject({ status: 422, errors: [{ field: 'community', code: 'required', message: '请填写所在的社区或村，不用写门牌号。' }] });
  expect(await call('bookings', bodyFor(slot.id, { community: '示例社区', subdistrict: details.subdistrict }))).toMatchObject({ status: 201, state: 'confirmed' });
});

test('care: a first time is asked for with its papers; an enrolment code books at once; an unknown one is named', async () => {
  const institutions = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(await (await createApi(app).fetch(new Request('http://localhost/api/v1/hebei/institutions?mode=hourly&size=50'), { requestId: 'test', clientAddress: '127.0.0.1' })).json());
  const [institution] = institutions.items;
  if (!institution) throw new Error('no care by the hour');
  const slots = (await call(`institutions/${institution.id}/slots?kind=care`)).items?.filter(({ open }) => open > 1) ?? [];
  const [slot] = slots;
  if (!slot) throw new Error('no open care');
  expect(slot).toMatchObject({ details: { kind: 'care' }, waitingList: true });
  const bornFor: Readonly<Record<string, string>> = { infant: '2026-03', toddler: '2025-03', older: '2024-06', mixed: '2024-12' };
  const [band] = z.array(z.string()).parse(slot['bands']);
  const taken = (more: object = {}) => call('bookings', bodyFor(slot.id, { children: [{ birthMonth: bornFor[band ?? ''] }], ...more }));
  const first = await taken();
  expect(first).toMatchObject({ status: 201, state: 'requested' });
  expect(first.materials).toHaveLength(6);
  const place = app.findJurisdiction('hebei');
  const issued = place && await app.desk.issueCode({ actor: 'test', jurisdiction: place.code, host: { kind: 'institution', id: institution.id } }, isoDate.parse('2027-06-30'));
  expect(await taken({ enrolmentCode: '0000-0000-0000' })).toMatchObject({ status: 422, code: 'invalid', errors: [{ field: 'enrolmentCode', code: 'unknown-value' }] });
  expect(await taken({ enrolmentCode: issued?.ok ? issued.value.code : '' })).toMatchObject({ status: 201, state: 'confirmed', enrolment: 'accepted' });
});

test('a visit answers as it always has: no field more than the contract names', async () => {
  const slot = (await call(`institutions/${(await firstOpen('slots?kind=class')).host.id}/slots?kind=visit`)).items?.find(({ open }) => open > 0);
  expect(Object.keys(slot ?? {}).toSorted()).toEqual(['bands', 'bookableUntil', 'capacity', 'endsAt', 'host', 'id', 'kind', 'open', 'startsAt']);
  const { status, ...made } = await call('bookings', bodyFor(slot?.id ?? '', { plannedStart: '2027-09' }));
  expect([status, Object.keys(made).toSorted()]).toEqual([201, ['advice', 'cancelUntil', 'queryCode', 'reference', 'slot', 'state']]);
});

test('OpenAPI names the new calls and fields, made from the schemas that check the input', async () => {
  const response = await createApi(app).fetch(new Request('http://localhost/api/v1/openapi.json'), { requestId: 'test', clientAddress: '127.0.0.1' });
  const text = await response.text();
  for (const word of ['/bookings/accept', 'offerEndsAt', 'enrolmentCode', 'plannedStart', 'community', 'leastMinutes', 'waitingList']) expect(text).toContain(word);
});
