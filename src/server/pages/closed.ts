import { closedWithoutRefund } from '#domain/complaints/model.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { closedText as words } from '#text/closed.ts';

/** 关停: who answers for fees not paid back here, where to write it down, and where one's booking is found; of an institution that has ended. */
export async function closedView(app: Pick<App, 'complaints'>, place: Jurisdiction, { id, credential }: Pick<Institution, 'id' | 'credential'>) {
  const base = `/${place.slug}/`;
  const { leadDepartment, jointDepartments } = await app.complaints.outlook(place.code, { kind: 'complaint', subject: 'fee', topic: closedWithoutRefund, institutionId: id });
  const isMerged = place.document.status === 'areaAbolished';
  const named = leadDepartment ? words.lead(leadDepartment.name) : jointDepartments.length > 0 ? words.joint(jointDepartments.map(({ name }) => name)) : words.nobody;
  return {
    /** Missing from a list says nothing of money: only a filing that ended or stands suspended does. */
    isEnded: credential.state === 'withdrawn' || credential.state === 'suspended',
    who: isMerged ? words.merged : named, write: isMerged ? null : `${base}complaints/new/?kind=complaint&subject=closed&institution=${id}`, duties: `${base}duties/`,
    find: credential.state === 'withdrawn' ? `${base}bookings/find/` : null, list: `${base}institutions/?free=1`,
  };
}
