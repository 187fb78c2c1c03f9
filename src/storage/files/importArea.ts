import type { Jurisdiction, Subdistrict } from '#domain/jurisdiction/model.ts';
import { plain, said, tidy, wanted, type CellReading } from '#storage/files/importCells.ts';

/** Where in a place a row lies; `renamed` when its code is another one of the same subdistrict. */
export type Area = {
  readonly county: string | null;
  readonly subdistrict: Subdistrict | null;
  readonly renamed?: string;
};

/** Where nothing is said. */
export const noArea: Area = { county: null, subdistrict: null };

/** Finds areas of one place by code or name. */
export type AreaFinder = {
  /** A division code of 6, 9 or 12 digits. */
  readonly byCode: (cell: string) => CellReading<Area>;
  /** A subdistrict by its full name or an alias, inside a county where one is given. */
  readonly byName: (cell: string, county: string | null) => CellReading<Area>;
  /** A county by code or name. */
  readonly county: (cell: string) => CellReading<string | null>;
  /** The subdistrict whose full name ends a text such as 天津市河北区王串场街道; null when none or several do. */
  readonly named: (text: string, county: string | null) => Subdistrict | null;
  /** The county a subdistrict lies in, where the place has counties. */
  readonly countyOf: (subdistrict: Subdistrict) => string | null;
  /** Full name of the body that keeps filings in a county of this place. */
  readonly filingAuthority: (county: string | null) => string | null;
};

/** The areas of a place, laid out for looking up. */
export function makeAreaFinder(place: Jurisdiction): AreaFinder {
  const counties = new Map(place.counties.map((county) => [county.code, county]));
  const isCity = counties.size > 0;
  const current = new Map(place.subdistricts.map((one) => [String(one.code), one]));
  const other = new Map(place.subdistricts.flatMap((one) => one.otherCodes.map((code) => [String(code), one] as const)));
  const names = Map.groupBy(place.subdistricts.flatMap((one) => [one.name, ...one.aliases].map((name) => ({ name, one }))), ({ name }) => name);
  const outside = `a division code of ${place.name} (${place.code})`;
  const within = (one: Subdistrict): Area => ({ county: isCity ? one.county : null, subdistrict: one });
  const isInside = (county: string): boolean => county === place.code || counties.has(county) || place.subdistricts.some((one) => one.county === county);

  const byCode: AreaFinder['byCode'] = (cell) => {
    const digits = plain(cell);
    if (!/^(\d{6}|\d{9}|\d{12})$/.test(digits)) return wanted('a division code of 6, 9 or 12 digits');
    const [code, county] = [digits.slice(0, 9), digits.slice(0, 6)];
    if (code.length === 6 || code.endsWith('000')) {
      return isInside(county) ? said({ county: isCity && counties.has(county) ? county : null, subdistrict: null }) : wanted(outside);
    }
    const found = current.get(code);
    if (found) return said(within(found));
    const renamed = other.get(code);
    if (renamed) return said({ ...within(renamed), renamed: `code ${code} also stands for ${renamed.name}, recorded under ${renamed.code}` });
    return wanted(isInside(county) ? `the code of a subdistrict of ${place.name}` : outside);
  };

  const matching = (name: string, county: string | null): readonly Subdistrict[] =>
    [...new Set((names.get(name) ?? []).map(({ one }) => one).filter((one) => county === null || !isCity || one.county === county))];

  return {
    byCode,
    byName: (cell, county) => {
      const name = tidy(cell);
      if (/^\d+$/.test(plain(name))) return byCode(name);
      const [first, ...rest] = matching(name, county);
      if (!first) return wanted(`the name or code of a subdistrict of ${place.name}`);
      return rest.length === 0 ? said(within(first)) : wanted(`a code, because ${1 + rest.length} subdistricts of ${place.name} bear this name`);
    },
    county: (cell) => {
      const [text, digits] = [tidy(cell), plain(cell)];
      const found = place.counties.find(({ code, name }) => code === digits || name === text);
      if (found) return said(found.code);
      const isPlace = digits === place.code || [place.name, place.shortName].includes(text) || place.subdistricts.some((one) => one.countyName === text || one.county === digits);
      return isPlace ? said(null) : wanted(isCity ? `a county or district of ${place.name}` : `${place.shortName} (${place.code})`);
    },
    named: (text, county) => {
      const ending = [...names.keys()].filter((name) => tidy(text).endsWith(name)).flatMap((name) => matching(name, county));
      const found = [...new Set(ending)];
      return found.length === 1 ? found[0] ?? null : null;
    },
    countyOf: (subdistrict) => within(subdistrict).county,
    filingAuthority: (county) => place.filingAuthority ?? (county === null ? null : counties.get(county)?.filingAuthority ?? null),
  };
}
