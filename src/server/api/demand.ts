import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { demandProgress } from '#domain/demand/commands.ts';
import { demandReceipt, demandRequest } from '#domain/demand/model.ts';
import { demandNotFoundText, demandRefusalText } from '#text/demand.ts';
import { tooManyTriesText } from '#text/booking.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { conflict, privateJson, problem, problemSchema, tooMany } from '#server/api/problems.ts';
import { readJson, serve } from '#server/api/serve.ts';
import { demandSentence } from '#server/demandForm.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const keyHeader = z.object({ 'idempotency-key': z.string().openapi({ description: '8–128 visible ASCII characters' }) });
const problemBody = { content: { 'application/problem+json': { schema: problemSchema } } };
const problems = { 400: { description: 'malformed-json, idempotency-key-missing', ...problemBody }, 404: { description: 'not-found', ...problemBody }, 409: { description: 'rules-changed, too-many-for-phone', ...problemBody }, 422: { description: 'invalid, idempotency-key-reused', ...problemBody }, 429: { description: 'Too many requests', ...problemBody } };
const body = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } }, required: true });
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({ description, content: { 'application/json': { schema } } });
const demandClaim = z.strictObject({ reference: z.string({ error: 'required' }).max(40, 'too-long'), queryCode: z.string({ error: 'required' }).max(60, 'too-long') });

/** 登记入托需求 over JSON: the same commands as the form. */
export function demandRoutes(api: OpenAPIHono<ApiEnv>): void {
  serve(api, createRoute({ method: 'post', path: '/{place}/demand', summary: 'Register a need for care, or be told of a free place', request: { params: place, headers: keyHeader, body: body(demandRequest) }, responses: { 201: json('Registered; the query code is shown only here', demandReceipt), ...problems } }), async (c) => {
    const { app, jurisdiction, idempotencyKey } = c.var;
    const request = await readJson(c, demandRequest, demandSentence);
    if (request instanceof Response) return request;
    const outcome = await app.demand.register(jurisdiction.code, idempotencyKey, request, c.env.clientAddress);
    if (outcome.ok) return privateJson(outcome.value.receipt, 201);
    if (outcome.reason === 'too-many') return tooMany(outcome.seconds);
    if (outcome.reason === 'fields') return problem('invalid', { errors: outcome.faults.map(({ field, code }) => ({ field, code, message: demandSentence(field, code) })) });
    return outcome.reason === 'idempotency-key-reused' ? problem('idempotency-key-reused') : conflict(outcome.reason, demandRefusalText[outcome.reason]);
  });

  const byCode = { find: 'Find a registration and what fits now', withdraw: 'Withdraw it; again the same', renew: 'Still looking: six months more, one more notice' } as const;
  for (const step of ['find', 'withdraw', 'renew'] as const) {
    serve(api, createRoute({ method: 'post', path: `/{place}/demand/${step}`, summary: byCode[step], request: { params: place, body: body(demandClaim) }, responses: { 200: json('The registration', demandProgress), ...problems } }), async (c) => {
      const { app, jurisdiction } = c.var;
      const claim = await readJson(c, demandClaim, demandSentence);
      if (claim instanceof Response) return claim;
      const outcome = await app.demand[step](jurisdiction.code, claim, c.env.clientAddress);
      if (outcome.ok) return privateJson(outcome.value, 200);
      return outcome.reason === 'too-many' ? tooMany(outcome.seconds, tooManyTriesText) : problem('not-found', { title: demandNotFoundText });
    });
  }
}
