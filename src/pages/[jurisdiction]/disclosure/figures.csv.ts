import type { APIRoute } from 'astro';
import { disclosureCsv } from '#server/disclosureTable.ts';

export const prerender = false;

/** The figures of 本地托育情况 for spreadsheets. */
export const GET: APIRoute = async ({ locals: { app }, params }) => {
  const place = app.findJurisdiction(params['jurisdiction'] ?? '');
  if (!place) return new Response(null, { status: 404 });
  const csv = disclosureCsv(await app.disclosure.of(place), place);
  return new Response(csv, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="figures-${place.code}.csv"`, 'cache-control': 'no-store' } });
};
