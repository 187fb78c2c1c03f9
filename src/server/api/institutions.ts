import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { monthlyFee } from '#domain/directory/fees.ts';
import { acceptances, accepts, admission, bandOffer, classBands, credential, credentialKinds, credentialStates, fee, geoPoint, institutionKinds, nextFees, openingHours, ownerships, pause, plannedSite, recognition, recordSource, serviceModes } from '#domain/directory/model.ts';
import { withStart } from '#domain/directory/near.ts';
import { affordablePlaces } from '#domain/directory/places.ts';
import { readApiQuery } from '#domain/directory/readQuery.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { directoryGroups, type DirectoryEntry } from '#domain/directory/snapshot.ts';
import { openPauses } from '#domain/listingDraft/pauses.ts';
import { documentStatuses, type Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { assessment, change, decision, listingWords, sayers } from '#domain/listing/model.ts';
import { fieldCodeText } from '#text/problems.ts';
import type { ApiEnv } from '#server/api/env.ts';
import type { App } from '#server/app.ts';
import { problem, problemSchema } from '#server/api/problems.ts';
import { serve } from '#server/api/serve.ts';

const place = z.object({ place: z.string().openapi({ description: 'Slug of a jurisdiction', example: 'place' }) });
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({ description, content: { 'application/json': { schema } } });
const problems = { 404: { description: 'not-found', content: { 'application/problem+json': { schema: problemSchema } } }, 422: { description: 'invalid', content: { 'application/problem+json': { schema: problemSchema } } } };

/** 辖区 in the list of places. */
const jurisdictionItem = z.object({
  code: z.string(), slug: z.string(), name: z.string(), level: z.enum(['district', 'county', 'city']), within: z.string(),
  documentStatus: z.enum(documentStatuses), successor: z.object({ name: z.string(), code: z.string() }).optional(),
});

const itemShape = {
  id: z.string(), name: z.string(), kind: z.enum(institutionKinds).nullable(), ownership: z.enum(ownerships).nullable(),
  subdistrict: z.object({ code: z.string(), name: z.string() }).nullable(), address: z.string().nullable(), modes: z.array(z.enum(serviceModes)),
  bands: z.array(bandOffer), admission: admission.nullable(),
  affordable: z.object({ places: z.number(), of: z.number().nullable(), until: z.string().nullable() }).nullable(),
  /** Integer fen: everything a family must pay by the month; null where the institution does not say. */
  monthlyFee: z.number().int().nullable(),
  credential: z.object({ kind: z.enum(credentialKinds), state: z.enum(credentialStates), number: z.string().nullable(), receiptedOn: z.string().nullable(), authority: z.string().nullable() }),
  /** 停班 in force and to come, as the institution itself says. */
  pauses: z.array(pause), point: geoPoint.nullable(), url: z.string(), sample: z.boolean(),
};
/** 机构 in the list. */
export const institutionItem = z.object({ ...itemShape, distance: z.number().optional() });
/** 机构 whole. */
const institutionWhole = z.object({
  ...itemShape, aliases: z.array(z.string()), group: z.enum(directoryGroups), creditCode: z.string().nullable(), phone: z.string().nullable(), credential,
  fees: z.array(fee), feesFrom: z.string().nullable(), hours: z.array(openingHours), recognitions: z.array(recognition), opensInSchoolHolidays: z.boolean().nullable(),
  extendedUntil: z.string().nullable(), mealsProvided: z.boolean().nullable(), openToNeighbours: z.boolean().nullable(), accepts, confirmedOn: z.string().nullable(), source: recordSource,
  missingSince: z.string().nullable(), planned: plannedSite.nullable(),
  /** Approved fees that take effect on a day to come. */
  nextFees: nextFees.nullable(),
  /** 机构展示信息, the institution's own words group by group; a group never filled in is null. */
  listing: z.object({ version: z.number().int(), words: listingWords }),
  photos: z.array(z.object({ url: z.string(), caption: z.string(), illustration: z.boolean(), takenOn: z.string().nullable(), width: z.number(), height: z.number(), saidBy: z.enum(sayers), asOf: z.string() })),
  assessments: z.array(assessment), penalties: z.array(decision), history: z.array(change),
});

const itemOf = ({ institution }: DirectoryEntry, jurisdiction: Jurisdiction, today: IsoDate): z.infer<typeof institutionItem> => {
  const street = jurisdiction.subdistricts.find(({ code }) => code === institution.subdistrict);
  const { kind, state, number, receiptedOn, authority } = institution.credential;
  return {
    id: institution.id, name: institution.name, kind: institution.kind, ownership: institution.ownership, subdistrict: street ? { code: street.code, name: street.name } : null,
    address: institution.address, modes: institution.modes, bands: institution.bands, admission: institution.admission, affordable: affordablePlaces(institution, today),
    monthlyFee: monthlyFee(institution)?.amount ?? null, credential: { kind, state, number, receiptedOn, authority }, pauses: [...openPauses(institution, today)], point: institution.point,
    url: `/${jurisdiction.slug}/institutions/${institution.id}/`, sample: institution.sample,
  };
};

/** What the listing adds to an institution: its own words, photos, assessments, decisions (until their end day), what changed. */
const listingOf = async (app: App, jurisdiction: Jurisdiction, id: string): Promise<Pick<z.infer<typeof institutionWhole>, 'listing' | 'photos' | 'assessments' | 'penalties' | 'history'>> => {
  const { version, words, photos, assessments, decisions, changes } = await app.listings.find(jurisdiction.code, id);
  return {
    listing: { version, words }, assessments: [...assessments], penalties: [...decisions], history: [...changes],
    photos: photos.map(({ id: photo, caption, illustration, takenOn, width, height, saidBy, asOf }) => ({ url: `/${jurisdiction.slug}/institutions/${id}/photos/${photo}.webp`, caption, illustration, takenOn, width, height, saidBy, asOf })),
  };
};

/** Parameters of a search as OpenAPI documents them; the domain's own reader checks them. */
export const directoryParameters = z.object({
  q: z.string().optional(), months: z.string().optional().openapi({ description: '−10…47: age now, or at start' }), start: z.string().optional().openapi({ description: 'YYYY-MM' }),
  band: z.union([z.enum(classBands), z.array(z.enum(classBands))]).optional(), mode: z.union([z.enum(serviceModes), z.array(z.enum(serviceModes))]).optional(),
  kind: z.union([z.enum(institutionKinds), z.array(z.enum(institutionKinds))]).optional(), ownership: z.union([z.enum(ownerships), z.array(z.enum(ownerships))]).optional(),
  subdistrict: z.union([z.string(), z.array(z.string())]).optional(), county: z.string().optional(), affordable: z.literal('1').optional(), free: z.literal('1').optional(), weekend: z.literal('1').optional(),
  holidays: z.literal('1').optional().openapi({ description: 'Open in school holidays' }), extended: z.literal('1').optional().openapi({ description: 'Has extended care' }), meals: z.literal('1').optional(),
  accepts: z.union([z.enum(acceptances), z.array(z.enum(acceptances))]).optional().openapi({ description: 'Leaves out institutions that say no to any of these; not stated is not no, and stands after yes' }),
  openBefore: z.string().optional(), closeAfter: z.string().optional(), maxFee: z.string().optional().openapi({ description: 'Whole yuan' }), near: z.string().optional().openapi({ description: 'lng,lat' }),
  around: z.string().optional().openapi({ description: 'Instead of near: a street code, an institution id, or a word of names and addresses' }),
  crs: z.enum(['wgs84', 'gcj02']).optional(), radius: z.string().optional().openapi({ description: 'Metres' }), sort: z.enum(['relevance', 'distance', 'fee', 'free']).optional(),
  include: z.union([z.enum(['planned', 'ended']), z.array(z.enum(['planned', 'ended']))]).optional(), page: z.string().optional(), size: z.string().optional(),
});

/** 目录 over JSON: places, search, one institution. */
export function directoryRoutes(api: OpenAPIHono<ApiEnv>): void {
  serve(api, createRoute({ method: 'get', path: '/jurisdictions', summary: 'Places this deployment serves', responses: { 200: json('Places', z.object({ items: z.array(jurisdictionItem) })) } }), (c) => {
    const items = c.var.app.jurisdictions.map(({ code, slug, name, level, within, document, successor }) => ({
      code, slug, name, level, within, documentStatus: document.status, ...(successor ? { successor: { name: successor.name, code: successor.code } } : {}),
    }));
    return c.json({ items }, 200);
  });

  // The query is checked by the domain's own reader, so it is documented here and not checked twice.
  const list = createRoute({ method: 'get', path: '/{place}/institutions', summary: 'Search the directory', request: { params: place, query: directoryParameters }, responses: { 200: json('Institutions in force that match', z.object({ total: z.number(), page: z.number(), size: z.number(), items: z.array(institutionItem) })), ...problems } });
  serve(api, list, async (c) => {
    const { app, jurisdiction } = c.var;
    const query = readApiQuery(new URL(c.req.url).searchParams);
    if (!query.ok) return problem('invalid', { errors: query.errors.map(({ field, code }) => ({ field, code, message: fieldCodeText[code] ?? '' })) });
    const snapshot = await app.directory.snapshot(jurisdiction.code);
    const { query: started, start } = withStart(query.value, snapshot);
    if (start === undefined) return problem('invalid', { errors: [{ field: 'around', code: 'unknown-value', message: fieldCodeText['unknown-value'] ?? '' }] });
    const { total, items } = searchDirectory(snapshot, started);
    const entries = new Map(snapshot.entries.map((entry) => [entry.institution.id, entry]));
    return c.json({
      total, page: query.value.page, size: query.value.size,
      items: items.flatMap(({ institution, distance }) => {
        const entry = entries.get(institution.id);
        return entry ? [{ ...itemOf(entry, jurisdiction, snapshot.today), ...(distance === null ? {} : { distance: Math.round(distance) }) }] : [];
      }),
    }, 200);
  });

  serve(api, createRoute({ method: 'get', path: '/{place}/institutions/{id}', summary: 'One institution', request: { params: place.extend({ id: z.string() }) }, responses: { 200: json('The institution', institutionWhole), ...problems } }), async (c) => {
    const { app, jurisdiction } = c.var;
    const entry = await app.directory.find(jurisdiction.code, c.req.param('id') ?? '');
    if (!entry) return problem('not-found');
    const { institution } = entry;
    return c.json({
      ...itemOf(entry, jurisdiction, app.today()), aliases: institution.aliases, group: entry.group, creditCode: institution.creditCode, phone: institution.phone, credential: institution.credential,
      fees: institution.fees, feesFrom: institution.feesFrom, hours: institution.hours, recognitions: institution.recognitions, opensInSchoolHolidays: institution.opensInSchoolHolidays,
      extendedUntil: institution.extendedUntil, mealsProvided: institution.mealsProvided, openToNeighbours: institution.openToNeighbours, accepts: institution.accepts, confirmedOn: institution.confirmedOn, source: institution.source,
      missingSince: institution.missingSince, planned: institution.planned, nextFees: institution.nextFees ?? null,
      ...await listingOf(app, jurisdiction, institution.id),
    }, 200);
  });
}
