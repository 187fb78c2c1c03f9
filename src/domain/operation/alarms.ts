import { addDays, dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** How backups stand: none is made without a recipient; `late` when the newest checked copy is older than 20 minutes. Ages in milliseconds. */
export type BackupStanding = { readonly kind: 'off' } | { readonly kind: 'on'; readonly age: number | null; readonly late: boolean; readonly failed: boolean };

/** 运行情况 at one moment, as the machine and the database tell it. Bytes, instants and days in Asia/Shanghai. */
export type Standing = {
  readonly now: Instant;
  /** Where records lie; null where the system does not say. */
  readonly disk: { readonly free: number; readonly total: number } | null;
  /** When the oldest notice that nobody has taken was due, and how many were given up. */
  readonly outbox: { readonly oldestDueAt: Instant | null; readonly dead: number };
  readonly backups: BackupStanding;
  /** The last day of which it is known whether people work; null without any calendar. */
  readonly calendarUntil: IsoDate | null;
  /** When the newest event was recorded: no clock that is right stands before it. */
  readonly newestEventAt: Instant | null;
};

/** 告警: what somebody has to look at; `urgent` needs doing today. */
export type Alarm =
  | { readonly code: 'disk-closed' | 'disk-low'; readonly level: 'urgent' | 'warning'; readonly free: number }
  | { readonly code: 'outbox-stuck'; readonly level: 'urgent'; readonly minutes: number }
  | { readonly code: 'outbox-dead'; readonly level: 'warning'; readonly count: number }
  | { readonly code: 'backup-off' | 'backup-failed'; readonly level: 'warning' | 'urgent' }
  | { readonly code: 'backup-late'; readonly level: 'urgent'; readonly minutes: number | null }
  | { readonly code: 'calendar-missing' | 'calendar-ending'; readonly level: 'urgent' | 'warning'; readonly until: IsoDate | null }
  | { readonly code: 'clock-behind'; readonly level: 'urgent'; readonly minutes: number };

const minuteMs = 60_000;
const mebibyte = 1024 * 1024;
/** Below this much free space nothing new is taken in: what is being written still has room to end well. */
export const closesBelow = 200 * mebibyte;
const warnsBelow = 1024 * mebibyte;
const outboxStuckAfter = 30 * minuteMs;
const clockMayDiffer = 5 * minuteMs;
const calendarWarnsDays = 45;

const minutesBetween = (from: number, to: number): number => Math.floor((to - from) / minuteMs);

/** Whether new requests are to be turned away because the disk is nearly full. */
export const isDiskClosed = (disk: Standing['disk']): boolean => disk !== null && disk.free < closesBelow;

const diskAlarms = ({ disk }: Standing): readonly Alarm[] => {
  if (disk === null || disk.free >= warnsBelow) return [];
  return [isDiskClosed(disk) ? { code: 'disk-closed', level: 'urgent', free: disk.free } : { code: 'disk-low', level: 'warning', free: disk.free }];
};

const outboxAlarms = ({ outbox: { oldestDueAt, dead }, now }: Standing): readonly Alarm[] => [
  ...(oldestDueAt !== null && now - oldestDueAt > outboxStuckAfter ? [{ code: 'outbox-stuck', level: 'urgent', minutes: minutesBetween(oldestDueAt, now) } as const] : []),
  ...(dead > 0 ? [{ code: 'outbox-dead', level: 'warning', count: dead } as const] : []),
];

const backupAlarms = ({ backups }: Standing): readonly Alarm[] => {
  if (backups.kind === 'off') return [{ code: 'backup-off', level: 'warning' }];
  if (backups.failed) return [{ code: 'backup-failed', level: 'urgent' }];
  return backups.late ? [{ code: 'backup-late', level: 'urgent', minutes: backups.age === null ? null : minutesBetween(0, backups.age) }] : [];
};

const calendarAlarms = ({ calendarUntil, now }: Standing): readonly Alarm[] => {
  const today = dayOf(now);
  if (calendarUntil === null || calendarUntil < today) return [{ code: 'calendar-missing', level: 'urgent', until: calendarUntil }];
  return calendarUntil < addDays(today, calendarWarnsDays) ? [{ code: 'calendar-ending', level: 'warning', until: calendarUntil }] : [];
};

const clockAlarms = ({ newestEventAt, now }: Standing): readonly Alarm[] =>
  (newestEventAt !== null && newestEventAt - now > clockMayDiffer ? [{ code: 'clock-behind', level: 'urgent', minutes: minutesBetween(now, newestEventAt) }] : []);

/** What of the standing needs looking at, urgent first. */
export const alarmsOf = (standing: Standing): readonly Alarm[] =>
  [diskAlarms, clockAlarms, outboxAlarms, backupAlarms, calendarAlarms].flatMap((check) => check(standing)).toSorted((one, other) => Number(other.level === 'urgent') - Number(one.level === 'urgent'));
