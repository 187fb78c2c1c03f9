import { ageAt, answerAge } from '#domain/directory/admissionFit.ts';
import type { SearchedChild } from '#domain/directory/admissionFit.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { metresBetween } from '#domain/shared/geo.ts';

/** 附近: another institution, and how far as the crow flies (metres; null: in the same street, one of the two has no point). */
export type Nearby = { readonly entry: DirectoryEntry; readonly metres: number | null };

/** Alternatives farther off than this are none, metres. */
export const nearbyWithin = 5_000;

/** 附近的其他机构 in force: by distance; where a point is missing those of the same street follow. A child's age, when known, leaves out those that cannot take it. */
export const nearbyOf = (snapshot: DirectorySnapshot, of: DirectoryEntry, child: SearchedChild | null, most = 3): readonly Nearby[] => {
  const others = snapshot.entries.filter((entry) => entry.group === 'listed' && entry.institution.id !== of.institution.id
    && (child === null || child.months < 0 || answerAge(entry.institution, ageAt(child, snapshot.today)).fits !== 'no'));
  const measured = others.flatMap((entry): readonly Nearby[] => {
    if (of.point === null || entry.point === null) return [];
    const metres = metresBetween(of.point, entry.point);
    return metres <= nearbyWithin ? [{ entry, metres }] : [];
  }).sort((one, other) => (one.metres ?? 0) - (other.metres ?? 0));
  const street = of.institution.subdistrict;
  const sameStreet = street === null ? [] : others.filter(({ institution, point }) => institution.subdistrict === street && (of.point === null || point === null))
    .map((entry): Nearby => ({ entry, metres: null }));
  return [...measured, ...sameStreet].slice(0, most);
};
