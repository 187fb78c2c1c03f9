import { freePlacesHoldDays } from '#domain/directory/places.ts';
import { countDueOn, countMonthOf } from '#domain/counts/rules.ts';
import { addDays, dayOf, isoDate } from '#domain/shared/dates.ts';
import { institutionDesk } from '#server/bookingDeskMoves.ts';
import { callActorOf } from '#server/callPages.ts';
import { caseDeskOf } from '#server/cases.ts';
import { countActorOf } from '#server/counts.ts';
import type { DueQueue } from '#server/pages/dues.ts';
import { dueText as words } from '#text/dues.ts';

const requests: DueQueue['dueOf'] = async (app, signedIn) => {
  const desk = institutionDesk(signedIn);
  const rows = desk ? await app.desk.requests(desk) : [];
  return { items: rows.map(({ id, reference, slot }) => ({ on: isoDate.parse(slot.startsAt.slice(0, 10)), subdistrict: null, name: reference, href: `/portal/bookings/${id}/` })) };
};

const freePlaces: DueQueue['dueOf'] = async (app, { account, place }) => {
  const of = account.institution === null ? undefined : await app.freePlaces.find({ account: account.id, jurisdiction: place.code, institution: account.institution });
  if (!of || of.bands.length === 0) return { items: [] };
  const last = of.bands.flatMap(({ confirmedOn }) => confirmedOn ?? []).toSorted().at(-1);
  const on = last === undefined ? null : addDays(last, freePlacesHoldDays);
  // Asked after two days before the number fades, as the monthly letter does.
  return { items: on !== null && addDays(on, -2) > app.today() ? [] : [{ on, subdistrict: null, name: words.freePlaces, href: '/portal/places/' }] };
};

const counts: DueQueue['dueOf'] = async (app, signedIn) => {
  const actor = countActorOf(signedIn);
  if (actor?.side !== 'institution' || !(await app.counts.find(actor, actor.institution))) return { items: [] };
  const month = countMonthOf(app.today());
  const held = (await app.counts.ofInstitution(actor.jurisdiction, actor.institution)).find((one) => one.month === month);
  return { items: held?.by === 'institution' ? [] : [{ on: countDueOn(month, app.counts.terms.dueDay), subdistrict: null, name: words.counts, href: '/portal/count/' }] };
};

const calls: DueQueue['dueOf'] = async (app, signedIn) => {
  const actor = callActorOf(signedIn);
  const rows = actor ? await app.callList.openRows(actor) : [];
  return { items: rows.filter(({ row }) => row.needed).map(({ row, subject }) => ({ on: dayOf(row.dueAt), subdistrict: null, name: subject.reference, href: '/portal/calls/' })) };
};

const letters: DueQueue['dueOf'] = async (app, signedIn) => ({
  items: (await app.cases.forwarded(caseDeskOf(signedIn))).filter(({ reply }) => reply === null).map(({ replyBy }) => ({ on: replyBy, subdistrict: null, name: words.letters, href: '/portal/cases/' })),
});

/** 机构工作台's queues that are here from the beginning. */
export const portalQueues: readonly DueQueue[] = [
  { key: 'letters', desk: 'portal', href: '/portal/cases/', permission: 'complaint.reply', day: 'due', title: words.letters, what: words.lettersWhat, dueOf: letters },
  { key: 'requests', desk: 'portal', href: '/portal/bookings/', permission: 'bookings.read', day: 'due', title: words.requests, what: words.requestsWhat, dueOf: requests },
  { key: 'calls', desk: 'portal', href: '/portal/calls/', permission: 'calls.work', day: 'since', title: words.calls, what: words.callsWhat, dueOf: calls },
  { key: 'places', desk: 'portal', href: '/portal/places/', permission: 'listing.edit', day: 'due', title: words.freePlaces, what: words.ownPlacesWhat, dueOf: freePlaces },
  { key: 'counts', desk: 'portal', href: '/portal/count/', permission: 'count.report', day: 'due', title: words.counts, what: words.ownCountsWhat, dueOf: counts },
];
