import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { geoPoint, openingHours, recordSource } from '#domain/directory/model.ts';
import { healthPointKinds } from '#domain/healthPoints/model.ts';
import { findPoints } from '#domain/healthPoints/rules.ts';
import { isWithinReach } from '#domain/shared/geo.ts';
import { fieldCodeText } from '#text/problems.ts';
import type { FieldError } from '#server/fieldErrors.ts';
import type { ApiEnv } from '#server/api/env.ts';
import { problem, problemSchema } from '#server/api/problems.ts';
import { readParameters, serve } from '#server/api/serve.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const parameters = z.strictObject({
  kind: z.enum(healthPointKinds).optional(), subdistrict: z.string().regex(/^\d{9}$/, 'format').optional(),
  weekday: z.string().regex(/^[1-7]$/, 'format').optional().openapi({ description: 'Open on this day of the usual week, 1 Monday … 7 Sunday' }),
  near: z.string().regex(/^\d{2,3}(\.\d{1,8})?,\d{1,2}(\.\d{1,8})?$/, 'format').optional().openapi({ description: 'lng,lat in WGS-84; nearest first, those without a position last' }),
});
/** 健康服务点 in the list. */
const item = z.object({
  id: z.string(), kind: z.enum(healthPointKinds), name: z.string(), address: z.string().nullable(), phone: z.string().nullable(),
  subdistrict: z.object({ code: z.string(), name: z.string() }).nullable(),
  hours: z.array(openingHours).nullable().openapi({ description: 'Usual week; null where not known' }), hoursNote: z.string().nullable(), services: z.array(z.string()),
  point: geoPoint.nullable(), source: recordSource, confirmedOn: z.string().nullable(), sample: z.boolean(), distance: z.number().int().optional().openapi({ description: 'Metres' }),
});
const answer = z.object({ total: z.number().int(), items: z.array(item) });
const problems = { 404: { description: 'not-found', content: { 'application/problem+json': { schema: problemSchema } } }, 422: { description: 'invalid', content: { 'application/problem+json': { schema: problemSchema } } } };

const positionOf = (near: string | undefined) => {
  if (near === undefined) return null;
  const [lng = NaN, lat = NaN] = near.split(',').map(Number);
  return isWithinReach({ lng, lat }) ? { lng, lat } : undefined;
};

/** 接种门诊, 儿保, 体检点, 母婴室 over JSON; only points in force. */
export function healthPointRoutes(api: OpenAPIHono<ApiEnv>): void {
  const route = createRoute({
    method: 'get', path: '/{place}/health-points', summary: 'Health points: vaccination, child health, entry checks, postpartum and mind, nursing rooms', request: { params: place, query: parameters },
    responses: { 200: { description: 'Points in force that match', content: { 'application/json': { schema: answer } } }, ...problems },
  });
  serve(api, route, async (c) => {
    const { app, jurisdiction } = c.var;
    const read = readParameters(c, parameters);
    if (read instanceof Response) return read;
    const street = jurisdiction.subdistricts.find(({ code, otherCodes }) => code === read.subdistrict || otherCodes.some((other) => other === read.subdistrict));
    const near = positionOf(read.near);
    const wrong: readonly Pick<FieldError, 'field' | 'code'>[] = [...(read.subdistrict !== undefined && !street ? [{ field: 'subdistrict', code: 'unknown-value' as const }] : []), ...(near === undefined ? [{ field: 'near', code: 'range' as const }] : [])];
    if (wrong.length > 0) return problem('invalid', { errors: wrong.map((one) => ({ ...one, message: fieldCodeText[one.code] ?? '' })) });
    const found = findPoints(await app.healthPoints.all(jurisdiction.code), { kind: read.kind ?? null, subdistrict: street?.code ?? null, weekday: read.weekday === undefined ? null : Number(read.weekday), near: near ?? null });
    const items = found.map(({ point: { jurisdiction: _code, missingSince: _since, ...point }, metres }): z.infer<typeof item> => {
      const at = jurisdiction.subdistricts.find(({ code }) => code === point.subdistrict);
      return { ...point, subdistrict: at ? { code: at.code, name: at.name } : null, ...(metres === null ? {} : { distance: Math.round(metres) }) };
    });
    return c.json({ total: items.length, items }, 200);
  });
}
