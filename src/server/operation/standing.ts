import type { Calendar } from '#domain/shared/calendar.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { alarmsOf, isDiskClosed, type Alarm, type BackupStanding, type Standing } from '#domain/operation/alarms.ts';
import { watchDisk } from '#server/operation/disk.ts';
import { readStanding } from '#storage/operation.ts';
import type { Storage } from '#storage/schema.ts';

/** 运行情况 as pages, probes and figures read it. */
export type Operation = {
  readonly standing: () => Promise<Standing & { readonly waiting: number }>;
  readonly alarms: () => Promise<readonly Alarm[]>;
  /** Whether nothing new may be taken in because the disk is nearly full. */
  readonly isClosed: () => boolean;
};

/** The last day of the newest calendar; null without any. */
export const calendarEnd = ({ years }: Calendar): IsoDate | null => (years.length === 0 ? null : isoDate.parse(`${String(Math.max(...years.map(({ year }) => year)))}-12-31`));

/** What standing is read from, by the clock that notices and events are written by. */
export function makeOperation(parts: { readonly storage: Pick<Storage, 'read'>; readonly dataDir: string; readonly backups: () => BackupStanding; readonly calendar: Calendar; readonly now: () => Instant; readonly disk?: () => Standing['disk'] }): Operation {
  const disk = parts.disk ?? watchDisk(parts.dataDir);
  const calendarUntil = calendarEnd(parts.calendar);
  const standing = async () => {
    const { oldestDueAt, waiting, dead, newestEventAt } = await readStanding(parts.storage.read);
    return { now: parts.now(), disk: disk(), outbox: { oldestDueAt, dead }, waiting, backups: parts.backups(), calendarUntil, newestEventAt };
  };
  return { standing, alarms: async () => alarmsOf(await standing()), isClosed: () => isDiskClosed(disk()) };
}
