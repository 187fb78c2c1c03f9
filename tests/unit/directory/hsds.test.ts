import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hsdsOrganization, hsdsService, hsdsServiceAtLocation } from '#domain/directory/hsds.ts';
import { openRecordOf } from '#domain/directory/openRecord.ts';
import { makeSnapshot } from '#domain/directory/snapshot.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { hsdsWords } from '#server/openData/hsdsWords.ts';
import { derivedId } from '#server/openData/openData.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { vocabulary } from '#tests/unit/directory/builders.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = readFileSync(join(import.meta.dirname, '../../judged/hsds/service.json'), 'utf8');

/** Nothing but what the standard names: as its own project checks its examples. */
const strictly = (schema: unknown): unknown => {
  if (!isJson(schema)) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'properties' && isJson(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, strictly(one)])) : strictly(value)]));
  return 'properties' in schema ? { ...inside, additionalProperties: false } : inside;
};
const read = (part: (whole: Json) => unknown): z.ZodType => {
  const isSchema = (value: unknown): value is Schema => isJson(value);
  const schema: unknown = strictly(part(z.record(z.string(), z.unknown()).parse(JSON.parse(text))));
  if (!isSchema(schema)) throw new Error('no schema');
  return z.fromJSONSchema(schema);
};
const propertyOf = (name: string) => (whole: Json): Json => {
  const found = isJson(whole['properties']) ? whole['properties'][name] : undefined;
  if (!isJson(found)) throw new Error(`no ${name}`);
  return isJson(found['items']) ? found['items'] : found;
};
const [service, organization, atLocation] = [read((whole) => whole), read(propertyOf('organization')), read(propertyOf('service_at_locations'))];

const place = aPlace('hebei');
const today = isoDate.parse('2026-11-23');
const full = anInstitution({
  phone: '022-12345678', aliases: ['示例小森林'], creditCode: '91350100M000100Y43', point: { lng: 117.2, lat: 39.15, crs: 'gcj02' }, hours: [{ weekday: 1, opens: '07:30', closes: '18:00' }], feesFrom: '2026-09-01',
  fees: [{ item: 'care', mode: 'fullDay', band: 'toddler', amount: 180000, per: 'month', required: true, note: null }],
});
const bare = anInstitution({ address: null, bands: [], modes: [], kind: null, confirmedOn: null });

describe.each([['full', full], ['bare', bare]])('HSDS 3.0, a %s institution', (_, of) => {
  const [entry] = makeSnapshot({ place, institutions: [of], texts: new Map(), vocabulary, today }).entries;
  if (!entry) throw new Error('not listed');
  const record = openRecordOf(entry, place, 'https://example.org', today, instant.parse(Date.parse('2026-11-20T09:00:00+08:00')));

  test('keeps to the schemas, and to their names alone', () => {
    const [whole, body, at] = [hsdsService(record, place, hsdsWords, derivedId), hsdsOrganization(record, hsdsWords, derivedId), hsdsServiceAtLocation(record, place, derivedId)];
    expect(service.safeParse(whole).error?.issues ?? []).toEqual([]);
    expect(organization.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(atLocation.safeParse(at).error?.issues ?? []).toEqual([]);
    expect(service.safeParse({ ...whole, status: 'open' }).success).toBe(false);
    expect(service.safeParse({ ...whole, placesFree: 3 }).success).toBe(false);
    expect(atLocation.safeParse({ ...at, location: { ...at.location, location_type: 'garden' } }).success).toBe(false);
  });

  test('keeps its ids', () => {
    expect(hsdsOrganization(record, hsdsWords, derivedId).id).toBe(derivedId(of.id, 'organization'));
    expect(derivedId(of.id, 'organization')).not.toBe(derivedId(of.id, 'location'));
  });
});
