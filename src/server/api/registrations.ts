import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { registrationPush, registrationStates } from '#domain/filing/model.ts';
import { registrationQueues } from '#domain/filing/rules.ts';
import { fieldCodeText } from '#text/problems.ts';
import { pushText } from '#text/filings.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import { pushHeaders } from '#server/pushSignature.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { conflict, privateJson, problem, problemSchema, unsigned } from '#server/api/problems.ts';
import { bodyText, serve } from '#server/api/serve.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const headers = z.object({
  [pushHeaders.time]: z.string().openapi({ description: 'Seconds since 1970; at most five minutes from now' }),
  [pushHeaders.signature]: z.string().openapi({ description: 'sha256= and, in hex, HMAC-SHA-256 under the shared secret over the time, the slug of the place and the body, joined by line feeds' }),
});
const answer = z.object({
  id: z.string(), state: z.enum(registrationStates), on: z.string(), effect: z.enum(['created', 'updated', 'older', 'unchanged']).openapi({ description: 'older: a later word was known already; unchanged: this event was taken before' }),
  queues: z.array(z.enum(registrationQueues)).openapi({ description: 'Lists of the health authority it now stands in' }),
});
const said = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } });

/** `POST /{place}/registrations`: the registering body tells of a registration that is new, changed or cancelled. */
export function registrationRoutes(api: OpenAPIHono<ApiEnv>): void {
  const route = createRoute({
    method: 'post', path: '/{place}/registrations', summary: 'Signed push of a registration that is new, changed or cancelled', request: { params: place, headers, body: { required: true, content: { 'application/json': { schema: registrationPush } } } },
    responses: {
      200: { description: 'This event was taken before', content: { 'application/json': { schema: answer } } }, 201: { description: 'Taken', content: { 'application/json': { schema: answer } } },
      400: said('malformed-json'), 401: said('signature-invalid, signature-expired'), 404: said('not-found; push-off where no secret is set'), 409: said('replayed, event-reused'), 422: said('invalid'),
    },
  });
  serve(api, route, async (c) => {
    const { app, jurisdiction } = c.var;
    const outcome = await app.filings.push(jurisdiction, { time: c.req.header(pushHeaders.time), signature: c.req.header(pushHeaders.signature) }, await bodyText(c));
    switch (outcome.kind) {
      case 'off': return problem('not-found', { title: pushText.off });
      case 'bad': return unsigned('signature-invalid', pushText.bad);
      case 'old': return unsigned('signature-expired', pushText.old);
      case 'malformed': return problem('malformed-json');
      case 'invalid': return problem('invalid', { errors: fieldErrors(outcome.error, (name, code) => fieldCodeText[code] ?? bookingSentence(name, code)) });
      case 'replayed': case 'event-reused': return conflict(outcome.kind, pushText[outcome.kind]);
      default: {
        const { registration, effect } = outcome.taken;
        const queues = (await app.filings.queues(jurisdiction.code)).filter(({ registration: { id } }) => id === registration.id).map(({ queue }) => queue);
        return privateJson({ id: registration.id, state: registration.state, on: registration.on, effect, queues }, outcome.kind === 'taken' ? 201 : 200);
      }
    }
  });
}
