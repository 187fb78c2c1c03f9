import type { AuditDraft } from '#domain/audit/model.ts';
import type { CorrectionReport, Listing, ListingWords, Photo, ReportNote, ReportState, ReportTopic, Sayer, TakenReport } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';

/** Words ready to be published in place of those of `version`; the event and the history stand or fall with them. */
export type Publication = {
  readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly version: number; readonly words: ListingWords;
  readonly on: IsoDate; readonly at: Instant; readonly by: Sayer; readonly changeId: string; readonly parts: readonly string[]; readonly event: AuditDraft;
};

/** A sealed message for the outbox. */
export type SealedMessage = { readonly id: string; readonly kind: string; readonly sealed: string };

/** A report ready to be written, with everything that must stand or fall with it. */
export type ReportIntake = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly reference: string; readonly topic: ReportTopic;
  readonly sealedWords: string; readonly sealedPhone: string | null; readonly at: Instant; readonly event: AuditDraft; readonly messages: readonly SealedMessage[];
};

/** What listings need of storage. */
export interface ListingStore {
  find(jurisdiction: JurisdictionCode, institution: string): Promise<Listing>;
  findPhoto(jurisdiction: JurisdictionCode, institution: string, photo: string): Promise<Photo | undefined>;
  /** Writes words, history, event and the raised revision in one transaction; 'changed-meanwhile' when the version has moved. */
  publish(publication: Publication): Promise<'saved' | 'changed-meanwhile'>;
  /** Takes a report in, once: the same id again answers what was taken the first time. */
  takeReport(intake: ReportIntake): Promise<{ readonly kind: 'taken' | 'taken-before'; readonly report: TakenReport } | { readonly kind: 'reference-taken' }>;
  findReport(jurisdiction: JurisdictionCode, institution: string, reference: string): Promise<TakenReport | undefined>;
}

/** A report as those who answer it know it; words and phone are still sealed ('' and null: forgotten). */
export type HandledReport = {
  readonly id: string; readonly institution: string; readonly reference: string; readonly topic: ReportTopic; readonly state: ReportState; readonly version: number; readonly at: Instant;
  readonly sealedWords: string; readonly sealedPhone: string | null; readonly notes: readonly ReportNote[];
};

/** What answering reports needs of storage. */
export interface ReportStore {
  /** Of a place, or of one institution: open ones first, the oldest first; then the latest that are settled. */
  reports(jurisdiction: JurisdictionCode, institution: string | null): Promise<readonly HandledReport[]>;
  report(jurisdiction: JurisdictionCode, id: string): Promise<HandledReport | undefined>;
  settleReport(next: HandledReport, seen: number, at: Instant, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
  /** Writes an event alone. */
  note(event: AuditDraft): Promise<void>;
}

/** Keys and chance for reports, made outside the domain. */
export interface ReportSeals {
  newId(): string;
  newReference(): string;
  sealWords(reportId: string, report: Pick<CorrectionReport, 'topic' | 'right'>): string;
  sealPhone(reportId: string, phone: string): string;
  sealMessage(messageId: string, message: unknown): string;
}
