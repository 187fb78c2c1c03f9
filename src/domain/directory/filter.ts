import { ageAt, type AgeAnswer, type AgeAt } from '#domain/directory/admissionFit.ts';
import { bitsOf, minutesOf, openBits, perRow, whole, wholeBit } from '#domain/directory/columns.ts';
import { acceptances, classBands, institutionKinds, ownerships, serviceModes, type ClassBand } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import { scoreTyped } from '#domain/directory/searchIndex.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { fromGcj02, metresBetween, type LngLat } from '#domain/shared/geo.ts';

/** The conditions of a query, each of which an institution meets or not. */
export const conditions = [
  'q', 'months', 'band', 'mode', 'kind', 'ownership', 'subdistrict', 'county', 'affordable', 'free', 'weekend',
  'holidays', 'extended', 'meals', 'accepts', 'openBefore', 'closeAfter', 'maxFee', 'radius',
] as const;
export type Condition = (typeof conditions)[number];

/** The bit under which a condition stands among those unmet. */
export const bitOf: Readonly<Record<Condition, number>> = {
  q: 1, months: 1 << 1, band: 1 << 2, mode: 1 << 3, kind: 1 << 4, ownership: 1 << 5, subdistrict: 1 << 6, county: 1 << 7, affordable: 1 << 8, free: 1 << 9, weekend: 1 << 10,
  holidays: 1 << 11, extended: 1 << 12, meals: 1 << 13, accepts: 1 << 14, openBefore: 1 << 15, closeAfter: 1 << 16, maxFee: 1 << 17, radius: 1 << 18,
};

/** Conditions that look into the bands asked for, and so change with the band or the age. */
export const bandBound = bitOf.band | bitOf.affordable | bitOf.free | bitOf.maxFee;

/** How well each institution stands to the typed text, by position; 0: not found; null: nothing typed. */
export type TextScores = Float64Array | null;

/** Reads the typed text against every institution. */
export const scoreText = (snapshot: DirectorySnapshot, typed: string): TextScores => (typed === '' ? null : scoreTyped(snapshot.index, typed));

/** What one age gets from every way of admitting, by rule. */
export type AgeLook = {
  readonly answers: readonly AgeAnswer[];
  /** 1 where the age may be taken. */
  readonly passes: Uint8Array;
  /** Bits of the bands that fit; 0: no band is told apart. */
  readonly bands: Uint8Array;
};

/** Below six months and from thirty-six on only institutions that state such ages answer. */
const statedAgesOnly = (months: number): boolean => (months >= 0 && months < 6) || months >= 36;

const looks = new WeakMap<DirectorySnapshot, Map<string, AgeLook>>();
const mostLooks = 120;

/** Asks every way of admitting about an age; the answers are kept with the snapshot, since every list asks about the same ages. */
export const lookAtAge = (snapshot: DirectorySnapshot, age: AgeAt): AgeLook => {
  const kept = looks.get(snapshot) ?? new Map<string, AgeLook>();
  looks.set(snapshot, kept);
  const key = `${String(age.months)} ${age.month}`;
  const look = kept.get(key) ?? askEveryRule(snapshot, age);
  if (kept.size < mostLooks) kept.set(key, look);
  return look;
};

const askEveryRule = ({ columns: { ageRules } }: DirectorySnapshot, age: AgeAt): AgeLook => {
  const answers = Array.from({ length: ageRules.count }, (_, rule) => ageRules.answer(rule, age));
  return {
    answers,
    passes: Uint8Array.from(answers, ({ fits, reason }) => Number(reason === 'not-stated' ? !statedAgesOnly(age.months) : fits !== 'no')),
    bands: Uint8Array.from(answers, ({ bands }) => bitsOf(classBands, bands)),
  };
};

/** A query bound to a directory: it answers by an institution's position. */
export type BoundQuery = {
  /** Bits of the conditions an institution does not meet; 0: it is found. */
  readonly unmet: (at: number) => number;
  /** The band-bound conditions unmet, were these the bands asked for. */
  readonly unmetIn: (at: number, bands: number) => number;
  readonly scores: TextScores;
  readonly age: AgeLook | null;
  /** Metres as the crow flies by position, NaN without a point; null without a point to start from. */
  readonly metres: Float64Array | null;
  /** Bits of the bands that fit the age asked; 0: none is told apart. */
  readonly bandsFitting: (at: number) => number;
  /** Bits of the bands a family asks about: those that fit the age, cut to those chosen; bit 4: the institution whole. */
  readonly bandsAsked: (at: number) => number;
};

/** The bands a family asks about, from the bits that fit the age and the bits chosen; where one says nothing the other decides. */
export const askedBands = (fitting: number, chosen: number): number => {
  if (fitting === 0) return chosen === 0 ? wholeBit : chosen;
  return chosen === 0 ? fitting : fitting & chosen;
};

/** Lists of bands by their bits; undefined where the institution whole is asked about. */
const bandLists: readonly (readonly ClassBand[])[] = Array.from({ length: wholeBit }, (_, bits) => classBands.filter((_band, index) => (bits & (1 << index)) !== 0));
/** The bands that bits stand for; undefined: all. */
export const bandsOf = (bits: number): readonly ClassBand[] | undefined => ((bits & wholeBit) === 0 ? bandLists[bits] : undefined);

