import { monthlyFee } from '#domain/directory/fees.ts';
import type { Institution } from '#domain/directory/model.ts';
import { affordablePlaces, freshFreePlaces } from '#domain/directory/places.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Publication } from '#domain/openData/model.ts';
import { writeInstant, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** 开放数据的一条: what everybody may take of one institution in force. Money in fen, positions WGS-84, null where nobody said. */
export type OpenRecord = {
  readonly id: string; readonly name: string; readonly aliases: readonly string[];
  readonly kind: Institution['kind']; readonly ownership: Institution['ownership']; readonly nature: Institution['nature']; readonly creditCode: string | null;
  readonly county: string | null; readonly subdistrict: string | null; readonly subdistrictName: string | null;
  readonly address: string | null; readonly phone: string | null; readonly longitude: number | null; readonly latitude: number | null;
  readonly credentialKind: Institution['credential']['kind']; readonly credentialState: Institution['credential']['state']; readonly credentialNumber: string | null;
  readonly receiptedOn: IsoDate | null; readonly authority: string | null;
  readonly modes: Institution['modes']; readonly bands: Institution['bands'];
  readonly affordablePlaces: number | null; readonly monthlyFee: number | null; readonly fees: Institution['fees']; readonly feesFrom: IsoDate | null;
  readonly hours: Institution['hours']; readonly opensInSchoolHolidays: boolean | null; readonly extendedUntil: string | null; readonly mealsProvided: boolean | null;
  readonly acceptsAllergy: boolean | null; readonly acceptsMedicine: boolean | null; readonly acceptsSpecialNeeds: boolean | null;
  readonly confirmedOn: IsoDate | null; readonly sourceTitle: string; readonly sourceUrl: string | null; readonly sourceReadOn: IsoDate;
  readonly url: string; readonly modifiedAt: string; readonly sample: boolean;
};

/** Where the place's pages live, for links that stay the same. */
export type OpenPlace = { readonly slug: string; readonly subdistricts: readonly { readonly code: string; readonly name: string }[] };

const sixDecimals = (degrees: number): number => Math.round(degrees * 1_000_000) / 1_000_000;

/** One institution as open data, on the day of the directory it was taken from. */
export const openRecordOf = ({ institution: of, point }: DirectoryEntry, place: OpenPlace, origin: string, today: IsoDate, changedAt: Instant): OpenRecord => ({
  id: of.id, name: of.name, aliases: of.aliases, kind: of.kind, ownership: of.ownership, nature: of.nature, creditCode: of.creditCode,
  county: of.county, subdistrict: of.subdistrict, subdistrictName: place.subdistricts.find(({ code }) => code === of.subdistrict)?.name ?? null,
  address: of.address, phone: of.phone, longitude: point && sixDecimals(point.lng), latitude: point && sixDecimals(point.lat),
  credentialKind: of.credential.kind, credentialState: of.credential.state, credentialNumber: of.credential.number, receiptedOn: of.credential.receiptedOn, authority: of.credential.authority,
  modes: of.modes, bands: of.bands.map((offer) => ({ ...offer, free: freshFreePlaces(offer, today) })),
  affordablePlaces: affordablePlaces(of, today)?.places ?? null, monthlyFee: monthlyFee(of)?.amount ?? null, fees: of.fees, feesFrom: of.feesFrom,
  hours: of.hours, opensInSchoolHolidays: of.opensInSchoolHolidays, extendedUntil: of.extendedUntil, mealsProvided: of.mealsProvided,
  acceptsAllergy: of.accepts.allergy, acceptsMedicine: of.accepts.medicine, acceptsSpecialNeeds: of.accepts.specialNeeds,
  confirmedOn: of.confirmedOn, sourceTitle: of.source.title, sourceUrl: of.source.url, sourceReadOn: of.source.readOn,
  url: `${origin}/${place.slug}/institutions/${of.id}/`, modifiedAt: writeInstant(changedAt), sample: of.sample,
});

/** All institutions in force, by name; `after` keeps only what changed later. What is suspended, withdrawn, planned or missing is not among them. */
export const openRecords = (snapshot: DirectorySnapshot, publications: ReadonlyMap<string, Publication>, place: OpenPlace, origin: string, after: Instant | null): readonly OpenRecord[] =>
  snapshot.entries.filter(({ group }) => group === 'listed').flatMap((entry) => {
    const changedAt = publications.get(entry.institution.id)?.changedAt;
    return changedAt === undefined || (after !== null && changedAt <= after) ? [] : [openRecordOf(entry, place, origin, snapshot.today, changedAt)];
  });

type Cell = string | number | null;

const cellOf = (value: unknown): Cell => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('|');
  return JSON.stringify(value);
};

/** The columns of the table in their order; `keys` are those of the data dictionary. Lists of words are joined by `|`, what has parts is JSON. */
export const openTable = (records: readonly OpenRecord[], keys: readonly (keyof OpenRecord)[]): readonly (readonly Cell[])[] =>
  [[...keys], ...records.map((record) => keys.map((key) => cellOf(record[key])))];

/** RFC 7946, WGS-84; an institution without a position is a feature without geometry. */
export const openGeoJson = (records: readonly OpenRecord[]) => ({
  type: 'FeatureCollection',
  features: records.map(({ longitude, latitude, ...properties }) => ({
    type: 'Feature', id: properties.id, geometry: longitude === null || latitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] }, properties,
  })),
});
