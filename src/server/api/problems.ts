import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from '@hono/zod-openapi';
import { problemText, type ProblemCode } from '#text/problems.ts';
import { bookingRefusalText } from '#text/booking.ts';
import type { BookingRefusal } from '#domain/booking/model.ts';
import { textResponse } from '#server/http/writtenText.ts';
import type { FieldError } from '#server/fieldErrors.ts';

/** RFC 9457 problem details as the contract writes them. */
export const problemSchema = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), code: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
}).openapi('Problem');

const statusOf = {
  'malformed-json': 400, 'idempotency-key-missing': 400, 'cross-origin': 403, 'origin-missing': 403, 'not-found': 404, 'method-not-allowed': 405, 'too-large': 413,
  'unsupported-media-type': 415, 'unknown-host': 421, invalid: 422, 'scope-needed': 422, 'idempotency-key-reused': 422, 'too-many-requests': 429, busy: 503, 'disk-low': 503, fault: 500,
} as const satisfies Record<ProblemCode, ContentfulStatusCode>;

const send = (status: ContentfulStatusCode, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  textResponse(JSON.stringify(body), status, { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers });

/** A problem by its code, with field errors or headers where the case has them. */
export function problem(code: ProblemCode, more: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>>; readonly title?: string } = {}): Response {
  const status = statusOf[code];
  return send(status, { type: 'about:blank', title: more.title ?? problemText[code], status, code, ...(more.errors ? { errors: more.errors } : {}) }, more.headers);
}

/** 409: the domain's refusal, in its own words. */
export const refusal = (reason: BookingRefusal): Response => send(409, { type: 'about:blank', title: bookingRefusalText[reason], status: 409, code: reason });

/** 409 with a code and words of another module. */
export const conflict = (code: string, title: string): Response => send(409, { type: 'about:blank', title, status: 409, code });

/** 401: a push whose signature does not hold. */
export const unsigned = (code: 'signature-invalid' | 'signature-expired', title: string): Response => send(401, { type: 'about:blank', title, status: 401, code });

/** 429 with the seconds to wait. */
export const tooMany = (seconds: number, title?: string): Response => problem('too-many-requests', { headers: { 'retry-after': String(seconds) }, ...(title ? { title } : {}) });

/** JSON that must not be kept by anybody on the way. */
export const privateJson = (body: object, status: 200 | 201): Response =>
  textResponse(JSON.stringify(body), status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
