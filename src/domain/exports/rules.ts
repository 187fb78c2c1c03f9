import { exportBounds, exportKinds, exportPermission, type ExportActor, type ExportKind, type ExportRequest } from '#domain/exports/model.ts';
import { addDays, instant, type Instant, type IsoDate } from '#domain/shared/dates.ts';

const hourMs = 3_600_000;

/** Kinds that an account may ask for. */
export const kindsFor = ({ may }: Pick<ExportActor, 'may'>): readonly ExportKind[] => (may('export.request') ? exportKinds.filter((kind) => may(exportPermission[kind])) : []);

/** Until when an approved request may be used; null where none was approved. */
export const usableUntil = ({ state, decidedAt }: Pick<ExportRequest, 'state' | 'decidedAt'>): Instant | null =>
  (state === 'approved' && decidedAt !== null ? instant.parse(decidedAt + exportBounds.hours * hourMs) : null);

/** 现在怎样: a request as it stands at an instant; one nobody answered in time, one not used in time, and one used up are over. */
export type ExportStanding = 'asked' | 'lapsed' | 'usable' | 'used-up' | 'run-out' | 'refused' | 'withdrawn';
export const standingOf = (request: ExportRequest, at: Instant): ExportStanding => {
  if (request.state === 'asked') return at < request.askedAt + exportBounds.waitingDays * 24 * hourMs ? 'asked' : 'lapsed';
  if (request.state !== 'approved') return request.state;
  if (request.downloads >= exportBounds.downloads) return 'used-up';
  const until = usableUntil(request);
  return until !== null && at < until ? 'usable' : 'run-out';
};

/** Whether an account may answer a request: anybody with the permission but who asked. */
export const mayAnswer = ({ account, may }: ExportActor, request: Pick<ExportRequest, 'askedBy'>): boolean => may('export.approve') && request.askedBy !== account;

/** What is wrong with a period; undefined when nothing is. Both days are civil days in Asia/Shanghai. */
export const periodFault = (from: IsoDate, until: IsoDate, today: IsoDate): 'backwards' | 'future' | 'too-long' | undefined => {
  if (until < from) return 'backwards';
  if (until > today) return 'future';
  return addDays(from, exportBounds.longestDays) <= until ? 'too-long' : undefined;
};
