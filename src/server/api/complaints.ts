import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { complaintRequest, wordsOf } from '#domain/complaints/model.ts';
import { complaintProgress, complaintReceipt } from '#domain/complaints/views.ts';
import { complaintFindText, parentRefusalText } from '#text/complaintFind.ts';
import { complaintSentence } from '#text/complaintForm.ts';
import { tooManyTriesText } from '#text/booking.ts';
import type { Complaints } from '#server/complaints.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { conflict, privateJson, problem, problemSchema, tooMany } from '#server/api/problems.ts';
import { readJson, serve } from '#server/api/serve.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const keyHeader = z.object({ 'idempotency-key': z.string().openapi({ description: '8–128 visible ASCII characters' }) });
const problemBody = { content: { 'application/problem+json': { schema: problemSchema } } };
const problems = {
  400: { description: 'malformed-json, idempotency-key-missing', ...problemBody }, 404: { description: 'not-found', ...problemBody }, 409: { description: 'The domain refuses', ...problemBody },
  422: { description: 'invalid, idempotency-key-reused', ...problemBody }, 429: { description: 'Too many requests', ...problemBody },
};
const body = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } }, required: true });
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({ description, content: { 'application/json': { schema } } });

const claim = { reference: z.string({ error: 'required' }).max(40, 'too-long'), queryCode: z.string({ error: 'required' }).max(60, 'too-long') };
const claimBody = z.strictObject(claim);
const wordsBody = z.strictObject({ ...claim, words: wordsOf(1, 2_000) });
const rateBody = z.strictObject({ ...claim, satisfaction: z.int({ error: 'format' }).min(1, 'range').max(5, 'range') });

/** What an act of a complainant came to, as JSON: the case, or why not; unknown, wrong and malformed answer alike. */
function answerOf(outcome: Awaited<ReturnType<Complaints['reply']>>): Response {
  if (outcome.ok) return privateJson(outcome.value, 200);
  if (outcome.reason === 'too-many') return tooMany(outcome.seconds, tooManyTriesText);
  return outcome.reason === 'not-found' ? problem('not-found', { title: complaintFindText.notFound }) : conflict(outcome.reason, parentRefusalText[outcome.reason]);
}

/** 提交诉求: files go with the form, not here. */
function submitRoute(api: OpenAPIHono<ApiEnv>): void {
  const route = createRoute({
    method: 'post', path: '/{place}/complaints', summary: 'Complain, tip off, suggest or praise', request: { params: place, headers: keyHeader, body: body(complaintRequest) },
    responses: { 201: json('Received; the query code is shown only here', complaintReceipt), ...problems },
  });
  serve(api, route, async (c) => {
    const { app, jurisdiction, idempotencyKey } = c.var;
    const request = await readJson(c, complaintRequest, complaintSentence);
    if (request instanceof Response) return request;
    const outcome = await app.complaints.submit(jurisdiction.code, idempotencyKey, request, c.env.clientAddress);
    if (outcome.ok) return privateJson(outcome.value.receipt, 201);
    if (outcome.reason === 'too-many') return tooMany(outcome.seconds);
    if (outcome.reason === 'fields') return problem('invalid', { errors: outcome.faults.map(({ field, code }) => ({ field, code, message: complaintSentence(field.startsWith('answers.') ? 'answers' : field, code) })) });
    return problem('idempotency-key-reused');
  });
}

/** 投诉举报建议 over JSON: the same commands as the forms. */
export function complaintRoutes(api: OpenAPIHono<ApiEnv>): void {
  submitRoute(api);
  const responses = { 200: json('The case, its steps and messages', complaintProgress), ...problems };
  for (const [step, summary] of [['find', 'Find a case'], ['withdraw', 'Withdraw it; again the same']] as const) {
    serve(api, createRoute({ method: 'post', path: `/{place}/complaints/${step}`, summary, request: { params: place, body: body(claimBody) }, responses }), async (c) => {
      const read = await readJson(c, claimBody, complaintSentence);
      return read instanceof Response ? read : answerOf(await c.var.app.complaints[step](c.var.jurisdiction.code, read, c.env.clientAddress));
    });
  }
  for (const [step, summary] of [['reply', 'Answer a question, or add to the case'], ['reopen', 'Have it gone into again, within 14 days of an unsatisfying closing']] as const) {
    serve(api, createRoute({ method: 'post', path: `/{place}/complaints/${step}`, summary, request: { params: place, body: body(wordsBody) }, responses }), async (c) => {
      const read = await readJson(c, wordsBody, complaintSentence);
      return read instanceof Response ? read : answerOf(await c.var.app.complaints[step](c.var.jurisdiction.code, read, read.words, c.env.clientAddress));
    });
  }
  serve(api, createRoute({ method: 'post', path: '/{place}/complaints/rate', summary: 'Say how satisfied, 1 to 5', request: { params: place, body: body(rateBody) }, responses }), async (c) => {
    const read = await readJson(c, rateBody, complaintSentence);
    return read instanceof Response ? read : answerOf(await c.var.app.complaints.rate(c.var.jurisdiction.code, read, read.satisfaction, c.env.clientAddress));
  });
}
