import { isBusy, isDiskFull } from '#storage/faults.ts';

/** What a page answers when storage cannot write now: 507 for a full disk, 503 for a busy database, which the shell turns into its page with Retry-After; undefined for a true fault. */
export const faultStatus = (fault: unknown): 503 | 507 | undefined => (isDiskFull(fault) ? 507 : isBusy(fault) ? 503 : undefined);
