import { ageAt } from '#domain/directory/admissionFit.ts';
import { askedBands, bandBound, bitOf, feeIn, lookAtAge, type BoundQuery } from '#domain/directory/filter.ts';
import { acceptances, classBands, institutionKinds, ownerships, serviceModes, type Acceptance, type ClassBand, type InstitutionKind, type Ownership, type ServiceMode } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { YearMonth } from '#domain/shared/dates.ts';

/** Conditions that are only asked or not; the last four in the order of the columns' `openBits`. */
export const flagConditions = ['affordable', 'free', 'weekend', 'holidays', 'extended', 'meals'] as const;
export type FlagCondition = (typeof flagConditions)[number];

/** The steps offered for a limit: minutes of the day, whole yuan a month, metres. */
export const openBeforeSteps = ['07:00', '07:30', '08:00', '08:30'] as const;
export const closeAfterSteps = ['17:00', '17:30', '18:00', '18:30', '19:00'] as const;
export const feeSteps = [1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000] as const;
export const radiusSteps = [1000, 2000, 3000, 5000] as const;

/**
 * How many institutions each option would leave, were it the one chosen in its facet and all other facets as they are.
 * 可接收 differs: its options are counted beside those already chosen, since a child needs them all.
 */
export type FacetCounts = {
  readonly band: Readonly<Record<ClassBand, number>>;
  readonly mode: Readonly<Record<ServiceMode, number>>;
  readonly kind: Readonly<Record<InstitutionKind, number>>;
  readonly ownership: Readonly<Record<Ownership, number>>;
  /** By the street's present code; streets without any are absent. */
  readonly subdistrict: Readonly<Record<string, number>>;
  readonly county: Readonly<Record<string, number>>;
  /** Those that do not say no: yes and not stated. */
  readonly accepts: Readonly<Record<Acceptance, number>>;
  /** Of them, those that say yes. */
  readonly acceptsSaid: Readonly<Record<Acceptance, number>>;
  /** In the order of the steps. */
  readonly openBefore: readonly number[]; readonly closeAfter: readonly number[]; readonly maxFee: readonly number[]; readonly radius: readonly number[];
} & Readonly<Record<FlagCondition, number>>;

/** What has been worked out for a query: per position the bits of unmet conditions, -1 where it is not in view. */
export type Surveyed = { readonly bound: BoundQuery; readonly unmet: Int32Array };

const minutes = (clocks: readonly string[]): readonly number[] => clocks.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
const [openMinutes, closeMinutes] = [minutes(openBeforeSteps), minutes(closeAfterSteps)];
const feeFen = feeSteps.map((yuan) => yuan * 100);

const tallyBits = (tally: Int32Array, bits: number): void => {
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    const slot = 31 - Math.clz32(rest & -rest);
    tally[slot] = (tally[slot] ?? 0) + 1;
  }
};
const tallyAt = (tally: Int32Array, slot: number): void => { if (slot >= 0) tally[slot] = (tally[slot] ?? 0) + 1; };
/** Every step that is at least a value, every step that is at most one. */
const tallyFrom = (tally: Int32Array, steps: readonly number[], value: number): void => {
  for (let slot = 0; slot < steps.length; slot += 1) if (value <= (steps[slot] ?? NaN)) tallyAt(tally, slot);
};
const tallyUntil = (tally: Int32Array, steps: readonly number[], value: number): void => {
  for (let slot = 0; slot < steps.length; slot += 1) if (value >= (steps[slot] ?? NaN)) tallyAt(tally, slot);
};
const byCode = (codes: readonly string[], tally: Int32Array): Readonly<Record<string, number>> =>
  Object.fromEntries(codes.flatMap((code, slot) => ((tally[slot] ?? 0) > 0 ? [[code, tally[slot] ?? 0]] : [])));