/** The lowest 全部费用 in the bands asked about, fen; Infinity where none is stated. */
export const feeIn = (fee: Float64Array, at: number, bands: number): number => {
  let least = Infinity;
  for (let slot = 0; slot <= whole; slot += 1) if ((bands & (1 << slot)) !== 0) least = Math.min(least, fee[at * perRow + slot] ?? Infinity);
  return least;
};

/** 空余托位 in the bands asked about; null where none of them states it freshly. */
export const freeIn = (free: Int16Array, at: number, bands: number): number | null => {
  let sum: number | null = null;
  for (let slot = 0; slot <= whole; slot += 1) {
    const stated = (bands & (1 << slot)) === 0 ? -1 : free[at * perRow + slot] ?? -1;
    if (stated >= 0) sum = (sum ?? 0) + stated;
  }
  return sum;
};

const metresTo = ({ columns: { lng, lat } }: DirectorySnapshot, from: LngLat): Float64Array =>
  Float64Array.from(lng, (degrees, at) => (Number.isNaN(degrees) ? NaN : Math.round(metresBetween(from, { lng: degrees, lat: lat[at] ?? NaN }))));

const flagBits = ({ weekend, holidays, extended, meals }: DirectoryQuery): readonly (readonly [open: number, bit: number])[] => [
  ...(weekend ? [[openBits.weekend, bitOf.weekend] as const] : []), ...(holidays ? [[openBits.holidays, bitOf.holidays] as const] : []),
  ...(extended ? [[openBits.extended, bitOf.extended] as const] : []), ...(meals ? [[openBits.meals, bitOf.meals] as const] : []),
];

/** Binds a query to a directory; conditions it does not name cost next to nothing. `scores` may be handed in where the text was read before. */
export const bindQuery = (snapshot: DirectorySnapshot, query: DirectoryQuery, scores: TextScores = scoreText(snapshot, query.q)): BoundQuery => {
  const { columns } = snapshot;
  const age = query.months === null ? null : lookAtAge(snapshot, ageAt({ months: query.months, start: query.start }, snapshot.today));
  const from: LngLat | null = query.near?.crs === 'gcj02' ? fromGcj02(query.near) : query.near;
  const metres = from && metresTo(snapshot, from);
  const [chosen, modes, kinds, owners] = [bitsOf(classBands, query.band), bitsOf(serviceModes, query.mode), bitsOf(institutionKinds, query.kind), bitsOf(ownerships, query.ownership)];
  const streets = query.subdistrict.length === 0 ? null : Uint8Array.from(columns.streetCodes, (code) => Number(query.subdistrict.some((asked) => (snapshot.streetCodes.get(asked) ?? asked) === code)));
  const county = query.county === null ? null : columns.countyCodes.indexOf(query.county);
  const flags = flagBits(query);
  const accepted = bitsOf(acceptances, query.accepts);
  const [before, after] = [query.openBefore === null ? null : minutesOf(query.openBefore), query.closeAfter === null ? null : minutesOf(query.closeAfter)];
  const ceiling = query.maxFee === null ? null : query.maxFee * 100;
  const rule = (at: number): number => columns.ageRule[at] ?? 0;
  const bandsFitting = (at: number): number => (age === null ? 0 : age.bands[rule(at)] ?? 0);
  const bandsAsked = (at: number): number => askedBands(bandsFitting(at), chosen);
  const unmetIn = (at: number, bands: number): number => (query.free && ((columns.hasFree[at] ?? 0) & bands) === 0 ? bitOf.free : 0)
    | (query.affordable && ((columns.affordable[at] ?? 0) & bands) === 0 ? bitOf.affordable : 0)
    | (ceiling !== null && !(feeIn(columns.fee, at, bands) <= ceiling) ? bitOf.maxFee : 0);
  const unmet = (at: number): number => {
    let bits = unmetIn(at, bandsAsked(at));
    if (scores !== null && (scores[at] ?? 0) === 0) bits |= bitOf.q;
    if (age !== null && age.passes[rule(at)] === 0) bits |= bitOf.months;
    if (chosen !== 0 && ((columns.bands[at] ?? 0) & chosen) === 0) bits |= bitOf.band;
    if (modes !== 0 && ((columns.modes[at] ?? 0) & modes) === 0) bits |= bitOf.mode;
    if (kinds !== 0 && ((columns.kind[at] ?? -1) < 0 || (kinds & (1 << (columns.kind[at] ?? 0))) === 0)) bits |= bitOf.kind;
    if (owners !== 0 && ((columns.ownership[at] ?? -1) < 0 || (owners & (1 << (columns.ownership[at] ?? 0))) === 0)) bits |= bitOf.ownership;
    if (streets !== null && streets[columns.street[at] ?? -1] !== 1) bits |= bitOf.subdistrict;
    if (county !== null && (county < 0 || columns.county[at] !== county)) bits |= bitOf.county;
    for (const [open, bit] of flags) if (((columns.open[at] ?? 0) & open) === 0) bits |= bit;
    if (((columns.saysNo[at] ?? 0) & accepted) !== 0) bits |= bitOf.accepts;
    if (before !== null && (columns.opens[at] ?? 0) > before) bits |= bitOf.openBefore;
    if (after !== null && (columns.closes[at] ?? 0) < after) bits |= bitOf.closeAfter;
    if (query.radius !== null && !((metres?.[at] ?? NaN) <= query.radius)) bits |= bitOf.radius;
    return bits;
  };
  return { unmet, unmetIn, scores, age, metres, bandsFitting, bandsAsked };
};
