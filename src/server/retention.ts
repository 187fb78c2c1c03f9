import type { AuditDraft } from '#domain/audit/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { draftKeptDays } from '#domain/importDraft/model.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { forgetLapsed } from '#storage/demand.ts';
import { forgetOldDrafts } from '#storage/importDrafts.ts';
import { newId } from '#storage/ids.ts';
import { purgePersonalData, type DueCount } from '#storage/retention.ts';
import type { Storage } from '#storage/schema.ts';

const dayMs = 86_400_000;

/** Days after a slot's end for which a booking keeps what a family gave; the privacy page promises this number. */
export const keepDays = 90;

/** The instant before which slots have to have ended for their bookings to be forgotten. */
export const endedBefore = (now: Instant): number => now - keepDays * dayMs;

const lapsed = (now: () => Instant) => (jurisdiction: string, demands: number): AuditDraft =>
  ({ id: newId(), jurisdiction: jurisdictionCode.parse(jurisdiction), at: now(), kind: 'personal-data-purged', actor: 'system', objectKind: 'demand', objectId: jurisdiction, detail: { demands } });

/** Forgets what is due, now: bookings, and registrations past their last day. Answers how many bookings per jurisdiction. */
export const purgeNow = async (storage: Storage, now: () => Instant): Promise<readonly DueCount[]> => {
  await forgetLapsed(storage, dayOf(now()), lapsed(now));
  await storage.write((tx) => forgetOldDrafts(tx, now() - draftKeptDays * dayMs, now()));
  return purgePersonalData(storage, endedBefore(now()), Date.now(), ({ jurisdiction, bookings }) =>
    ({ id: newId(), jurisdiction: jurisdictionCode.parse(jurisdiction), at: now(), kind: 'personal-data-purged', actor: 'system', objectKind: 'booking', objectId: jurisdiction, detail: { bookings, keepDays } }));
};

/** Purges at start and once a day while serving; a fault is reported and tried again the next day. */
export function keepPurging(storage: Storage, now: () => Instant, report: (fault: unknown) => void): { readonly stop: () => Promise<void> } {
  const purge = (): Promise<void> => purgeNow(storage, now).then(() => undefined, report);
  let running = purge();
  const timer = setInterval(() => { running = running.then(purge); }, dayMs);
  timer.unref();
  return { stop: async () => { clearInterval(timer); await running; } };
}
