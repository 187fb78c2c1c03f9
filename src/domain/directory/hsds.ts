import { bandMonths } from '#domain/directory/model.ts';
import type { OpenRecord } from '#domain/directory/openRecord.ts';

/** What HSDS has no code for, said in the site's own words. */
export type HsdsWords = {
  readonly description: (record: OpenRecord) => string; readonly licences: (record: OpenRecord) => string; readonly waitTime: (record: OpenRecord) => string | undefined;
  readonly monthly: string; readonly sample: string; readonly language: string;
};
export type HsdsPlace = { readonly code: string; readonly name: string; readonly within: string };
/** An id of another kind of thing that belongs to an institution, the same for ever. */
export type DerivedId = (institution: string, kind: string) => string;

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const known = <Key extends string, Value>(key: Key, value: Value | null | undefined): Readonly<Partial<Record<Key, Value>>> => {
  const part: Partial<Record<Key, Value>> = {};
  if (value !== null && value !== undefined) part[key] = value;
  return part;
};

const phonesOf = (record: OpenRecord, id: DerivedId) => (record.phone === null ? [] : [{ id: id(record.id, 'phone'), number: record.phone }]);

/** HSDS 3.0 organization: the institution as a body. */
export const hsdsOrganization = (record: OpenRecord, words: HsdsWords, id: DerivedId) => ({
  id: id(record.id, 'organization'), name: record.name, ...known('alternate_name', record.aliases[0]), description: words.description(record), uri: record.url,
  ...(record.creditCode === null ? {} : {
    organization_identifiers: [{ id: id(record.id, 'credit-code'), organization_id: id(record.id, 'organization'), identifier_scheme: 'CN-USCC', identifier_type: '统一社会信用代码', identifier: record.creditCode }],
  }),
});

const locationOf = (record: OpenRecord, place: HsdsPlace, id: DerivedId) => ({
  id: id(record.id, 'location'), location_type: 'physical', name: record.name, ...known('latitude', record.latitude), ...known('longitude', record.longitude),
  ...(record.address === null ? {} : {
    addresses: [{
      id: id(record.id, 'address'), location_id: id(record.id, 'location'), address_1: record.address, city: place.name, ...known('region', record.subdistrictName), state_province: place.within,
      postal_code: '', country: 'CN', address_type: 'physical',
    }],
  }),
});

const schedulesOf = (record: OpenRecord, id: DerivedId) => record.hours.map(({ weekday, opens, closes }, at) => ({
  id: id(record.id, `schedule-${String(at)}`), service_id: record.id, timezone: 8, freq: 'WEEKLY', interval: 1, ...known('byday', days[weekday - 1]), opens_at: `${opens}+08:00`, closes_at: `${closes}+08:00`,
}));

/** HSDS 3.0 service_at_location with its location. */
export const hsdsServiceAtLocation = (record: OpenRecord, place: HsdsPlace, id: DerivedId) => ({
  id: id(record.id, 'service-at-location'), service_id: record.id, location_id: id(record.id, 'location'), location: locationOf(record, place, id),
});

/** HSDS 3.0 service, whole: the institution as what it does. Ages in years, money in yuan. */
export const hsdsService = (record: OpenRecord, place: HsdsPlace, words: HsdsWords, id: DerivedId) => {
  const months = record.bands.map(({ band }) => bandMonths[band]);
  return {
    id: record.id, organization_id: id(record.id, 'organization'), name: record.name, ...known('alternate_name', record.aliases[0]), description: words.description(record), url: record.url, status: 'active',
    ...known('wait_time', words.waitTime(record)), licenses: words.licences(record),
    ...(months.length === 0 ? {} : { minimum_age: Math.min(...months.map(([from]) => from)) / 12, maximum_age: Math.max(...months.map(([, until]) => until)) / 12 }),
    ...known('assured_date', record.confirmedOn), ...(record.sample ? { alert: words.sample } : {}), last_modified: record.modifiedAt,
    phones: phonesOf(record, id), schedules: schedulesOf(record, id),
    service_areas: [{ id: id(record.id, 'service-area'), service_id: record.id, name: place.name }],
    service_at_locations: [hsdsServiceAtLocation(record, place, id)],
    languages: [{ id: id(record.id, 'language'), service_id: record.id, name: words.language, code: 'zh' }],
    organization: hsdsOrganization(record, words, id),
    ...(record.monthlyFee === null ? {} : { cost_options: [{ id: id(record.id, 'monthly-fee'), service_id: record.id, ...known('valid_from', record.feesFrom), option: words.monthly, currency: 'CNY', amount: record.monthlyFee / 100 }] }),
  };
};
