import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { readJson, readParameters, serve } from '#server/api/serve.ts';
import { bookingProgress, bookingReceipt, slotView } from '#domain/booking/views.ts';
import { bookingKinds, bookingRequest, rulesVersion } from '#domain/booking/model.ts';
import { addDays, daysBetween, isoDate } from '#domain/shared/dates.ts';
import { bookingNotFoundText, tooManyBookingsText, tooManyTriesText } from '#text/booking.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { privateJson, problem, problemSchema, refusal, tooMany } from '#server/api/problems.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const problemBody = { content: { 'application/problem+json': { schema: problemSchema } } };
const problems = { 400: { description: 'malformed-json, idempotency-key-missing', ...problemBody }, 404: { description: 'not-found', ...problemBody }, 409: { description: 'The domain refuses', ...problemBody }, 422: { description: 'invalid, idempotency-key-reused', ...problemBody }, 429: { description: 'Too many requests', ...problemBody } };
const body = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } }, required: true });
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({ description, content: { 'application/json': { schema } } });
const keyHeader = z.object({ 'idempotency-key': z.string().openapi({ description: '8–128 visible ASCII characters' }) });

const claim = { reference: z.string({ error: 'required' }).max(40, 'too-long'), queryCode: z.string({ error: 'required' }).max(60, 'too-long') };
export const bookingClaim = z.strictObject(claim);
const rescheduleBody = z.strictObject({ ...claim, slotId: z.uuid({ error: 'format' }) });

const slotsQuery = z.strictObject({ kind: z.enum(['visit', 'care', 'class']).default('visit'), from: isoDate.optional(), to: isoDate.optional(), months: z.coerce.number({ error: 'format' }).int('format').min(-10, 'range').max(47, 'range').optional() });
const placeSlotsQuery = z.strictObject({ kind: z.enum(bookingKinds).default('class'), subdistrict: z.string().regex(/^\d{9}$/, 'format').optional(), from: isoDate.optional(), to: isoDate.optional() });
const slotList = z.object({ rulesVersion: z.string(), items: z.array(slotView) });

/** `from` today, `to` +28 days, at most 92 days; undefined when the range is not one. */
export function slotRange(today: z.infer<typeof isoDate>, from: z.infer<typeof isoDate> | undefined, to: z.infer<typeof isoDate> | undefined) {
  const first = from ?? today;
  const last = to ?? addDays(first, 28);
  const days = daysBetween(first, last);
  return days < 0 || days > 92 ? undefined : { first, last };
}

/** The shell may answer alike until anything is committed or the minute is over. */
const keptForNow = { 'cache-control': 'no-store', 'x-page-cache': 'directory' };

const rangeProblem = (): Response => problem('invalid', { errors: [{ field: 'to', code: 'range', message: bookingSentence('to', 'range') }] });

