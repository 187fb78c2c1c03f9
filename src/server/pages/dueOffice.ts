// Queues of the office's start page. A queue of another module adds its line to `dueQueues` (dueQueues.ts), and nothing else.
import { freePlacesHoldDays } from '#domain/directory/places.ts';
import { isInForce } from '#domain/directory/model.ts';
import { clocksOf } from '#domain/filing/rules.ts';
import { countDueOn, countMonthOf } from '#domain/counts/rules.ts';
import { addDays, dayOf, type IsoDate } from '#domain/shared/dates.ts';
import { callActorOf } from '#server/callPages.ts';
import { caseDeskOf } from '#server/cases.ts';
import { actorOf } from '#server/pages/filings.ts';
import { endingSoon } from '#server/pages/recognitions.ts';
import { streetOf } from '#server/pages/counts.ts';
import type { DueItem, DueQueue } from '#server/pages/dues.ts';
import { dueText as words } from '#text/dues.ts';
import { monthText } from '#text/dates.ts';

const mostPages = 10;

const cases: DueQueue['dueOf'] = async (app, signedIn) => {
  const items: DueItem[] = [];
  let total = 0;
  for (let page = 1; page <= mostPages; page += 1) {
    const read = await app.cases.queue(caseDeskOf(signedIn), {}, page);
    total = read.total;
    items.push(...read.rows.map(({ complaint, due }) => ({ on: 'on' in due ? due.on : null, subdistrict: complaint.subdistrict, name: complaint.reference, href: `/office/cases/${complaint.id}/` })));
    if (items.length >= total || read.rows.length === 0) break;
  }
  return { items, total };
};

const floods: DueQueue['dueOf'] = async (app, signedIn) => ({
  items: await Promise.all((await app.cases.floods(caseDeskOf(signedIn))).map(async ({ institution, name, count, since }) => ({
    on: dayOf(since), subdistrict: await app.directory.subdistrictOf(signedIn.place.code, institution) ?? null, name: words.floodOf(name, count), href: `/office/cases/?state=all&institution=${institution}`,
  }))),
});

const seconds: DueQueue['dueOf'] = async (app, signedIn) => {
  const actor = actorOf(signedIn);
  const [pending, institutions] = [await app.filings.pending(actor), await app.filings.institutions(actor)];
  const byId = new Map(institutions.map((one) => [one.id, one]));
  return { items: pending.map(({ institution, dueOn }) => ({ on: dueOn, subdistrict: byId.get(institution)?.subdistrict ?? null, name: byId.get(institution)?.name ?? '', href: `/office/filings/${institution}/` })) };
};

const filingClocks: DueQueue['dueOf'] = async (app, signedIn) => {
  const { terms, calendar, institutions } = app.filings;
  const running = (await institutions(actorOf(signedIn))).flatMap((one): readonly DueItem[] => {
    const clocks = clocksOf(one.credential, terms, calendar, app.today());
    return clocks ? [{ on: clocks.receipt.day, subdistrict: one.subdistrict, name: one.name, href: `/office/filings/${one.id}/` }] : [];
  });
  return { items: running };
};

const registrations: DueQueue['dueOf'] = async (app, { place }) => ({
  items: (await app.filings.queues(place.code)).map(({ registration, institution }) => ({ on: registration.on, subdistrict: institution?.subdistrict ?? null, name: registration.name, href: `/office/filings/registrations/${registration.id}/` })),
});

const calls: DueQueue['dueOf'] = async (app, signedIn) => {
  const actor = callActorOf(signedIn);
  const rows = actor ? await app.callList.openRows(actor) : [];
  return { items: rows.filter(({ row }) => row.needed).map(({ row, subject }) => ({ on: dayOf(row.dueAt), subdistrict: row.subdistrict, name: `${subject.reference} ${subject.host.name}`, href: '/office/calls/' })) };
};

const messages: DueQueue['dueOf'] = async (app, { place }) => ({
  items: (await app.callList.deadLetters(place.code)).map(({ deadAt }) => ({ on: dayOf(deadAt), subdistrict: null, name: words.messages, href: '/office/messages/' })),
});

