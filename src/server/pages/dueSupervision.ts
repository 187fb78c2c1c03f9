import { matterTitle } from '#server/pages/supervision.ts';
import type { DueQueue } from '#server/pages/dues.ts';
import { supervisionActorOf } from '#server/supervision.ts';
import { supervisionText as words } from '#text/supervision.ts';

const dueOf = (href: (institution: string) => string, isOwn: boolean): DueQueue['dueOf'] => async (app, signedIn) => {
  const actor = supervisionActorOf(signedIn);
  const things = actor ? await app.supervision.due(actor) : [];
  return {
    items: things.filter(({ standing }) => isOwn || standing === 'overdue').map(({ institution, kind, key, year, dueOn }) => {
      const what = words.dueName(matterTitle(app.supervision.rules, kind, key), year);
      return { on: dueOn, subdistrict: institution.subdistrict, name: isOwn ? what : `${institution.name}：${what}`, href: href(institution.id) };
    }),
  };
};

/** 监督 on the start pages: the office's overdue institutions, an institution's own duties that are due. */
export const supervisionQueues: readonly DueQueue[] = [
  { key: 'supervision', desk: 'office', href: '/office/supervision/', permission: 'supervision.read', day: 'due', title: words.queueOverdue, what: words.queueWhat, dueOf: dueOf((id) => `/office/supervision/${id}/`, false) },
  { key: 'supervision', desk: 'portal', href: '/portal/supervision/', permission: 'supervision.report', day: 'due', title: words.portalTitle, what: words.portalQueueWhat, dueOf: dueOf(() => '/portal/supervision/', true) },
];
