import type { Subject } from '#domain/jurisdiction/model.ts';
import type { SubdistrictCode } from '#domain/shared/codes.ts';
import { refused, type Outcome } from '#domain/shared/outcome.ts';
import type { CaseDesk, CaseDeps } from '#domain/complaints/deps.ts';
import type { Assignment, CaseClock, EnteredCase } from '#domain/complaints/model.ts';
import { assign, fromSite, submitComplaint, type SubmitOutcome } from '#domain/complaints/submit.ts';

export type EnterOutcome = SubmitOutcome | Outcome<never, 'not-allowed' | 'not-your-street'>;

/** 代为登记: a case somebody told by telephone, in person or through another channel; the same receipt, to be read out. A street writes down what lies in it. */
export async function enterCase(deps: CaseDeps, desk: CaseDesk, key: string, entered: EnteredCase): Promise<EnterOutcome> {
  if (!desk.may('complaint.intake')) return refused('not-allowed');
  const { channel, externalNumber, externalDeadline, severalLaws = false, ...request } = entered;
  const isStreet = desk.subdistrict !== null && !desk.may('complaint.assign');
  const institution = request.institutionId === undefined ? undefined : await deps.store.findInstitution(desk.jurisdiction, request.institutionId);
  const subdistrict = request.subdistrict ?? institution?.subdistrict ?? desk.subdistrict;
  if (isStreet && subdistrict !== desk.subdistrict) return refused('not-your-street');
  return submitComplaint(deps, desk.jurisdiction, key, { ...request, ...(subdistrict === null ? {} : { subdistrict }) }, [], {
    channel, externalNumber: externalNumber === undefined || externalNumber === '' ? null : externalNumber, externalDeadline: externalDeadline ?? null, actor: desk.actor, severalLaws,
  });
}

export type CaseQuestion = { readonly subject: Subject; readonly topic?: string | undefined; readonly institutionId?: string | undefined; readonly subdistrict?: SubdistrictCode | undefined };

/** 预计分派: who would have a case and by when, were it received now. */
export async function previewCase(deps: CaseDeps, desk: CaseDesk, asked: CaseQuestion): Promise<{ readonly assignment: Assignment; readonly clock: CaseClock }> {
  const institution = asked.institutionId === undefined ? undefined : await deps.store.findInstitution(desk.jurisdiction, asked.institutionId);
  const { assignment, clock } = assign(deps, deps.placeOf(desk.jurisdiction), { kind: 'complaint', subject: asked.subject, topic: asked.topic ?? null, subdistrict: asked.subdistrict }, institution, fromSite);
  return { assignment, clock };
}
