import { takePointReport, type PointReportDeps } from '#domain/healthPoints/commands.ts';
import type { HealthPoint } from '#domain/healthPoints/model.ts';
import type { CorrectionReport, TakenReport } from '#domain/listing/model.ts';
import type { Calendar } from '#domain/shared/calendar.ts';
import { readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { Keyring } from '#server/crypto.ts';
import { reportSeals } from '#server/listings.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { healthPointReports, loadHealthPoints } from '#storage/healthPoints.ts';
import type { Storage } from '#storage/schema.ts';

/** 接种门诊, 儿保, 体检点, 母婴室 as pages and API read them. */
export type HealthPoints = {
  /** Every point of a place, missing ones too, of the present revision. */
  readonly all: (jurisdiction: JurisdictionCode) => Promise<readonly HealthPoint[]>;
  /** A point in force; undefined when missing or not here. */
  readonly find: (jurisdiction: JurisdictionCode, id: string) => Promise<HealthPoint | undefined>;
  readonly takeReport: (jurisdiction: JurisdictionCode, point: string, report: CorrectionReport) => Promise<TakenReport>;
  readonly findReport: (jurisdiction: JurisdictionCode, point: string, reference: string) => Promise<TakenReport | undefined>;
  /** 节假日 and 调休, by which a usual week does not hold. */
  readonly calendar: Calendar;
};

/** As many places are kept in memory; the one loaded longest ago is let go. */
const mostKept = 50;

/** Keeps the points of places in memory by revision; every call reads the revision. */
export function makeHealthPoints(storage: Storage, keys: Keyring, now: () => Instant, dataFolder: string): HealthPoints {
  const deps: PointReportDeps = { reports: healthPointReports(storage), seals: reportSeals(keys), now };
  const held = new Map<JurisdictionCode, { readonly revision: number; readonly points: readonly HealthPoint[] }>();
  const all: HealthPoints['all'] = async (jurisdiction) => {
    const revision = await storage.revision(jurisdiction);
    const kept = held.get(jurisdiction);
    if (kept?.revision === revision) return kept.points;
    const points = await loadHealthPoints(storage.read, jurisdiction);
    held.delete(jurisdiction);
    held.set(jurisdiction, { revision, points });
    const [oldest] = held.keys();
    if (held.size > mostKept && oldest !== undefined) held.delete(oldest);
    return points;
  };
  return {
    all, calendar: loadCalendar(dataFolder),
    find: async (jurisdiction, id) => (await all(jurisdiction)).find((one) => one.id === id && one.missingSince === null),
    takeReport: (jurisdiction, point, report) => takePointReport(deps, jurisdiction, point, report),
    findReport: async (jurisdiction, point, typed) => {
      const reference = readReference('X', typed);
      return reference === undefined ? undefined : deps.reports.find(jurisdiction, point, reference);
    },
  };
}
