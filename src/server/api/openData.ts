import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { hsdsOrganization, hsdsService, hsdsServiceAtLocation } from '#domain/directory/hsds.ts';
import { openGeoJson, openTable, type OpenRecord } from '#domain/directory/openRecord.ts';
import { csvText } from '#domain/shared/csv.ts';
import { instant, instantAt, isoDate, writeInstant, type Instant } from '#domain/shared/dates.ts';
import { fieldCodeText } from '#text/problems.ts';
import { openDataText, openFieldText } from '#text/openData.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { problem, problemSchema } from '#server/api/problems.ts';
import { readParameters, serve } from '#server/api/serve.ts';
import { hsdsWords } from '#server/openData/hsdsWords.ts';
import { derivedId } from '#server/openData/openData.ts';
import { openFieldKeys } from '#server/openData/fields.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const whenPattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;
const modifiedAfter = z.string().regex(whenPattern, 'format').optional().openapi({ description: 'Day (Asia/Shanghai) or instant with its zone; only what changed later', example: '2026-11-01' });
const since = z.strictObject({ modified_after: modifiedAfter });
const paged = since.extend({ page: z.string().regex(/^[1-9]\d{0,5}$/, 'format').optional(), per_page: z.string().regex(/^[1-9]\d{0,2}$/, 'format').optional().openapi({ description: '1…500, else 50' }) });
const problems = Object.fromEntries([404, 422].map((status) => [status, { description: status === 404 ? 'not-found' : 'invalid', content: { 'application/problem+json': { schema: problemSchema } } }]));
const anything = z.record(z.string(), z.unknown());
const file = z.object({ title: z.string(), modifiedAt: z.string().nullable(), licence: z.array(z.string()), items: z.array(anything), withdrawn: z.array(z.object({ id: z.string(), withdrawnAt: z.string() })) })
  .openapi({ example: { title: '托育机构名录', modifiedAt: '2026-11-20T09:00:00+08:00', licence: [...openDataText.licenceLines], items: [], withdrawn: [] } });

type OpenContext = Context<ApiEnv>;
const answers = (type: string, schema: z.ZodType, description: string) => ({ 200: { description, content: { [type]: { schema } } }, ...problems });

/** Everybody's browser may read it; the shell keeps it until the place's revision or the day moves, and tags it. */
const open = (body: string, type: string): Response => new Response(body, { headers: { 'content-type': `${type}; charset=utf-8`, 'access-control-allow-origin': '*', 'x-page-cache': 'directory' } });
const openJson = (value: unknown, type = 'application/json'): Response => open(JSON.stringify(value), type);

const originOf = (c: OpenContext): string => c.var.app.config.siteOrigin ?? new URL(c.req.url).origin;

/** What `modified_after` means; NaN never comes out, a day that is none is a problem. */
const readSince = (typed: string | undefined): Instant | null | undefined => {
  if (typed === undefined) return null;
  if (typed.length > 10) return Number.isNaN(Date.parse(typed)) ? undefined : instant.parse(Date.parse(typed));
  const day = isoDate.safeParse(typed);
  return day.success ? instantAt(day.data, '00:00') : undefined;
};
const wrongSince = (): Response => problem('invalid', { errors: [{ field: 'modified_after', code: 'format', message: fieldCodeText['format'] ?? '' }] });

async function taken(c: OpenContext): Promise<{ readonly after: Instant | null; readonly records: readonly OpenRecord[] } | Response> {
  const read = readParameters(c, since);
  if (read instanceof Response) return read;
  const after = readSince(read.modified_after);
  return after === undefined ? wrongSince() : { after, records: await c.var.app.openData.records(c.var.jurisdiction, originOf(c), after) };
}

const newest = (records: readonly OpenRecord[]): string | null => records.map(({ modifiedAt }) => modifiedAt).toSorted().at(-1) ?? null;

