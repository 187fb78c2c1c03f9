import { rectificationStanding } from '#domain/inspections/rectification.ts';
import { inspectionActorOf } from '#server/inspections.ts';
import type { DueQueue } from '#server/pages/dues.ts';
import { inspectionText as words } from '#text/inspections.ts';

/** 整改 on the start pages: at the office what is due and what waits to be looked at again, at an institution what it has not reported. */
export const inspectionQueues: readonly DueQueue[] = [
  {
    key: 'inspections', desk: 'office', href: '/office/inspections/', permission: 'supervision.read', day: 'due', title: words.title, what: words.queueWhat,
    dueOf: async (app, signedIn) => ({
      items: (await app.inspections.open(inspectionActorOf(signedIn))).map(({ remedy, institution, on }) => ({ on, subdistrict: institution.subdistrict, name: words.item(remedy.finding, institution.name), href: `/office/inspections/${remedy.inspection}/` })),
    }),
  },
  {
    key: 'inspections', desk: 'portal', href: '/portal/inspections/', permission: 'supervision.report', day: 'due', title: words.portalTitle, what: words.portalQueueWhat,
    dueOf: async (app, { account, place }) => ({
      items: (account.institution === null ? [] : await app.inspections.ofInstitution(place.code, account.institution)).filter((one) => ['due', 'overdue'].includes(rectificationStanding(one, app.today())))
        .map(({ finding, dueOn }) => ({ on: dueOn, subdistrict: null, name: finding, href: '/portal/inspections/' })),
    }),
  },
];
