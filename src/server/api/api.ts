import { OpenAPIHono } from '@hono/zod-openapi';
import { PatternRouter } from 'hono/router/pattern-router';
import type { App } from '#server/app.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { bookingRoutes } from '#server/api/bookings.ts';
import { complaintRoutes } from '#server/api/complaints.ts';
import { demandRoutes } from '#server/api/demand.ts';
import { healthPointRoutes } from '#server/api/healthPoints.ts';
import { exemplified } from '#server/api/examples.ts';
import { directoryRoutes } from '#server/api/institutions.ts';
import { openDataRoutes } from '#server/api/openData.ts';
import { problem } from '#server/api/problems.ts';
import { registrationRoutes } from '#server/api/registrations.ts';
import { searchRoutes } from '#server/api/search.ts';
import { searchIndexRoutes } from '#server/api/searchIndex.ts';
import { isBusy, isDiskFull } from '#storage/faults.ts';

const visibleAscii = /^[\x21-\x7e]{8,128}$/;
const needsKey = /^\/api\/v1\/[^/]+\/(bookings(\/reschedule)?|demand|complaints)$/;

/** The JSON API: one Hono app that calls the same commands as the forms. */
export function createApi(app: App): { readonly fetch: (request: Request, env: ApiEnv['Bindings']) => Promise<Response> } {
  const api = new OpenAPIHono<ApiEnv>({ strict: false, router: new PatternRouter() }) // some forty routes, one expression each: the default falls back to a trie here, at ten times the price;
  const v1 = api.basePath('/api/v1');

  v1.use('*', async (c, next) => {
    c.set('app', app);
    if (c.req.method === 'POST') {
      const type = c.req.header('content-type') ?? '';
      if (!/^application\/json\s*(;|$)/i.test(type)) return problem('unsupported-media-type');
    }
    return next();
  });
  // Every character: a dot leaves out the line ends of Unicode, and an address with one would go past what is checked here.
  v1.use('/:place/:rest{[\\s\\S]+}', async (c, next) => {
    const jurisdiction = app.findJurisdiction(c.req.param('place'));
    if (!jurisdiction) return problem('not-found');
    c.set('jurisdiction', jurisdiction);
    if (c.req.method === 'POST' && needsKey.test(c.req.path.replace(/\/$/, ''))) {
      const key = c.req.header('idempotency-key') ?? '';
      if (!visibleAscii.test(key)) return problem('idempotency-key-missing');
      c.set('idempotencyKey', key);
    }
    return next();
  });

  directoryRoutes(v1);
  healthPointRoutes(v1);
  openDataRoutes(v1);
  searchRoutes(v1);
  searchIndexRoutes(v1);
  bookingRoutes(v1);
  demandRoutes(v1);
  complaintRoutes(v1);
  registrationRoutes(v1);
  v1.get('/openapi.json', (c) => c.json(exemplified(v1.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Tuoyu', version: '1.0.0', description: 'Public childcare directory and bookings of one or more jurisdictions.' } }))));

  const patterns = v1.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}/?$`) }));
  api.notFound((c) => {
    const allowed = [...new Set(patterns.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method))];
    return allowed.length > 0 ? problem('method-not-allowed', { headers: { allow: allowed.join(', ') } }) : problem('not-found');
  });
  api.onError((fault, c) => {
      if (isDiskFull(fault)) return problem('disk-low', { headers: { 'retry-after': '300' } });
    if (isBusy(fault)) return problem('busy', { headers: { 'retry-after': '2' } });
    app.reportFault(fault, c.env.requestId);
    return problem('fault');
  });
  return { fetch: async (request, env) => api.fetch(request, env) };
}
