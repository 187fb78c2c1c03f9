import { pointReportTopics } from '#domain/healthPoints/commands.ts';
import type { HealthPoint } from '#domain/healthPoints/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import type { Typed } from '#server/forms.ts';
import { stepOf, type ReportStep } from '#server/pages/report.ts';
import { reportTopicText } from '#text/report.ts';

/** The topics to choose from for a health point. */
export const pointReportChoices = pointReportTopics.map((topic) => ({ value: topic, label: reportTopicText[topic] }));

/** 信息有误 about a health point: the form, or what became of it; a topic that is only for institutions counts as none. */
export const pointReportStep = (app: App, place: Jurisdiction, point: HealthPoint, typed: Typed | undefined, from: string): Promise<ReportStep> => {
  const isForPoints = pointReportTopics.some((topic) => topic === typed?.['topic']);
  return stepOf(app, typed && !isForPoints ? { ...typed, topic: '' } : typed, from, (report) => app.healthPoints.takeReport(place.code, point.id, report));
};
