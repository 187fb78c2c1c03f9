import { dayOf } from '#domain/shared/dates.ts';
import { ownSite } from '#server/listingPages.ts';
import { reportActorOf } from '#server/listingReportPages.ts';
import type { DueQueue } from '#server/pages/dues.ts';
import { listingDeskText } from '#text/listingDesk.ts';
import { listingReviewText } from '#text/listingReview.ts';
import { reportDeskText } from '#text/report.ts';

const reviews: DueQueue['dueOf'] = async (app, { place }) => {
  const [drafts, names] = [await app.listingDrafts.waiting(place.code), new Map((await app.accounts.institutionNames(place.code)).map(({ id, name }) => [id, name]))];
  return { items: await Promise.all(drafts.map(async ({ id, institution, submitted }) => ({ on: submitted && dayOf(submitted.at), subdistrict: await app.directory.subdistrictOf(place.code, institution) ?? null, name: names.get(institution) ?? '', href: `/office/listings/${id}/` }))) };
};

const reports: DueQueue['dueOf'] = async (app, signedIn) => {
  const actor = reportActorOf(signedIn);
  const open = (await app.listingReports.list(actor)).filter(({ state }) => state === 'received' || (state === 'checked' && actor.side === 'authority'));
  return { items: await Promise.all(open.map(async ({ id, institution, reference, at }) => ({ on: dayOf(at), subdistrict: await app.directory.subdistrictOf(signedIn.place.code, institution) ?? null, name: reference, href: actor.side === 'authority' ? `/office/reports/${id}/` : '/portal/reports/' }))) };
};

/** What came back from review and waits for the institution. */
const returned: DueQueue['dueOf'] = async (app, signedIn) => {
  const site = ownSite(signedIn);
  const work = site && await app.listingDrafts.work(site.actor, site.institution);
  return { items: work?.draft?.state === 'returned' && work.draft.decided ? [{ on: dayOf(work.draft.decided.at), subdistrict: null, name: listingDeskText.returned, href: '/portal/listing/' }] : [] };
};

/** 展示信息 and 信息有误 on the start pages. */
export const listingQueues: readonly DueQueue[] = [
  { key: 'listings', desk: 'office', href: '/office/listings/', permission: 'listing.review', day: 'since', title: listingReviewText.title, what: listingReviewText.intro, dueOf: reviews },
  { key: 'reports', desk: 'office', href: '/office/reports/', permission: 'correction.handle', day: 'since', title: reportDeskText.title, what: reportDeskText.intro, dueOf: reports },
  { key: 'returned', desk: 'portal', href: '/portal/listing/', permission: 'listing.edit', day: 'since', title: listingDeskText.title, what: listingDeskText.returned, dueOf: returned },
  { key: 'reports', desk: 'portal', href: '/portal/reports/', permission: 'correction.handle', day: 'since', title: reportDeskText.title, what: reportDeskText.ownIntro, dueOf: reports },
];
