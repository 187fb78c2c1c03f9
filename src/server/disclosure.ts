import type { ComplaintFigures } from '#domain/complaints/figures.ts';
import { countFigures, countMonthOf, type CountFigures } from '#domain/counts/rules.ts';
import type { DemandTotal } from '#domain/demand/totals.ts';
import type { PlannedSite } from '#domain/directory/model.ts';
import { supplyOf, type Supply } from '#domain/directory/supply.ts';
import { goalStanding, type GoalStanding } from '#domain/guidance/policyDates.ts';
import type { Jurisdiction, Subdistrict, Target } from '#domain/jurisdiction/model.ts';
import { coverable, outcomeOf, placesPerThousand, type TargetOutcome } from '#domain/jurisdiction/targetOutcome.ts';
import type { Assessment, Decision } from '#domain/listing/model.ts';
import { decisionsInForce, shownAssessments, shownDecisions } from '#domain/listing/rules.ts';
import { addMonths, isoDate, monthOf, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';
import type { Complaints } from '#server/complaints.ts';
import type { Counts } from '#server/counts.ts';
import type { Demands } from '#server/demand.ts';
import type { Directory } from '#server/directory.ts';
import { qualityOf } from '#storage/listing.ts';
import type { Storage } from '#storage/schema.ts';

/** An institution whose record something stands in. */
export type Named<Of> = { readonly institution: string; readonly name: string; readonly sample: boolean; readonly of: Of };

/** 本地托育情况 of a place on a day: all of it counted from what the site holds, nothing estimated. */
export type PlaceFigures = {
  readonly today: IsoDate;
  readonly supply: Supply;
  readonly perThousand: number | null;
  readonly coverage: { readonly covered: readonly Subdistrict[]; readonly uncovered: readonly Subdistrict[]; readonly counts: ReadonlyMap<string, number> };
  readonly goals: readonly { readonly target: Target; readonly standing: GoalStanding; readonly outcome: TargetOutcome }[];
  readonly planned: readonly (PlannedSite & { readonly name: string })[];
  /** 在托人数 of the last month that is over. */
  readonly counted: { readonly month: YearMonth; readonly all: CountFigures };
  readonly demand: readonly DemandTotal[];
  /** The latest assessment in force of each institution that has one. */
  readonly grades: readonly Named<Assessment>[];
  /** Decisions that may be shown, newest first; how many of them are in force. */
  readonly decisions: readonly Named<Decision>[];
  readonly decisionsInForce: number;
  readonly complaints: ComplaintFigures;
};

export type Disclosure = { readonly of: (place: Jurisdiction) => Promise<PlaceFigures> };

type Deps = {
  readonly storage: Storage; readonly directory: Pick<Directory, 'snapshot'>; readonly counts: Pick<Counts, 'institutions' | 'ofMonth'>;
  readonly demand: Pick<Demands, 'totals'>; readonly complaints: Pick<Complaints, 'figures'>; readonly today: () => IsoDate;
};

/** The last twelve months, this one among them. */
const lastYear = (today: IsoDate) => ({ first: isoDate.parse(`${addMonths(monthOf(today), -11)}-01`), last: today });

/** Gathers a place's figures from directory, counts, demand, records and cases. */
export const makeDisclosure = ({ storage, directory, counts, demand, complaints, today }: Deps): Disclosure => ({
  of: async (place) => {
    const on = today();
    const month = countMonthOf(on);
    const [{ entries }, quality, asked, said, wanted, cases] = await Promise.all([
      directory.snapshot(place.code), qualityOf(storage.read, place.code), counts.institutions(place.code, null), counts.ofMonth(place.code, month),
      demand.totals(place.code), complaints.figures(place.code, lastYear(on)),
    ]);
    const listed = entries.flatMap(({ group, institution }) => (group === 'listed' ? [institution] : []));
    const shown = new Map(entries.flatMap(({ group, institution }) => (group === 'planned' ? [] : [[institution.id, institution] as const])));
    const named = <Of>(institution: string, of: Of): readonly Named<Of>[] => { const held = shown.get(institution); return held ? [{ institution, name: held.name, sample: held.sample, of }] : []; };
    const supply = supplyOf(listed, place.subdistricts.map(({ code }) => code), on);
    const perStreet = new Map(supply.streets.flatMap(({ subdistrict, institutions }) => (subdistrict === null ? [] : [[subdistrict, institutions] as const])));
    const units = coverable(place.subdistricts);
    const covered = new Set(units.flatMap(({ code }) => ((perStreet.get(code) ?? 0) > 0 ? [String(code)] : [])));
    const byInstitution = Map.groupBy(quality.assessments, ({ institution }) => institution);
    const byDecision = new Map(quality.decisions.map(({ institution, of }) => [of.id, institution]));
    const decisions = shownDecisions(quality.decisions.flatMap(({ institution, of }) => (shown.has(institution) ? [of] : [])), on);
    return {
      today: on, supply, perThousand: placesPerThousand(supply.places.sum, place.population),
      coverage: { covered: units.filter(({ code }) => covered.has(code)), uncovered: units.filter(({ code }) => !covered.has(code)), counts: perStreet },
      goals: place.targets.map((target) => ({
        target, standing: goalStanding(target.dueOn, on, place.document.status, place.document.validUntil), outcome: outcomeOf(target, place, { places: supply.places.sum, covered }),
      })),
      planned: entries.flatMap(({ group, institution: { planned, name } }) => (group === 'planned' && planned ? [{ ...planned, name }] : [])),
      counted: { month, all: countFigures(asked, said).all },
      demand: wanted,
      grades: [...byInstitution].flatMap(([institution, theirs]) => { const [latest] = shownAssessments(theirs.map(({ of }) => of), on).filter(({ inForce }) => inForce); return latest ? named(institution, latest) : []; }),
      decisions: decisions.flatMap((of) => named(byDecision.get(of.id) ?? '', of)),
      decisionsInForce: decisionsInForce(decisions, on).length,
      complaints: cases,
    };
  },
});
