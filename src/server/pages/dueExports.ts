import { mayAnswer, standingOf } from '#domain/exports/rules.ts';
import { addDays, dayOf, instantAt } from '#domain/shared/dates.ts';
import { exportActorOf } from '#server/exports.ts';
import type { DueQueue } from '#server/pages/dues.ts';
import { exportKindText, exportsText } from '#text/exports.ts';

/** 批量导出 on the office's start page: what somebody else asked for and nobody answered. */
export const exportQueues: readonly DueQueue[] = [
  {
    key: 'exports', desk: 'office', href: '/office/exports/', permission: 'export.approve', day: 'since', title: exportsText.title, what: exportsText.waiting,
    dueOf: async (app, signedIn) => ({
      items: (await app.exports.list(signedIn.place.code, instantAt(addDays(app.today(), -30), '00:00'))).filter((one) => mayAnswer(exportActorOf(signedIn), one) && standingOf(one, app.now()) === 'asked')
        .map(({ askedAt, kind }) => ({ on: dayOf(askedAt), subdistrict: null, name: exportKindText[kind].name, href: '/office/exports/' })),
    }),
  },
];