const counts: DueQueue['dueOf'] = async (app, signedIn) => {
  const { place } = signedIn;
  const month = countMonthOf(app.today());
  const on = countDueOn(month, app.counts.terms.dueDay);
  const reported = new Set((await app.counts.ofMonth(place.code, month)).map(({ institution }) => institution));
  const href = (id: string): string => (signedIn.may('count.report') ? `/office/counts/${id}/?month=${month}` : '/office/counts/');
  return { items: (await app.counts.institutions(place.code, streetOf(signedIn))).filter(({ id }) => !reported.has(id)).map((of) => ({ on, subdistrict: of.subdistrict, name: `${of.name} ${monthText(month)}`, href: href(of.id) })) };
};

/** The last day on which an institution's free places held; null where they were never confirmed. */
const heldUntil = (confirmed: readonly (IsoDate | null)[]): IsoDate | null => { const last = confirmed.flatMap((day) => day ?? []).toSorted().at(-1); return last === undefined ? null : addDays(last, freePlacesHoldDays); };

const freePlaces: DueQueue['dueOf'] = async (app, signedIn) => {
  const today = app.today();
  const institutions = await app.filings.institutions(actorOf(signedIn));
  return { items: institutions.filter((one) => isInForce(one.credential) && one.missingSince === null && one.bands.length > 0).flatMap((one): readonly DueItem[] => {
    const on = heldUntil(one.bands.map(({ confirmedOn }) => confirmedOn));
    return on === null || on < today ? [{ on, subdistrict: one.subdistrict, name: one.name, href: `/office/filings/${one.id}/` }] : [];
  }) };
};

const imports: DueQueue['dueOf'] = async (app, { place }) => ({
  items: (await app.importDesk.open(place)).map(({ id, title, preparedAt }) => ({ on: dayOf(preparedAt), subdistrict: null, name: title, href: `/office/import/${id}/` })),
});

const recognitions: DueQueue['dueOf'] = async (app, signedIn) => ({
  items: endingSoon(await app.filings.institutions(actorOf(signedIn)), app.today()).map(({ of, held }) => ({ on: held.until, subdistrict: of.subdistrict, name: of.name, href: `/office/affordable/${of.id}/` })),
});

/** 办公室's queues that are here from the beginning. */
export const officeQueues: readonly DueQueue[] = [
  { key: 'cases', desk: 'office', href: '/office/cases/', permission: 'complaint.read', day: 'due', title: words.cases, what: words.casesWhat, dueOf: cases },
  { key: 'floods', desk: 'office', href: '/office/due/?queue=floods', permission: 'complaint.read', day: 'since', title: words.floods, what: words.floodsWhat, dueOf: floods },
  { key: 'seconds', desk: 'office', href: '/office/due/?queue=seconds', permission: 'filing.read', day: 'due', title: words.seconds, what: words.secondsWhat, dueOf: seconds },
  { key: 'filing-clocks', desk: 'office', href: '/office/due/?queue=filing-clocks', permission: 'filing.read', day: 'due', title: words.clocks, what: words.clocksWhat, dueOf: filingClocks },
  { key: 'registrations', desk: 'office', href: '/office/due/?queue=registrations', permission: 'filing.write', day: 'since', title: words.registrations, what: words.registrationsWhat, dueOf: registrations },
  { key: 'calls', desk: 'office', href: '/office/calls/', permission: 'calls.work', day: 'since', title: words.calls, what: words.callsWhat, dueOf: calls },
  { key: 'counts', desk: 'office', href: '/office/counts/', permission: 'count.read', day: 'due', title: words.counts, what: words.countsWhat, dueOf: counts },
  { key: 'free-places', desk: 'office', href: '/office/due/?queue=free-places', permission: 'filing.read', day: 'due', title: words.freePlaces, what: words.freePlacesWhat, dueOf: freePlaces },
  { key: 'imports', desk: 'office', href: '/office/import/', permission: 'import.prepare', day: 'since', title: words.imports, what: words.importsWhat, dueOf: imports },
  { key: 'recognitions', desk: 'office', href: '/office/affordable/', permission: 'filing.read', day: 'due', title: words.recognitions, what: words.recognitionsWhat, dueOf: recognitions },
  { key: 'messages', desk: 'office', href: '/office/messages/', permission: 'filing.write', day: 'since', title: words.messages, what: words.messagesWhat, dueOf: messages },
];
