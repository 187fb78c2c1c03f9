import { z } from 'zod';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { ReportNote, ReportState } from '#domain/listing/model.ts';
import type { HandledReport, ReportStore } from '#domain/listing/ports.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** Where a report may go on from a state; an institution only says that it has looked. */
export const reportMoves = { received: ['checked', 'corrected', 'declined'], checked: ['corrected', 'declined'], corrected: [], declined: [] } as const satisfies Readonly<Record<ReportState, readonly ReportState[]>>;

/** What is written when a report moves on. */
export const reportAnswer = z.strictObject({ to: z.enum(['checked', 'corrected', 'declined'], { error: 'required' }), words: z.string().trim().min(4, 'length').max(300, 'length').refine((text) => !/\d{11,18}/.test(text.normalize('NFKC').replace(/[\s-]/g, '')), 'number') });
export type ReportAnswer = z.infer<typeof reportAnswer>;

export type ReportActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly side: 'institution' | 'authority'; readonly institution: string | null };
export type ReportDeps = { readonly store: ReportStore; readonly now: () => Instant; readonly newId: () => string };

/** Reports of a place, or of the actor's own institution: those that wait first, the oldest of them first. */
export const listReports = ({ store }: Pick<ReportDeps, 'store'>, actor: ReportActor): Promise<readonly HandledReport[]> => store.reports(actor.jurisdiction, actor.institution);

/** A report that is the actor's to see. */
export async function findReport({ store }: Pick<ReportDeps, 'store'>, actor: ReportActor, id: string): Promise<HandledReport | undefined> {
  const found = await store.report(actor.jurisdiction, id);
  return found && (actor.institution === null || actor.institution === found.institution) ? found : undefined;
}

const eventOf = (deps: ReportDeps, actor: ReportActor, kind: string, report: HandledReport, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.newId(), jurisdiction: actor.jurisdiction, at: deps.now(), kind, actor: actor.account, objectKind: 'institution', objectId: report.institution, detail: { report: report.id, ...detail } });

/** Which states an actor may lead a report to. */
export const nextStates = ({ state }: { readonly state: ReportState }, { side }: Pick<ReportActor, 'side'>): readonly ReportState[] => reportMoves[state].filter((to) => side === 'authority' || to === 'checked');

/** 办理一条更正报告: moves it on with a word; once it is settled the phone is forgotten. */
export async function answerReport(deps: ReportDeps, actor: ReportActor, id: string, seen: number, answer: ReportAnswer): Promise<Outcome<HandledReport, 'not-found' | 'changed-meanwhile'>> {
  const report = await findReport(deps, actor, id);
  if (!report) return refused('not-found');
  if (report.version !== seen || !nextStates(report, actor).includes(answer.to)) return refused('changed-meanwhile');
  const at = deps.now();
  const note: ReportNote = { side: actor.side, on: dayOf(at), state: answer.to, words: answer.words };
  const next: HandledReport = { ...report, state: answer.to, version: seen + 1, notes: [...report.notes, note] };
  const saved = await deps.store.settleReport(next, seen, at, eventOf(deps, actor, `correction-${answer.to}`, report, { topic: report.topic, side: actor.side }));
  return saved === 'saved' ? done(next) : refused('changed-meanwhile');
}

/** 看电话: records who looked and why before the sealed phone is handed out; institutions never see one. */
export async function openReportPhone(deps: ReportDeps, actor: ReportActor, id: string, reason: string): Promise<Outcome<string, 'not-found' | 'none'>> {
  const report = actor.side === 'authority' ? await findReport(deps, actor, id) : undefined;
  if (!report) return refused('not-found');
  if (report.sealedPhone === null) return refused('none');
  await deps.store.note(eventOf(deps, actor, 'correction-phone-opened', report, { reason }));
  return done(report.sealedPhone);
}
