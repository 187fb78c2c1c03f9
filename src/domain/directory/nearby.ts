import { ageAt, answerAge } from '#domain/directory/admissionFit.ts';
import type { SearchedChild } from '#domain/directory/admissionFit.ts';
import { freePlacesIn } from '#domain/directory/places.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { metresBetween } from '#domain/shared/geo.ts';

/** 附近: another institution, and how far as the crow flies (metres; null: in the same street, one of the two has no point). */
export type Nearby = { readonly entry: DirectoryEntry; readonly metres: number | null };

/** Alternatives farther off than this are none, metres. */
export const nearbyWithin = 5_000;

/** 附近的其他机构 in force: by distance; where a point is missing those of the same street follow. A child's age, when known, leaves out those that cannot take it. */
export const nearbyOf = (snapshot: DirectorySnapshot, of: DirectoryEntry, child: SearchedChild | null, most = 3): readonly Nearby[] => {
  const age = child === null || child.months < 0 ? null : ageAt(child, snapshot.today);
  const takes = ({ institution }: DirectoryEntry): boolean => age === null || answerAge(institution, age).fits !== 'no';
  const here = of.point;
  const street = of.institution.subdistrict;
  const measured: { readonly entry: DirectoryEntry; readonly metres: number }[] = [];
  const sameStreet: DirectoryEntry[] = [];
  for (const entry of snapshot.entries) {
    if (entry.group !== 'listed' || entry.institution.id === of.institution.id) continue;
    if (here !== null && entry.point !== null) {
      // A degree of latitude is never less than 110 km: most of a district is too far to be measured at all.
      if (Math.abs(entry.point.lat - here.lat) * 110_000 > nearbyWithin) continue;
      const metres = metresBetween(here, entry.point);
      if (metres <= nearbyWithin) measured.push({ entry, metres });
    } else if (street !== null && entry.institution.subdistrict === street) sameStreet.push(entry);
  }
  measured.sort((one, other) => one.metres - other.metres);
  const found: Nearby[] = [];
  // The age is asked of the nearest only, until there are enough.
  for (const one of measured) {
    if (found.length === most) return found;
    if (takes(one.entry)) found.push(one);
  }
  for (const entry of sameStreet) {
    if (found.length === most) return found;
    if (takes(entry)) found.push({ entry, metres: null });
  }
  return found;
};

/** 关停以后去哪: institutions in force near one that has ended, those with places free and said lately first, each group by distance. */
export function alternativesTo(snapshot: DirectorySnapshot, of: DirectoryEntry, child: SearchedChild | null, most = 6): readonly Nearby[] {
  const found = nearbyOf(snapshot, of, child, 50);
  const isFree = ({ entry }: Nearby): boolean => (freePlacesIn(entry.institution, snapshot.today) ?? 0) > 0;
  return [...found.filter(isFree), ...found.filter((one) => !isFree(one))].slice(0, most);
}
