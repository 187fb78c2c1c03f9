import { addDays, dayOf, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { EnrolmentCode } from '#domain/booking/model.ts';
import type { DeskDeps } from '#domain/booking/deps.ts';
import type { Desk } from '#domain/booking/staff.ts';

/** Longest a code may hold: a year, as the health check of a child is renewed at least yearly. */
const longestDays = 366;

const event = (deps: DeskDeps, desk: Desk, kind: string, code: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.seals.newId(), jurisdiction: desk.jurisdiction, at: deps.now(), kind, actor: desk.actor, objectKind: 'enrolment-code', objectId: code, detail });

/** 发建档码: after the institution has seen the papers. The code is shown once, to be handed over; whom it was given to stands on the institution's paper. The same `key` sent twice issues one code, as first asked. */
export async function issueEnrolmentCode(deps: DeskDeps, desk: Desk, validUntil: IsoDate, key?: string): Promise<Outcome<{ readonly code: string; readonly enrolment: EnrolmentCode }, 'not-an-institution' | 'range'>> {
  if (desk.host.kind !== 'institution') return refused('not-an-institution');
  const today = dayOf(deps.now());
  if (validUntil < today || validUntil > addDays(today, longestDays)) return refused('range');
  const code = deps.seals.newEnrolmentCode(key === undefined ? undefined : `${desk.host.id}|${desk.actor}|${key}`);
  const enrolment: EnrolmentCode = { id: deps.seals.newId(), jurisdiction: desk.jurisdiction, institution: desk.host.id, issuedOn: today, validUntil, seenOn: today, state: 'active', version: 1 };
  const issued = await deps.desk.issueEnrolment(enrolment, deps.seals.hashEnrolmentCode(desk.host.id, code), event(deps, desk, 'enrolment-code-issued', enrolment.id, { validUntil }));
  return done({ code, enrolment: issued });
}

/** 建档码 of the institution that have not run out, newest first; the codes themselves are kept nowhere. */
export const enrolmentCodes = (deps: DeskDeps, desk: Desk): Promise<readonly EnrolmentCode[]> => deps.desk.enrolmentsOf(desk.host.id, dayOf(deps.now()));

/** 作废建档码: care booked with it stands; from now on it is asked for anew. */
export async function revokeEnrolmentCode(deps: DeskDeps, desk: Desk, id: string): Promise<Outcome<EnrolmentCode, 'not-found' | 'changed-meanwhile'>> {
  const found = await deps.store.findEnrolmentById(id);
  if (!found || found.institution !== desk.host.id) return refused('not-found');
  if (found.state === 'revoked') return done(found);
  const saved = await deps.desk.revokeEnrolment(found, event(deps, desk, 'enrolment-code-revoked', id, {}));
  return saved === 'saved' ? done({ ...found, state: 'revoked', version: found.version + 1 }) : refused('changed-meanwhile');
}
