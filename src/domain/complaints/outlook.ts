import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { ComplaintDeps } from '#domain/complaints/deps.ts';
import type { ComplaintRequest } from '#domain/complaints/model.ts';
import { assign, clockView, fromSite, isKnownTopic } from '#domain/complaints/submit.ts';
import type { ComplaintReceipt } from '#domain/complaints/views.ts';

export type OutlookAsked = Pick<ComplaintRequest, 'kind' | 'subject' | 'topic' | 'institutionId' | 'subdistrict' | 'happenedOn' | 'happenedUntil'>;
/** 谁会看到、多久答复: what a receipt says beside its numbers. */
export type ComplaintOutlook = Omit<ComplaintReceipt, 'reference' | 'queryCode'>;

/** Who would have a complaint and by when, were it received now; nothing is written. */
export async function complaintOutlook(deps: ComplaintDeps, jurisdiction: JurisdictionCode, asked: OutlookAsked): Promise<ComplaintOutlook> {
  const place = deps.placeOf(jurisdiction);
  const institution = asked.institutionId === undefined ? undefined : await deps.store.findInstitution(jurisdiction, asked.institutionId);
  const topic = isKnownTopic(place, asked) ? asked.topic ?? null : null;
  const { assignment, clock } = assign(deps, place, { ...asked, topic }, institution, fromSite);
  return clockView(deps, place, { assignment, clock, subject: asked.subject, kind: asked.kind, subdistrict: asked.subdistrict ?? institution?.subdistrict ?? null, keepUntil: deps.rules.keepUntil(asked.subject, asked.happenedUntil ?? asked.happenedOn ?? null) });
}