/** 预约 over JSON: the same commands as the forms. */
export function bookingRoutes(api: OpenAPIHono<ApiEnv>): void {
  serve(api, createRoute({ method: 'get', path: '/{place}/institutions/{id}/slots', summary: 'Slots of one institution', request: { params: place.extend({ id: z.string() }), query: slotsQuery }, responses: { 200: json('Slots, earliest first', slotList), ...problems } }), async (c) => {
    const { app, jurisdiction } = c.var;
    const query = readParameters(c, slotsQuery);
    if (query instanceof Response) return query;
    const host = await app.bookings.host(jurisdiction.code, c.req.param('id') ?? '');
    const range = slotRange(app.today(), query.from, query.to);
    if (!host) return problem('not-found');
    if (!range) return rangeProblem();
    return c.json({ rulesVersion, items: await app.bookings.slots(host, query.kind, range.first, range.last) }, 200, keptForNow);
  });

  serve(api, createRoute({ method: 'get', path: '/{place}/slots', summary: 'Classes and home visits of a place', request: { params: place, query: placeSlotsQuery }, responses: { 200: json('Slots, earliest first', slotList), ...problems } }), async (c) => {
    const { app, jurisdiction } = c.var;
    const query = readParameters(c, placeSlotsQuery);
    if (query instanceof Response) return query;
    const range = slotRange(app.today(), query.from, query.to);
    if (!range) return rangeProblem();
    return c.json({ rulesVersion, items: await app.bookings.slotsIn(jurisdiction.code, query.kind, range.first, range.last, query.subdistrict) }, 200, keptForNow);
  });

  serve(api, createRoute({ method: 'post', path: '/{place}/bookings', summary: 'Book a slot', request: { params: place, headers: keyHeader, body: body(bookingRequest) }, responses: { 201: json('Booked; the query code is shown only here', bookingReceipt), ...problems } }), async (c) => {
    const { app, jurisdiction, idempotencyKey } = c.var;
    const request = await readJson(c, bookingRequest);
    if (request instanceof Response) return request;
    const wait = await app.limits.take('booking', c.env.clientAddress);
    if (wait > 0) return tooMany(wait);
    const outcome = await app.bookings.reserve(jurisdiction.code, idempotencyKey, request);
    if (outcome.ok) return privateJson(outcome.value.receipt, 201);
    if (outcome.reason === 'months') return problem('invalid', { errors: outcome.faults.map(({ index, code }) => ({ field: `children.${index}.birthMonth`, code, message: bookingSentence('birthMonth', code) })) });
    if (outcome.reason === 'slot-unknown') return problem('invalid', { errors: [{ field: 'slotId', code: 'unknown-value', message: bookingSentence('slotId', 'unknown-value') }] });
    if (outcome.reason === 'fields') return problem('invalid', { errors: outcome.faults.map(({ field, code }) => ({ field, code, message: bookingSentence(field, code) })) });
    if (outcome.reason === 'too-many') return tooMany(outcome.seconds, tooManyBookingsText);
    return outcome.reason === 'idempotency-key-reused' ? problem('idempotency-key-reused') : refusal(outcome.reason);
  });

  serve(api, createRoute({ method: 'post', path: '/{place}/bookings/find', summary: 'Find a booking', request: { params: place, body: body(bookingClaim) }, responses: { 200: json('The booking and its history', bookingProgress), ...problems } }), async (c) => {
    const { app, jurisdiction } = c.var;
    const claim = await readJson(c, bookingClaim);
    if (claim instanceof Response) return claim;
    const found = await app.bookings.find(jurisdiction.code, claim, c.env.clientAddress);
    if (found.ok) return privateJson(found.value, 200);
    return found.reason === 'too-many' ? tooMany(found.seconds, tooManyTriesText) : problem('not-found', { title: bookingNotFoundText });
  });

  serve(api, createRoute({ method: 'post', path: '/{place}/bookings/cancel', summary: 'Cancel a booking', request: { params: place, body: body(bookingClaim) }, responses: { 200: json('Cancelled; again the same', bookingProgress), ...problems } }), async (c) => {
    const { app, jurisdiction } = c.var;
    const claim = await readJson(c, bookingClaim);
    if (claim instanceof Response) return claim;
    const outcome = await app.bookings.cancel(jurisdiction.code, claim, c.env.clientAddress);
    if (outcome.ok) return privateJson(outcome.value, 200);
    if (outcome.reason === 'too-many') return tooMany(outcome.seconds, tooManyTriesText);
    return outcome.reason === 'not-found' ? problem('not-found', { title: bookingNotFoundText }) : refusal(outcome.reason);
  });

  serve(api, createRoute({ method: 'post', path: '/{place}/bookings/accept', summary: 'Accept the seat held for a family that waited; again the same', request: { params: place, body: body(bookingClaim) }, responses: { 200: json('The booking, with its seat', bookingProgress), ...problems } }), async (c) => {
    const { app, jurisdiction } = c.var;
    const claim = await readJson(c, bookingClaim);
    if (claim instanceof Response) return claim;
    const outcome = await app.bookings.accept(jurisdiction.code, claim, c.env.clientAddress);
    if (outcome.ok) return privateJson(outcome.value, 200);
    if (outcome.reason === 'too-many') return tooMany(outcome.seconds, tooManyTriesText);
    return outcome.reason === 'offer-ended' ? refusal('offer-ended') : problem('not-found', { title: bookingNotFoundText });
  });

  serve(api, createRoute({ method: 'post', path: '/{place}/bookings/reschedule', summary: 'Move a booking to another slot of the same institution', request: { params: place, headers: keyHeader, body: body(rescheduleBody) }, responses: { 200: json('Moved', bookingProgress), ...problems } }), async (c) => {
    const { app, jurisdiction, idempotencyKey } = c.var;
    const claim = await readJson(c, rescheduleBody);
    if (claim instanceof Response) return claim;
    const outcome = await app.bookings.reschedule(jurisdiction.code, idempotencyKey, claim, c.env.clientAddress);
    if (outcome.ok) return privateJson(outcome.value, 200);
    if (outcome.reason === 'too-many') return tooMany(outcome.seconds, tooManyTriesText);
    if (outcome.reason === 'not-found') return problem('not-found', { title: bookingNotFoundText });
    if (outcome.reason === 'slot-unknown') return problem('invalid', { errors: [{ field: 'slotId', code: 'unknown-value', message: bookingSentence('slotId', 'unknown-value') }] });
    return outcome.reason === 'idempotency-key-reused' ? problem('idempotency-key-reused') : refusal(outcome.reason);
  });
}
