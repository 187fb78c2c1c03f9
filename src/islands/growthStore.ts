import { growthIndicators, sexes, type Gestation, type GrowthIndicator, type GrowthRecord, type Measuring } from '#domain/guidance/growthModel.ts';

/** Where the browser keeps the record; it never leaves the device. */
export const growthKey = 'tuoyu:growth';
/** Most days of measuring one device keeps. */
export const mostMeasurings = 60;

const field = (of: unknown, name: string): unknown => (typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined);
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

const amountOf = (of: unknown, indicator: GrowthIndicator): number | null => {
  const value = field(of, indicator);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
};

const measuringOf = (of: unknown): readonly Measuring[] => {
  const day = field(of, 'day');
  const [weight, length, head] = [amountOf(of, 'weight'), amountOf(of, 'length'), amountOf(of, 'head')];
  return isDay(day) && [weight, length, head].some((value) => value !== null) ? [{ day, weight, length, head }] : [];
};

const gestationOf = (of: unknown): Gestation | null => {
  const [weeks, days] = [field(of, 'weeks'), field(of, 'days')];
  return isCount(weeks) && isCount(days) ? { weeks, days } : null;
};

/** Reads what was kept; undefined for somebody else's text or a torn one. */
export const parseRecord = (text: string | null): GrowthRecord | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    const [birth, measurings] = [field(value, 'birth'), field(value, 'measurings')];
    const sex = sexes.find((one) => one === field(value, 'sex'));
    return sex && isDay(birth) ? { birth, sex, gestation: gestationOf(field(value, 'gestation')), measurings: Array.isArray(measurings) ? measurings.flatMap(measuringOf).slice(0, mostMeasurings) : [] } : undefined;
  } catch {
    return undefined; // the family is asked again
  }
};

/** A record with one more day: values of a day already kept are replaced one by one. `full`: nothing was added. */
export const withMeasuring = (kept: readonly Measuring[], added: Measuring): { readonly measurings: readonly Measuring[]; readonly did: 'added' | 'replaced' | 'full' } => {
  const same = kept.find(({ day }) => day === added.day);
  if (!same && kept.length >= mostMeasurings) return { measurings: kept, did: 'full' };
  const [weight, length, head] = growthIndicators.map((indicator) => added[indicator] ?? same?.[indicator] ?? null);
  const next: Measuring = { day: added.day, weight: weight ?? null, length: length ?? null, head: head ?? null };
  return { measurings: [...kept.filter(({ day }) => day !== added.day), next].sort((one, other) => (one.day < other.day ? -1 : 1)), did: same ? 'replaced' : 'added' };
};

/** Opens the record. `storage` may throw when it is asked for at all, as browsers do that block it. */
export const keptGrowth = (storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) => ({
  read: (): GrowthRecord | undefined => {
    try {
      return parseRecord(storage().getItem(growthKey));
    } catch {
      return undefined; // blocked: then nothing was kept either
    }
  },
  /** Keeps the record; false when the browser refuses. */
  keep: (record: GrowthRecord): boolean => {
    try {
      storage().setItem(growthKey, JSON.stringify(record));
      return true;
    } catch {
      return false;
    }
  },
  forget: (): void => {
    try {
      storage().removeItem(growthKey);
    } catch {
      // blocked: nothing is kept
    }
  },
});
