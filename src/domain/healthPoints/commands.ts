import type { HealthPointReports, PointReportSeals } from '#domain/healthPoints/ports.ts';
import type { CorrectionReport, ReportTopic, TakenReport } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** What of a health point can be reported wrong. */
export const pointReportTopics: readonly ReportTopic[] = ['contact', 'hours', 'closed', 'other'];

/** What the command needs; `now` is the domain's instant. */
export type PointReportDeps = { readonly reports: HealthPointReports; readonly seals: PointReportSeals; readonly now: () => Instant };

/** 信息有误: takes a report about a health point in, sealed, with its event and a message to the regulator, who keeps the list, in one transaction. */
export async function takePointReport(deps: PointReportDeps, jurisdiction: JurisdictionCode, point: string, report: CorrectionReport): Promise<TakenReport> {
  const { reports, seals } = deps;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const message = seals.newId();
    const result = await reports.take({
      id: report.id, jurisdiction, point, reference: seals.newReference(), topic: report.topic, at: deps.now(),
      message: { id: message, kind: 'correction-reported-regulator', sealed: seals.sealMessage(message, { report: report.id, institution: point, topic: report.topic }) },
      sealedWords: seals.sealWords(report.id, { topic: report.topic, right: report.right }), sealedPhone: report.phone === undefined ? null : seals.sealPhone(report.id, report.phone),
      event: { id: seals.newId(), jurisdiction, at: deps.now(), kind: 'correction-reported', actor: 'parent', objectKind: 'healthPoint', objectId: point, detail: { report: report.id, topic: report.topic, withPhone: report.phone !== undefined } },
    });
    if (result.kind !== 'reference-taken') return result.report;
  }
  throw new Error('no free report reference in three draws');
}
