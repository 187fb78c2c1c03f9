import type { AuditDraft } from '#domain/audit/model.ts';
import type { HealthPoint } from '#domain/healthPoints/model.ts';
import type { CorrectionReport, ReportTopic, TakenReport } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** A health point as a list gives it, with the line it stands on. */
export type IncomingPoint = { readonly line: number; readonly point: HealthPoint };

/** What a list of health points would do. A point that is not in it is missing, never deleted. */
export type HealthPointDiff = {
  readonly added: readonly HealthPoint[];
  readonly changed: readonly { readonly after: HealthPoint; readonly fields: readonly string[] }[];
  readonly missing: readonly HealthPoint[];
  readonly returned: readonly HealthPoint[];
  readonly same: readonly HealthPoint[];
  /** Points that were there before the list was read. */
  readonly present: number;
};

/** What the domain decides about a list; storage is given it and carries it out. */
export type HealthPointRules = {
  readonly diff: (held: readonly HealthPoint[], rows: readonly IncomingPoint[]) => HealthPointDiff;
  /** Whether so many points are missing that the list must be looked at before it is believed; `share` is the place's. */
  readonly isSuspicious: (diff: Pick<HealthPointDiff, 'missing' | 'present'>, share: number) => boolean;
};

/** A report about a health point, ready to be written with everything that must stand or fall with it. */
export type PointReportIntake = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly point: string; readonly reference: string; readonly topic: ReportTopic;
  readonly sealedWords: string; readonly sealedPhone: string | null; readonly at: Instant; readonly event: AuditDraft; readonly message: { readonly id: string; readonly kind: string; readonly sealed: string };
};

/** What reports about health points need of storage. */
export interface HealthPointReports {
  /** Takes a report in, once: the same id again answers what was taken the first time. */
  take(intake: PointReportIntake): Promise<{ readonly kind: 'taken' | 'taken-before'; readonly report: TakenReport } | { readonly kind: 'reference-taken' }>;
  find(jurisdiction: JurisdictionCode, point: string, reference: string): Promise<TakenReport | undefined>;
}

/** Keys and chance for reports, made outside the domain. */
export interface PointReportSeals {
  newId(): string;
  newReference(): string;
  sealWords(reportId: string, report: Pick<CorrectionReport, 'topic' | 'right'>): string;
  sealPhone(reportId: string, phone: string): string;
  sealMessage(messageId: string, message: unknown): string;
}
