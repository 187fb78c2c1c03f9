// What other people's programs say of what this site gives to programs: calendar, feeds, GeoJSON, sitemap, OpenAPI.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { check, HintError } from '@placemarkio/check-geojson';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import ICAL from 'ical.js';
import { sync } from 'node-ical';
import { validateXML } from 'xmllint-wasm';

type Faults = readonly string[];
const said = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/** check-geojson: RFC 7946, and longitude before latitude inside China. */
export function geoJsonFaults(text: string): Faults {
  try {
    const features = check(text);
    if (features.type !== 'FeatureCollection') return ['no FeatureCollection'];
    return features.features.flatMap(({ geometry }, at) => (geometry === null || geometry.type !== 'Point' || (Number(geometry.coordinates[0]) > 73 && Number(geometry.coordinates[0]) < 136 && Number(geometry.coordinates[1]) > 3 && Number(geometry.coordinates[1]) < 54) ? [] : [`feature ${String(at)} lies outside China`]));
  } catch (fault) {
    return fault instanceof HintError ? fault.issues.map(({ message }) => message) : [said(fault)];
  }
}

/** ical.js and node-ical: both read the calendar, and both the same events at the same times. */
export function calendarFaults(text: string): Faults {
  try {
    const component = new ICAL.Component(ICAL.parse(text));
    const one = component.getAllSubcomponents('vevent').map((of) => { const event = new ICAL.Event(of); return `${event.uid} ${String(event.startDate.toUnixTime())} ${String(event.endDate.toUnixTime())} ${event.summary}`; }).toSorted();
    const other = Object.values(sync.parseICS(text)).flatMap((event) => (event?.type === 'VEVENT' ? [`${event.uid} ${String(event.start.getTime() / 1000)} ${String((event.end ?? event.start).getTime() / 1000)} ${typeof event.summary === 'string' ? event.summary : event.summary.val}`] : [])).toSorted();
    const told = text.split('BEGIN:VEVENT').length - 1;
    if (one.length !== told || text.split('END:VEVENT').length - 1 !== told) return [`${String(told)} events begin, ${String(text.split('END:VEVENT').length - 1)} end, ${String(one.length)} are read`];
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [`ical.js reads ${String(one.length)} events, node-ical ${String(other.length)}, not the same`, ...one.filter((line) => !other.includes(line)).slice(0, 3)];
  } catch (fault) {
    return [said(fault)];
  }
}

/** feedsmith: an Atom feed with what RFC 4287 asks for. */
export function atomFaults(text: string): Faults {
  try {
    const feed = parseAtomFeed(text);
    return [...(feed.id && feed.title && feed.updated ? [] : ['id, title or updated is missing']), ...(feed.entries ?? []).flatMap(({ id, title, updated }, at) => (id && title && updated ? [] : [`entry ${String(at)} has no id, title or updated`]))];
  } catch (fault) {
    return [said(fault)];
  }
}

/** feedsmith: a JSON Feed 1.1 with the same. */
export function jsonFeedFaults(text: string): Faults {
  try {
    const feed = parseJsonFeed(text);
    return [...(feed.title ? [] : ['title is missing']), ...(feed.items ?? []).flatMap((item, at) => (item.id && (item.content_text || item.content_html) ? [] : [`item ${String(at)} has no id or no content`]))];
  } catch (fault) {
    return [said(fault)];
  }
}

// The schema as sitemaps.org publishes it, as the package `sitemap` carries it.
const sitemapSchema = readFileSync(join(dirname(createRequire(import.meta.url).resolve('sitemap/package.json')), 'schema', 'sitemap.xsd'), 'utf8');

/** xmllint (libxml2) by the schema of sitemaps.org. An index is held to the same types under the names of a list: its own rules stand in `sitemapFaults`. */
export async function sitemapSchemaFaults(text: string): Promise<Faults> {
  const asList = text.replace(/(<\/?)sitemapindex\b/g, '$1urlset').replace(/(<\/?)sitemap\b/g, '$1url');
  const { valid, errors } = await validateXML({ xml: { fileName: 'sitemap.xml', contents: asList }, schema: sitemapSchema });
  return valid ? [] : errors.map(({ message }) => message);
}

/** sitemaps.org: the one namespace, absolute addresses of this site, each once, days or instants as W3C writes them. */
export function sitemapFaults(text: string, origin: string): Faults {
  const found = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address = '']) => address);
  const days = [...text.matchAll(/<lastmod>([^<]*)<\/lastmod>/g)].map(([, day = '']) => day);
  return [
    ...(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*<(urlset|sitemapindex) xmlns="http:\/\/www\.sitemaps\.org\/schemas\/sitemap\/0\.9">/.test(text) && /<\/(urlset|sitemapindex)>\s*$/.test(text) ? [] : ['no urlset of the namespace']),
    ...(found.length > 0 ? [] : ['no address']), ...found.filter((address) => !address.startsWith(`${origin}/`)), ...found.filter((address, at) => found.indexOf(address) !== at).map((address) => `${address} twice`),
    ...days.filter((day) => !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z))?$/.test(day)),
  ];
}

const rules = { 'struct': 'error', 'no-invalid-media-type-examples': 'error', 'no-invalid-schema-examples': 'error', 'path-params-defined': 'error', 'operation-operationId-unique': 'error', 'no-identical-paths': 'error', 'no-ambiguous-paths': 'off' } as const;

/** Redocly: OpenAPI 3.1 as it is written, every example by its schema; and every operation has one. */
export async function openApiFaults(text: string): Promise<Faults> {
  const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config: await createConfig({ rules }) });
  const document: { readonly paths?: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: object; readonly responses?: object }>>>> } = JSON.parse(text);
  const bare = Object.entries(document.paths ?? {}).flatMap(([path, item]) => Object.entries(item).flatMap(([method, { requestBody, responses }]) => {
    const good = JSON.stringify(Object.entries(responses ?? {}).find(([status]) => status.startsWith('2'))?.[1] ?? {});
    return good.includes('"example":') && (requestBody === undefined || JSON.stringify(requestBody).includes('"example":')) ? [] : [`${method.toUpperCase()} ${path} has no example`];
  }));
  return [...problems.filter(({ severity }) => severity === 'error').map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer ?? ''}`), ...bare];
}

/** All of them for one place of a running site, by name. */
export async function askStandards(origin: string, slug: string): Promise<readonly { readonly name: string; readonly faults: Faults }[]> {
  const text = async (path: string): Promise<string> => (await fetch(`${origin}${path}`)).text();
  return [
    { name: 'GeoJSON (check-geojson)', faults: geoJsonFaults(await text(`/api/v1/${slug}/open-data/institutions.geojson`)) },
    { name: 'Calendar (ical.js, node-ical)', faults: calendarFaults(await text(`/${slug}/activities.ics`)) },
    { name: 'Atom (feedsmith)', faults: atomFaults(await text(`/${slug}/feed.xml`)) },
    { name: 'JSON Feed (feedsmith)', faults: jsonFeedFaults(await text(`/${slug}/feed.json`)) },
    { name: 'Sitemaps', faults: [...sitemapFaults(await text('/sitemap.xml'), origin), ...sitemapFaults(await text(`/${slug}/sitemap.xml`), origin)] },
    { name: 'Sitemaps (XML schema of sitemaps.org, xmllint)', faults: [...await sitemapSchemaFaults(await text('/sitemap.xml')), ...await sitemapSchemaFaults(await text(`/${slug}/sitemap.xml`))] },
    { name: 'OpenAPI (Redocly)', faults: await openApiFaults(await text('/api/v1/openapi.json')) },
  ];
}
