import { z } from 'zod';
import type { HandledReport } from '#domain/listing/ports.ts';
import { answerReport, findReport, listReports, openReportPhone, type ReportActor, type ReportAnswer, type ReportDeps } from '#domain/listing/reports.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import type { Keyring } from '#server/crypto.ts';
import { newId } from '#storage/ids.ts';
import { reportStore } from '#storage/listingReports.ts';
import type { Storage } from '#storage/schema.ts';

const words = z.looseObject({ right: z.string() });

/** A report with what was written; null once it is forgotten. Its phone stays sealed. */
export type OpenReport = Omit<HandledReport, 'sealedWords' | 'sealedPhone'> & { readonly right: string | null; readonly withPhone: boolean };

/** 信息有误 as desks answer it. */
export type ListingReports = {
  readonly list: (actor: ReportActor) => Promise<readonly OpenReport[]>;
  readonly find: (actor: ReportActor, id: string) => Promise<OpenReport | undefined>;
  readonly answer: (actor: ReportActor, id: string, seen: number, answer: ReportAnswer) => ReturnType<typeof answerReport>;
  /** The phone, recorded with its reason before it is opened. */
  readonly phone: (actor: ReportActor, id: string, reason: string) => Promise<Outcome<string, 'not-found' | 'none'>>;
};

/** Binds the answering of reports to storage, keys and clock. */
export function makeListingReports(storage: Storage, keys: Keyring, now: () => Instant): ListingReports {
  const deps: ReportDeps = { store: reportStore(storage), now, newId };
  const opened = ({ sealedWords, sealedPhone, ...report }: HandledReport): OpenReport =>
    ({ ...report, right: sealedWords === '' ? null : words.parse(JSON.parse(keys.open('report-words', report.id, sealedWords))).right, withPhone: sealedPhone !== null });
  return {
    list: async (actor) => (await listReports(deps, actor)).map(opened),
    find: async (actor, id) => { const found = await findReport(deps, actor, id); return found && opened(found); },
    answer: (actor, id, seen, answer) => answerReport(deps, actor, id, seen, answer),
    phone: async (actor, id, reason) => { const sealed = await openReportPhone(deps, actor, id, reason); return sealed.ok ? { ok: true, value: keys.open('report-phone', id, sealed.value) } : sealed; },
  };
}
