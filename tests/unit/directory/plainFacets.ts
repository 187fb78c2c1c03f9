// The contract's facets written a second time, plainly, one institution and one question at a time. Nothing here may be shared with the search itself.
import type { Institution } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';

/** Where an independent answer stands: the day, the streets' former codes, the credentials that list here. */
export type PlainGround = { readonly today: string; readonly formerly: Readonly<Record<string, string>>; readonly listable: readonly string[] };

const standard: Readonly<Record<string, readonly [number, number]>> = { infant: [6, 12], toddler: [12, 24], older: [24, 36], mixed: [18, 36] };

const monthsBetween = (from: string, to: string): number => (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
const monthBefore = (month: string, months: number): string => {
  const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 - months, 1));
  return at.toISOString().slice(0, 7);
};
const daysBefore = (today: string, day: string): number => (Date.parse(today) - Date.parse(day)) / 86_400_000;

/** Age and the month it counts in; null when no age is asked. */
const childOf = (query: DirectoryQuery, today: string): { readonly months: number; readonly month: string } | null => {
  if (query.months === null) return null;
  const now = today.slice(0, 7);
  const month = query.start !== null && String(query.start) > now ? String(query.start) : now;
  return { month, months: query.months < 0 ? query.months + monthsBetween(now, month) : query.months };
};

/** Bands of an institution that take the child, or what else it answers. */
const bandsFor = (of: Institution, months: number, month: string): { readonly answer: 'yes' | 'no' | 'silent'; readonly bands: readonly string[] } => {
  const held: readonly string[] = of.bands.map(({ band }) => band);
  if (months < 0) return { answer: 'yes', bands: [] };
  const rule = of.admission;
  if (rule?.rule === 'byCohort') {
    if (monthsBetween(rule.entryMonth, month) >= 12) return { answer: 'no', bands: [] };
    const births = [monthBefore(month, months), monthBefore(month, months + 1)];
    if (!births.some((birth) => birth >= rule.bornFrom && birth <= rule.bornUntil)) return { answer: 'no', bands: [] };
    const atEntry = months + Math.max(0, monthsBetween(month, rule.entryMonth));
    const own = held.filter((band) => atEntry >= (standard[band]?.[0] ?? 0) && atEntry < (standard[band]?.[1] ?? 0));
    const upper = held.filter((band) => band === 'older' || band === 'mixed');
    return { answer: 'yes', bands: own.length > 0 ? own : upper.length > 0 ? upper : held };
  }
  if (rule === null && held.length === 0) return { answer: 'silent', bands: [] };
  if (held.length === 0 && rule) return { answer: months >= rule.min && months < rule.max ? 'yes' : 'no', bands: [] };
  const fitting = held.filter((band) => {
    let [from, until] = standard[band] ?? [0, 0];
    if (rule) {
      const onlyMixed = held.every((other) => other === 'mixed');
      const open = { below: band === 'infant' || onlyMixed, above: band === 'older' || onlyMixed || (band === 'mixed' && rule.max > until) };
      from = open.below ? rule.min : Math.max(from, rule.min);
      until = open.above ? rule.max : Math.min(until, rule.max);
    }
    return months >= from && months < until;
  });
  return { answer: fitting.length > 0 ? 'yes' : 'no', bands: fitting };
};

/** 全部费用 in fen for one band (null: none named): care by the month, with what must be paid by the month beside it. */
const feeOf = (of: Institution, band: string | null): number | null => {
  const isFor = (feeBand: string | null): boolean => feeBand === null || feeBand === band;
  for (const mode of ['fullDay', null, 'halfDay', 'hourly', 'temporary']) {
    const care = of.fees.filter((fee) => fee.item === 'care' && fee.per === 'month' && fee.amount !== null && fee.mode === mode && isFor(fee.band));
    const chosen = care.find((fee) => fee.band !== null) ?? care[0];
    if (!chosen || chosen.amount === null) continue;
    const beside = of.fees.filter((fee) => ['meals', 'materials'].includes(fee.item) && fee.required && fee.per === 'month' && isFor(fee.band) && (fee.mode === null || fee.mode === mode));
    return beside.reduce((sum, fee) => sum + (fee.amount ?? 0), chosen.amount);
  }
  return null;
};

