import { leadActorOf } from '#server/leads.ts';
import type { DueQueue } from '#server/pages/dues.ts';
import { leadsText } from '#text/leads.ts';

/** 摸排线索 on the office's start page: those nobody has seen to the end. */
export const leadQueues: readonly DueQueue[] = [
  {
    key: 'leads', desk: 'office', href: '/office/leads/', permission: 'lead.write', day: 'since', title: leadsText.title, what: leadsText.intro,
    dueOf: async (app, signedIn) => {
      const { leads, total } = await app.leads.list(leadActorOf(signedIn), { isOpen: true, most: 500 });
      return { items: leads.map(({ id, name, foundOn, subdistrict }) => ({ on: foundOn, subdistrict, name, href: `/office/leads/${id}/` })), total };
    },
  },
];