function institutionRoutes(api: OpenAPIHono<ApiEnv>): void {
  const route = (ending: string, type: string, schema: z.ZodType, summary: string) => createRoute({ method: 'get', path: `/{place}/open-data/institutions.${ending}`, summary, request: { params: place, query: since }, responses: answers(type, schema, summary) });
  serve(api, route('json', 'application/json', file, 'Institutions in force, whole, with those that left since modified_after'), async (c) => {
    const read = await taken(c);
    if (read instanceof Response) return read;
    const left = (await c.var.app.openData.publications(c.var.jurisdiction)).flatMap(({ id, withdrawnAt }) => (withdrawnAt === null || (read.after !== null && withdrawnAt <= read.after) ? [] : [{ id, withdrawnAt: writeInstant(withdrawnAt) }]));
    return openJson({ title: openDataText.listTitle(c.var.jurisdiction.shortName), modifiedAt: newest(read.records), licence: openDataText.licenceLines, items: read.records, withdrawn: left });
  });
  serve(api, route('csv', 'text/csv', z.string(), 'The same as a table: UTF-8 with its mark, no cell a spreadsheet would run'), async (c) => {
    const read = await taken(c);
    return read instanceof Response ? read : open(csvText(openTable(read.records, openFieldKeys)), 'text/csv');
  });
  serve(api, route('geojson', 'application/geo+json', anything, 'The same as RFC 7946 features in WGS-84'), async (c) => {
    const read = await taken(c);
    return read instanceof Response ? read : openJson(openGeoJson(read.records), 'application/geo+json');
  });
  const dictionary = createRoute({ method: 'get', path: '/{place}/open-data/dictionary.json', summary: 'What each column means', request: { params: place }, responses: answers('application/json', z.object({ fields: z.array(z.object({ name: z.string(), kind: z.string(), meaning: z.string() })), licence: z.array(z.string()) }), 'Columns') });
  serve(api, dictionary, () => openJson({ fields: openFieldKeys.map((name) => ({ name, kind: openFieldText[name][0], meaning: openFieldText[name][1] })), licence: openDataText.licenceLines }));
}

/** The HSDS lists: what each is called, and one of it. */
const shapes = {
  services: (record: OpenRecord, c: OpenContext) => hsdsService(record, c.var.jurisdiction, hsdsWords, derivedId),
  organizations: (record: OpenRecord) => hsdsOrganization(record, hsdsWords, derivedId),
  service_at_locations: (record: OpenRecord, c: OpenContext) => hsdsServiceAtLocation(record, c.var.jurisdiction, derivedId),
} as const;

function hsdsRoutes(api: OpenAPIHono<ApiEnv>): void {
  const root = createRoute({ method: 'get', path: '/{place}/open-data/hsds', summary: 'HSDS 3.0: version, profile, where this interface is described', request: { params: place }, responses: answers('application/json', z.object({ version: z.literal('3.0'), profile: z.string(), openapi_url: z.string() }), 'HSDS') });
  serve(api, root, (c) => openJson({ version: '3.0', profile: `${originOf(c)}/${c.var.jurisdiction.slug}/open-data/`, openapi_url: `${originOf(c)}/api/v1/openapi.json` }));
  for (const [name, shape] of Object.entries(shapes)) {
    const list = createRoute({ method: 'get', path: `/{place}/open-data/hsds/${name}`, summary: `HSDS 3.0 ${name}, in pages`, request: { params: place, query: paged }, responses: answers('application/json', z.object({ total_items: z.number(), total_pages: z.number(), page_number: z.number(), size: z.number(), first_page: z.boolean(), last_page: z.boolean(), empty: z.boolean(), contents: z.array(anything) }), name) });
    serve(api, list, async (c) => {
      const read = readParameters(c, paged);
      if (read instanceof Response) return read;
      const after = readSince(read.modified_after);
      if (after === undefined) return wrongSince();
      const records = await c.var.app.openData.records(c.var.jurisdiction, originOf(c), after);
      const [page, size] = [Number(read.page ?? 1), Math.min(500, Number(read.per_page ?? 50))];
      const [pages, contents] = [Math.max(1, Math.ceil(records.length / size)), records.slice((page - 1) * size, page * size).map((record) => shape(record, c))];
      return openJson({ total_items: records.length, total_pages: pages, page_number: page, size: contents.length, first_page: page === 1, last_page: page >= pages, empty: contents.length === 0, contents });
    });
    const one = createRoute({ method: 'get', path: `/{place}/open-data/hsds/${name}/{id}`, summary: `One of HSDS 3.0 ${name}`, request: { params: place.extend({ id: z.string() }) }, responses: answers('application/json', anything, name) });
    serve(api, one, async (c) => {
      const records = await c.var.app.openData.records(c.var.jurisdiction, originOf(c));
      const found = records.map((record) => shape(record, c)).find(({ id }) => id === c.req.param('id'));
      return found ? openJson(found) : problem('not-found');
    });
  }
}

/** 开放数据: files, dictionary and HSDS 3.0. Read by anybody's program: the only part of the interface that names `Access-Control-Allow-Origin`. */
export function openDataRoutes(api: OpenAPIHono<ApiEnv>): void {
  institutionRoutes(api);
  hsdsRoutes(api);
}