/** Counts the options of every facet. */
export const countFacets = ({ bound, unmet }: Surveyed, query: DirectoryQuery, { columns }: DirectorySnapshot): FacetCounts => {
  const many = (length: number): Int32Array => new Int32Array(length);
  const [band, mode, kind, ownership] = [many(classBands.length), many(serviceModes.length), many(institutionKinds.length), many(ownerships.length)];
  const [street, county] = [many(columns.streetCodes.length), many(columns.countyCodes.length)];
  const [accepts, acceptsSaid, flags] = [many(acceptances.length), many(acceptances.length), many(flagConditions.length)];
  const [openBefore, closeAfter, maxFee, radius] = [many(openMinutes.length), many(closeMinutes.length), many(feeFen.length), many(radiusSteps.length)];
  const accepted = acceptances.reduce((bits, one, slot) => (query.accepts.includes(one) ? bits | (1 << slot) : bits), 0);
  const { metres } = bound;
  for (let at = 0; at < unmet.length; at += 1) {
    const bits = unmet[at] ?? -1;
    const others = bits & ~bandBound;
    if ((others & (others - 1)) !== 0) continue; // two conditions apart from the bands are unmet: no single option helps
    if (others === 0) tallyBits(band, bandsLeft(bound, at, columns.bands[at] ?? 0));
    if ((bits & (bits - 1)) !== 0) continue;
    const asked = bound.bandsAsked(at);
    if ((bits & ~bitOf.mode) === 0) tallyBits(mode, columns.modes[at] ?? 0);
    if ((bits & ~bitOf.kind) === 0) tallyAt(kind, columns.kind[at] ?? -1);
    if ((bits & ~bitOf.ownership) === 0) tallyAt(ownership, columns.ownership[at] ?? -1);
    if ((bits & ~bitOf.subdistrict) === 0) tallyAt(street, columns.street[at] ?? -1);
    if ((bits & ~bitOf.county) === 0) tallyAt(county, columns.county[at] ?? -1);
    const has = (columns.open[at] ?? 0) << 2 | (((columns.affordable[at] ?? 0) & asked) === 0 ? 0 : 1) | (((columns.hasFree[at] ?? 0) & asked) === 0 ? 0 : 2);
    tallyBits(flags, bits === 0 ? has : has & flagOf(bits));
    if ((bits & ~bitOf.accepts) === 0) tallyAccepted(accepts, acceptsSaid, columns.saysYes[at] ?? 0, columns.saysNo[at] ?? 0, accepted);
    if ((bits & ~bitOf.openBefore) === 0) tallyFrom(openBefore, openMinutes, columns.opens[at] ?? 0);
    if ((bits & ~bitOf.closeAfter) === 0) tallyUntil(closeAfter, closeMinutes, columns.closes[at] ?? 0);
    if ((bits & ~bitOf.maxFee) === 0) tallyFrom(maxFee, feeFen, feeIn(columns.fee, at, asked));
    if (metres !== null && (bits & ~bitOf.radius) === 0) tallyFrom(radius, radiusSteps, metres[at] ?? NaN);
  }
  const flag = (name: FlagCondition): number => flags[flagConditions.indexOf(name)] ?? 0;
  const [infant = 0, toddler = 0, older = 0, mixed = 0] = band;
  const [fullDay = 0, halfDay = 0, hourly = 0, temporary = 0] = mode;
  const [independent = 0, kindergartenClass = 0, homeSite = 0, ofEmployer = 0, community = 0] = kind;
  const [publicly = 0, publicPrivatelyRun = 0, privateNonProfit = 0, privateForProfit = 0, employer = 0] = ownership;
  return {
    band: { infant, toddler, older, mixed }, mode: { fullDay, halfDay, hourly, temporary },
    kind: { independent, kindergartenClass, homeSite, employer: ofEmployer, community },
    ownership: { public: publicly, publicPrivatelyRun, privateNonProfit, privateForProfit, employer },
    subdistrict: byCode(columns.streetCodes, street), county: byCode(columns.countyCodes, county),
    accepts: acceptanceCounts(accepts), acceptsSaid: acceptanceCounts(acceptsSaid),
    openBefore: [...openBefore], closeAfter: [...closeAfter], maxFee: [...maxFee], radius: [...radius],
    affordable: flag('affordable'), free: flag('free'), weekend: flag('weekend'), holidays: flag('holidays'), extended: flag('extended'), meals: flag('meals'),
  };
};

/** The flag whose condition is the one unmet, by its bit. */
const flagOf = (unmet: number): number => flagConditions.reduce((bits, name, slot) => (bitOf[name] === unmet ? bits | (1 << slot) : bits), 0);

const acceptanceCounts = ([allergy = 0, medicine = 0, specialNeeds = 0]: Int32Array): Readonly<Record<Acceptance, number>> => ({ allergy, medicine, specialNeeds });

const tallyAccepted = (notNo: Int32Array, said: Int32Array, yes: number, no: number, accepted: number): void => {
  for (let slot = 0; slot < acceptances.length; slot += 1) {
    if ((no & (accepted | (1 << slot))) !== 0) continue;
    tallyAt(notNo, slot);
    if ((yes & (1 << slot)) !== 0) tallyAt(said, slot);
  }
};

/** Of the bands held, those that alone would leave the institution: the band chosen decides where a free or recognised place and the fee are looked for. */
const bandsLeft = (bound: BoundQuery, at: number, held: number): number => {
  let left = 0;
  for (let rest = held; rest !== 0; rest &= rest - 1) {
    const one = rest & -rest;
    if (bound.unmetIn(at, askedBands(bound.bandsFitting(at), one)) === 0) left |= one;
  }
  return left;
};

/** How many institutions an age, or a start for the age asked, would leave. */
export type AgeCounts = { readonly months: ReadonlyMap<number, number>; readonly start: ReadonlyMap<YearMonth, number> };

/** Counts ages in whole months (at the start asked) and starts (for the age asked; none without one), all other conditions as they are. */
export const countAges = ({ bound, unmet }: Surveyed, query: DirectoryQuery, snapshot: DirectorySnapshot, options: { readonly months: readonly number[]; readonly starts: readonly YearMonth[] }): AgeCounts => {
  const { columns } = snapshot;
  const set = bitOf.months | bitOf.affordable | bitOf.free | bitOf.maxFee;
  const open: number[] = [];
  for (let at = 0; at < unmet.length; at += 1) if (((unmet[at] ?? -1) & ~set) === 0) open.push(at);
  const dependsOnBand = query.free || query.affordable || query.maxFee !== null;
  const perRule = new Int32Array(columns.ageRules.count);
  for (const at of open) tallyAt(perRule, columns.ageRule[at] ?? -1);
  const chosen = classBands.reduce((bits, one, slot) => (query.band.includes(one) ? bits | (1 << slot) : bits), 0);
  const count = (months: number, start: YearMonth | null): number => {
    const age = lookAtAge(snapshot, ageAt({ months, start }, snapshot.today));
    if (!dependsOnBand) return perRule.reduce((sum, institutions, rule) => sum + institutions * (age.passes[rule] ?? 0), 0);
    return open.reduce((sum, at) => {
      const rule = columns.ageRule[at] ?? 0;
      return age.passes[rule] === 1 && bound.unmetIn(at, askedBands(age.bands[rule] ?? 0, chosen)) === 0 ? sum + 1 : sum;
    }, 0);
  };
  const { months } = query;
  return {
    months: new Map(options.months.map((one) => [one, count(one, query.start)])),
    start: new Map(months === null ? [] : options.starts.map((one) => [one, count(months, one)])),
  };
};
