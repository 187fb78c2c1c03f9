import type { Candidate } from '#domain/demand/model.ts';
import { answerAge } from '#domain/directory/admissionFit.ts';
import { monthlyFee } from '#domain/directory/fees.ts';
import type { ClassBand, Institution } from '#domain/directory/model.ts';
import { freePlacesIn } from '#domain/directory/places.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { IsoDate, YearMonth } from '#domain/shared/dates.ts';

const perBand = <Value>(worth: (band: ClassBand) => Value): Readonly<Record<ClassBand, Value>> =>
  ({ infant: worth('infant'), toddler: worth('toddler'), older: worth('older'), mixed: worth('mixed') });

const workingDays = [1, 2, 3, 4, 5] as const;

/** When a family can count on it on every working day: the latest opening, the earliest closing; null where a day is not stated. */
export function workingHours({ hours, extendedUntil }: Pick<Institution, 'hours' | 'extendedUntil'>): Candidate['hours'] {
  const days = workingDays.map((weekday) => hours.filter((part) => part.weekday === weekday));
  if (days.some((parts) => parts.length === 0)) return null;
  const opens = days.map((parts) => parts.map((part) => part.opens).sort()[0] ?? '').sort().at(-1) ?? '';
  const closes = days.map((parts) => parts.map((part) => part.closes).sort().at(-1) ?? '').sort()[0] ?? '';
  const extended = /^\d{2}:\d{2}$/.test(extendedUntil ?? '') ? extendedUntil ?? '' : '';
  return { opens, closes: extended > closes ? extended : closes };
}

// A class of one school year has its place only from its month of entry.
const isBeforeEntry = ({ admission }: Institution, month: YearMonth): boolean => admission?.rule === 'byCohort' && month < admission.entryMonth;

const candidateOf = (institution: Institution, today: IsoDate): Candidate => ({
  id: institution.id, name: institution.name, subdistrict: institution.subdistrict, county: institution.county, modes: institution.modes,
  bandsFor: (months, month) => (isBeforeEntry(institution, month) ? [] : answerAge(institution, { months, month }).bands),
  freeIn: perBand((band) => (freePlacesIn(institution, today, [band]) ?? 0) > 0),
  feeIn: perBand((band) => monthlyFee(institution, [band])?.amount ?? null),
  hours: workingHours(institution), careBands: [],
});

const held = new WeakMap<DirectorySnapshot, readonly Candidate[]>();

/** Every institution in force of a directory, as demand looks at it; worked out once for each snapshot. */
export function candidatesOf(snapshot: DirectorySnapshot): readonly Candidate[] {
  const known = held.get(snapshot);
  if (known) return known;
  const made = snapshot.entries.filter(({ group }) => group === 'listed').map(({ institution }) => candidateOf(institution, snapshot.today));
  held.set(snapshot, made);
  return made;
}
