import type { Assessment } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import type { AnnualDuties, AnnualDuty, DutyRecord, StaffCheck, Supervised } from '#domain/supervision/model.ts';

const yearOf = (day: IsoDate): number => Number(day.slice(0, 4));

/** 年度义务 that a place's institutions have: those of the whole country and those of its own document. */
export const dutiesIn = ({ duties }: Pick<AnnualDuties, 'duties'>, jurisdiction: JurisdictionCode): readonly AnnualDuty[] => duties.filter(({ scope }) => scope === null || scope === jurisdiction);

/** The last day on which a duty of a year is done in time. */
export const dutyDueOn = ({ lastDay }: Pick<AnnualDuty, 'lastDay'>, year: number): IsoDate => isoDate.parse(`${String(year)}-${lastDay}`);

/** Years of which duties are asked: from the first that the rules name, not before the year of the filing, to this one; newest first. */
export const yearsAsked = ({ fromYear }: Pick<AnnualDuties, 'fromYear'>, { receiptedOn }: Pick<Supervised, 'receiptedOn'>, today: IsoDate): readonly number[] => {
  const first = Math.max(fromYear, receiptedOn === null ? fromYear : yearOf(receiptedOn));
  return Array.from({ length: Math.max(0, yearOf(today) - first + 1) }, (_, back) => yearOf(today) - back);
};

/** How something stands that is due on a day: the day itself still counts as in time. */
export type DueStanding = 'done' | 'overdue' | 'soon' | 'open';
const standsOn = (dueOn: IsoDate, soonDays: number, today: IsoDate): DueStanding => (today > dueOn ? 'overdue' : dueOn <= addDays(today, soonDays) ? 'soon' : 'open');

/** How a duty stands: done, or by its last day. */
export const dutyStanding = (rules: Pick<AnnualDuties, 'soonDays'>, duty: Pick<AnnualDuty, 'lastDay'>, year: number, said: Pick<DutyRecord, 'state'> | undefined, today: IsoDate): DueStanding =>
  (said?.state === 'done' ? 'done' : standsOn(dutyDueOn(duty, year), rules.soonDays, today));

/** The newest of each kind of staff check. */
export function latestChecks<Of extends Pick<StaffCheck, 'check' | 'checkedOn' | 'at'>>(checks: readonly Of[]): readonly Of[] {
  const latest = new Map<string, Of>();
  for (const one of checks) {
    const held = latest.get(one.check);
    if (!held || one.checkedOn > held.checkedOn || (one.checkedOn === held.checkedOn && one.at > held.at)) latest.set(one.check, one);
  }
  return [...latest.values()];
}

/** How a staff check stands by the day of the next one. */
export const checkStanding = (rules: Pick<AnnualDuties, 'soonDays'>, { nextDue }: Pick<StaffCheck, 'nextDue'>, today: IsoDate): DueStanding => standsOn(nextDue, rules.soonDays, today);

/** The newest assessment of each institution of a list; its grade is the one that counts. */
export function latestGrades<Of extends Pick<Assessment, 'assessedOn'> & { readonly institution: string }>(assessments: readonly Of[]): ReadonlyMap<string, Of> {
  const latest = new Map<string, Of>();
  for (const one of assessments) { const held = latest.get(one.institution); if (!held || one.assessedOn > held.assessedOn) latest.set(one.institution, one); }
  return latest;
}

/** How the validity of an assessment stands: over, ending soon, or neither. */
export const gradeStanding = (rules: Pick<AnnualDuties, 'soonDays'>, { validUntil }: Pick<Assessment, 'validUntil'>, today: IsoDate): DueStanding => (validUntil === null ? 'open' : standsOn(validUntil, rules.soonDays, today));

/** Something that an institution has to do by a day: a duty of a year, or the next staff check. */
export type DueThing = { readonly institution: Supervised; readonly kind: 'duty' | 'staffCheck'; readonly key: string; readonly year: number | null; readonly dueOn: IsoDate; readonly standing: 'overdue' | 'soon'; readonly isFoundUndone: boolean };

type Watched = { readonly institutions: readonly Supervised[]; readonly duties: readonly (DutyRecord & { readonly institution: string })[]; readonly staffChecks: readonly (StaffCheck & { readonly institution: string })[] };

/** What is overdue or due soon in a place, the longest waiting first, then by name; nothing of an institution that is no longer in force. */
export function dueThings(rules: AnnualDuties, jurisdiction: JurisdictionCode, { institutions, duties, staffChecks }: Watched, today: IsoDate): readonly DueThing[] {
  const said = new Map(duties.map((one) => [`${one.institution} ${one.duty} ${String(one.year)}`, one]));
  const checksOf = Map.groupBy(staffChecks, ({ institution }) => institution);
  const asked = dutiesIn(rules, jurisdiction);
  return institutions.filter(({ isWatched }) => isWatched).flatMap((institution): readonly DueThing[] => [
    ...yearsAsked(rules, institution, today).flatMap((year) => asked.flatMap((duty): readonly DueThing[] => {
      const record = said.get(`${institution.id} ${duty.key} ${String(year)}`);
      const standing = dutyStanding(rules, duty, year, record, today);
      return standing === 'overdue' || standing === 'soon' ? [{ institution, kind: 'duty', key: duty.key, year, dueOn: dutyDueOn(duty, year), standing, isFoundUndone: record?.state === 'notDone' }] : [];
    })),
    ...latestChecks(checksOf.get(institution.id) ?? []).flatMap((check): readonly DueThing[] => {
      const standing = checkStanding(rules, check, today);
      return standing === 'overdue' || standing === 'soon' ? [{ institution, kind: 'staffCheck', key: check.check, year: null, dueOn: check.nextDue, standing, isFoundUndone: check.notDone > 0 }] : [];
    }),
  ]).toSorted((one, other) => (one.dueOn === other.dueOn ? (one.institution.name < other.institution.name ? -1 : one.institution.name > other.institution.name ? 1 : 0) : one.dueOn < other.dueOn ? -1 : 1));
}
