import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { deskOf, entriesOf } from '#server/pages/desk.ts';
import { dueQueues } from '#server/pages/dueQueues.ts';
import { byStreet, inOrder, oldestOf, queueWords, readQueues, type DueItem, type ReadQueue } from '#server/pages/dues.ts';
import { fullDayText } from '#text/dates.ts';
import { dueText as words } from '#text/dues.ts';

const streetHref = (code: string): string => `/office/due/?street=${code === '' ? 'none' : code}`;

/** 工作台 and 办公室 start page: queues with work in them, oldest first, what waits in each street, and everything else one may do. */
export async function startView(app: App, signedIn: SignedIn) {
  const desk = deskOf(signedIn);
  const today = app.today();
  const due = inOrder(await readQueues(app, signedIn, desk, dueQueues), today);
  const busy = new Set(due.map(({ href }) => href));
  const nameOf = new Map<string, string>(signedIn.place.subdistricts.map(({ code, name }) => [code, name]));
  const streets = desk === 'office' && signedIn.account.subdistrict === null ? byStreet(due, nameOf) : [];
  return {
    due: due.map((queue) => ({ href: queue.href, title: queue.title, what: queue.what, ...queueWords(queue, today) })),
    streets: streets.map(({ code, name, count, oldest, parts }) => ({ href: streetHref(code), name, count: words.count(count), oldest: oldest === null ? null : words.oldest(fullDayText(oldest)), parts: parts.join('，') })),
    rest: entriesOf(signedIn).filter(({ href }) => !busy.has(href)),
  };
}

const mostListed = 300;
const rowOf = (queue: ReadQueue, item: DueItem, nameOf: ReadonlyMap<string, string>, today: string) => ({
  href: item.href, name: item.name, queue: queue.title, street: item.subdistrict === null ? words.noStreet : nameOf.get(item.subdistrict) ?? item.subdistrict,
  when: item.on === null ? words.noDay : queue.day === 'since' ? words.rowSince(fullDayText(item.on)) : item.on < today ? words.rowOver(fullDayText(item.on)) : words.rowDue(fullDayText(item.on)),
});

/** What waits, one by one, oldest first: of one queue or one street, as the address asks; undefined when it asks for neither that there is. */
export async function dueListView(app: App, signedIn: SignedIn, parameters: URLSearchParams) {
  const [asked, street, today] = [parameters.get('queue'), parameters.get('street'), app.today()];
  const nameOf = new Map<string, string>(signedIn.place.subdistricts.map(({ code, name }) => [code, name]));
  const chosen = dueQueues.filter(({ key }) => asked === null || key === asked);
  const queues = await readQueues(app, signedIn, 'office', chosen);
  const code = street === 'none' ? null : street;
  const where = street === null ? null : code === null ? words.noStreet : nameOf.get(code);
  if ((asked === null && street === null) || queues.length === 0 || where === undefined) return undefined;
  const found = queues.flatMap((queue) => queue.items.filter(({ subdistrict }) => street === null || subdistrict === code).map((item) => ({ queue, item })))
    .toSorted((one, other) => ((one.item.on ?? '9999') < (other.item.on ?? '9999') ? -1 : 1));
  const oldest = oldestOf(found.map(({ item }) => item));
  const one = queues[0];
  return {
    title: where ?? one?.title ?? '', what: asked === null ? words.streetWhat : one?.what ?? '', total: words.count(found.length), oldest: oldest === null ? null : words.oldest(fullDayText(oldest)),
    withQueue: asked === null, withStreet: street === null, more: found.length > mostListed ? words.more(mostListed) : null, rows: found.slice(0, mostListed).map(({ queue, item }) => rowOf(queue, item, nameOf, today)),
  };
}