const kilometres = (one: { lng: number; lat: number }, other: { lng: number; lat: number }): number => {
  const radians = (degrees: number): number => (degrees / 180) * Math.PI;
  const cosine = Math.sin(radians(one.lat)) * Math.sin(radians(other.lat)) + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.cos(radians(one.lng - other.lng));
  return 6371.0088 * Math.acos(Math.min(1, cosine));
};

/** 在册, planned, ended, or not public. */
export const plainGroup = (of: Institution, { listable }: PlainGround): 'listed' | 'planned' | 'ended' | undefined => {
  const { kind, state } = of.credential;
  if (state === 'planned') return 'planned';
  if (!listable.includes(kind) || state === 'submitted' || state === 'returned') return undefined;
  return (state === 'receipted' || state === 'changed') && of.missingSince === null ? 'listed' : 'ended';
};

/** Whether an institution belongs in the answer; text is not asked. Points are all WGS-84 here. */
export const plainMeets = (of: Institution, query: DirectoryQuery, ground: PlainGround): boolean => {
  const group = plainGroup(of, ground);
  if (group === undefined || (group !== 'listed' && !query.include.some((one) => one === group))) return false;
  const { today } = ground;
  const child = childOf(query, today);
  const age = child && bandsFor(of, child.months, child.month);
  if (child && age?.answer === 'no') return false;
  if (child && age?.answer === 'silent' && ((child.months >= 0 && child.months < 6) || child.months >= 36)) return false;
  const chosen: readonly string[] = query.band;
  const fitting = age?.bands ?? [];
  const asked = fitting.length === 0 && chosen.length === 0 ? null : fitting.length === 0 ? chosen : chosen.length === 0 ? fitting : fitting.filter((band) => chosen.includes(band));
  const isAsked = (band: string): boolean => asked === null || asked.includes(band);
  if (chosen.length > 0 && !of.bands.some(({ band }) => chosen.includes(band))) return false;
  if (query.mode.length > 0 && !of.modes.some((mode) => query.mode.includes(mode))) return false;
  if (query.kind.length > 0 && !query.kind.some((kind) => kind === of.kind)) return false;
  if (query.ownership.length > 0 && !query.ownership.some((one) => one === of.ownership)) return false;
  if (query.subdistrict.length > 0 && !query.subdistrict.some((code) => (ground.formerly[code] ?? code) === of.subdistrict)) return false;
  if (query.county !== null && of.county !== query.county) return false;
  if (query.affordable && !of.recognitions.some(({ from, until, places }) => from <= today && (until === null || until >= today) && places.some(({ band }) => isAsked(band)))) return false;
  if (query.free && !of.bands.some(({ band, free, confirmedOn }) => isAsked(band) && free !== null && free > 0 && confirmedOn !== null && daysBefore(today, confirmedOn) >= 0 && daysBefore(today, confirmedOn) <= 30)) return false;
  if (query.weekend && !of.hours.some(({ weekday }) => weekday === 6 || weekday === 7)) return false;
  if (query.holidays && of.opensInSchoolHolidays !== true) return false;
  if (query.extended && of.extendedUntil === null) return false;
  if (query.meals && of.mealsProvided !== true) return false;
  if (query.accepts.some((one) => of.accepts[one] === false)) return false;
  const days = [1, 2, 3, 4, 5].map((weekday) => of.hours.filter((hours) => hours.weekday === weekday));
  const { openBefore, closeAfter, maxFee, radius, near } = query;
  if (openBefore !== null && !days.every((hours) => hours.some(({ opens }) => opens <= openBefore))) return false;
  if (closeAfter !== null && !days.every((hours) => hours.length > 0 && (hours.some(({ closes }) => closes >= closeAfter) || (of.extendedUntil ?? '') >= closeAfter))) return false;
  if (maxFee !== null) {
    const named = [...of.bands.map(({ band }) => band), ...of.fees.flatMap(({ band }) => (band === null ? [] : [band]))];
    const fees = (asked ?? (named.length > 0 ? named : [null])).map((band) => feeOf(of, band));
    if (!fees.some((fee) => fee !== null && fee <= maxFee * 100)) return false;
  }
  return radius === null || (near !== null && of.point !== null && Math.round(kilometres(near, of.point) * 1000) <= radius);
};
