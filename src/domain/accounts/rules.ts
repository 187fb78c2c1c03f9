import type { Session } from '#domain/accounts/model.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';

const minute = 60_000;

/** Idle 30 minutes, at most 12 hours: NIST SP 800-63B-4 for AAL2. Re-authentication holds for 10 minutes, an activation link for 72 hours. */
export const sessionTerms = { idleMs: 30 * minute, absoluteMs: 12 * 60 * minute, provedMs: 10 * minute, touchMs: minute } as const;
export const activationHours = 72;

/** Whether a session still stands at a real instant. */
export const isOpen = (session: Pick<Session, 'openedAt' | 'seenAt'>, realNow: Instant): boolean =>
  realNow - session.seenAt < sessionTerms.idleMs && realNow - session.openedAt < sessionTerms.absoluteMs;

/** Whether the last use is old enough to be written down again. */
export const isDueForTouch = (session: Pick<Session, 'seenAt'>, realNow: Instant): boolean => realNow - session.seenAt >= sessionTerms.touchMs;

/** Whether password and code were asked for within ten minutes, as a sensitive act needs. */
export const isProved = (session: Pick<Session, 'provedAt'>, realNow: Instant): boolean => realNow - session.provedAt < sessionTerms.provedMs;

/** The real instant at which an activation made now runs out. */
export const activationEnds = (realNow: Instant): Instant => instant.parse(realNow + activationHours * 60 * minute);
