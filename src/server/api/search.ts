import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { credentialKinds, institutionKinds, ownerships, serviceModes } from '#domain/directory/model.ts';
import { readApiQuery, type ParameterFault } from '#domain/directory/readQuery.ts';
import { widestRadius, type WideFound } from '#domain/directory/wideSearch.ts';
import { fieldCodeText } from '#text/problems.ts';
import type { App } from '#server/app.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { directoryParameters } from '#server/api/institutions.ts';
import { problem, problemSchema } from '#server/api/problems.ts';
import { serve } from '#server/api/serve.ts';

const mostPlaces = 50;

const foundItem = z.object({
  id: z.string(), name: z.string(), place: z.object({ slug: z.string(), name: z.string() }), subdistrict: z.object({ code: z.string(), name: z.string() }).nullable(),
  kind: z.enum(institutionKinds).nullable(), ownership: z.enum(ownerships).nullable(), modes: z.array(z.enum(serviceModes)), address: z.string().nullable(),
  /** 备案 or another kind; always one in force. */
  credential: z.enum(credentialKinds), point: z.object({ lng: z.number(), lat: z.number(), crs: z.literal('wgs84') }).nullable(),
  distance: z.number().optional(), url: z.string(), sample: z.boolean(),
});
const answer = z.object({ total: z.number(), page: z.number(), size: z.number(), items: z.array(foundItem) });

const parameters = directoryParameters.omit({ include: true, around: true }).extend({
  place: z.union([z.string(), z.array(z.string())]).optional().openapi({ description: `Slugs of the jurisdictions to look in, at most ${mostPlaces}; without any, all of them` }),
  radius: z.string().optional().openapi({ description: `Metres, at most ${widestRadius}` }),
  sort: z.enum(['relevance', 'distance']).optional(),
});

const itemOf = ({ found, place, distance }: WideFound): object => {
  const street = place.subdistricts.find(({ code }) => code === found.subdistrict);
  return {
    id: found.id, name: found.name, place: { slug: place.slug, name: place.name }, subdistrict: street ? { code: street.code, name: street.name } : null,
    kind: found.kind, ownership: found.ownership, modes: found.modes, address: found.address, credential: found.credential,
    point: found.point && { ...found.point, crs: 'wgs84' }, ...(distance === null ? {} : { distance }), url: `/${place.slug}/institutions/${found.id}/`, sample: found.sample,
  };
};

const fault = (field: string, code: ParameterFault): Response => problem('invalid', { errors: [{ field, code, message: fieldCodeText[code] ?? '' }] });

/** Where to look: null for everywhere; undefined when a place is not known or there are too many. */
const placesOf = (app: App, slugs: readonly string[]) => {
  if (slugs.length === 0) return null;
  const known = slugs.flatMap((slug) => app.findJurisdiction(slug)?.code ?? []);
  return known.length === slugs.length && known.length <= mostPlaces ? known : undefined;
};

/** 跨地区搜索 over JSON: institutions in force in some jurisdictions or in all. */
export function searchRoutes(api: OpenAPIHono<ApiEnv>): void {
  const unprocessable = { description: 'invalid, or scope-needed where the words alone would find thousands', content: { 'application/problem+json': { schema: problemSchema } } };
  // The query is checked by the domain's own reader, so it is documented here and not checked twice.
  const route = createRoute({
    method: 'get', path: '/search', summary: 'Search across jurisdictions', request: { query: parameters },
    responses: { 200: { description: 'Institutions in force that match', content: { 'application/json': { schema: answer } } }, 422: unprocessable },
  });
  serve(api, route, async (c) => {
    const { app } = c.var;
    const { searchParams } = new URL(c.req.url);
    const jurisdictions = placesOf(app, [...new Set(searchParams.getAll('place'))]);
    if (jurisdictions === undefined) return fault('place', 'unknown-value');
    searchParams.delete('place');
    // A starting point named by a street or a word belongs to one place.
    for (const ownList of ['include', 'around']) if (searchParams.has(ownList)) return fault(ownList, 'unknown-field');
    const query = readApiQuery(searchParams);
    if (!query.ok) return problem('invalid', { errors: query.errors.map(({ field, code }) => ({ field, code, message: fieldCodeText[code] ?? '' })) });
    const { sort, radius, page, size } = query.value;
    if (sort !== 'relevance' && sort !== 'distance') return fault('sort', 'unknown-value');
    if (radius !== null && radius > widestRadius) return fault('radius', 'range');
    const outcome = await app.searchWide({ query: query.value, jurisdictions });
    if (!outcome.ok) return problem(outcome.reason);
    return c.json({ total: outcome.value.total, page, size, items: outcome.value.items.map(itemOf) }, 200, { 'x-page-cache': 'directory' });
  });
}
