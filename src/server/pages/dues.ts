import type { Permission } from '#domain/accounts/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { fullDayText } from '#text/dates.ts';
import { dueText as words } from '#text/dues.ts';

/** One thing that waits: since when, or by when, it is to be done (null: nobody can say), in which street, and where it is worked on. No name of a person. */
export type DueItem = { readonly on: IsoDate | null; readonly subdistrict: string | null; readonly name: string; readonly href: string };

/**
 * A queue on a start page. `href` is that of an entry in `deskEntries`, whose title and line it bears; a queue without a page of its own
 * (`/office/due/?queue=<key>`) brings both. `total` where not every item was read.
 */
export type DueQueue = {
  readonly key: string; readonly desk: 'portal' | 'office'; readonly href: string; readonly permission: Permission; readonly day: 'due' | 'since';
  readonly title: string; readonly what: string;
  readonly dueOf: (app: App, signedIn: SignedIn) => Promise<{ readonly items: readonly DueItem[]; readonly total?: number }>;
};

/** A queue as read for one account. */
export type ReadQueue = Pick<DueQueue, 'key' | 'href' | 'title' | 'what' | 'day'> & { readonly items: readonly DueItem[]; readonly total: number };

/** Reads the queues of a desk that the account may work on, in their order; empty ones too. */
export async function readQueues(app: App, signedIn: SignedIn, desk: DueQueue['desk'], queues: readonly DueQueue[]): Promise<readonly ReadQueue[]> {
  const mine = queues.filter((queue) => queue.desk === desk && signedIn.may(queue.permission));
  return Promise.all(mine.map(async ({ key, href, title, what, day, dueOf }) => {
    const { items, total } = await dueOf(app, signedIn);
    return { key, href, title, what, day, items, total: total ?? items.length };
  }));
}

/** The earliest day of some items; null where none has a day. */
export const oldestOf = (items: readonly Pick<DueItem, 'on'>[]): IsoDate | null => items.reduce<IsoDate | null>((oldest, { on }) => (on !== null && (oldest === null || on < oldest) ? on : oldest), null);

/** How urgent a queue is: 0 over its day, 1 today, 2 waiting. */
const rankOf = ({ day, items }: Pick<ReadQueue, 'day' | 'items'>, today: IsoDate): 0 | 1 | 2 => {
  const oldest = oldestOf(items);
  if (day === 'since' || oldest === null || oldest > today) return 2;
  return oldest < today ? 0 : 1;
};

/** Queues with work in them: those over their day first, then by their oldest day; one without days last. */
export const inOrder = (queues: readonly ReadQueue[], today: IsoDate): readonly ReadQueue[] => queues.filter(({ total }) => total > 0).map((queue) => ({ queue, rank: rankOf(queue, today), oldest: oldestOf(queue.items) ?? '9999' }))
  .toSorted((one, other) => one.rank - other.rank || (one.oldest < other.oldest ? -1 : one.oldest > other.oldest ? 1 : 0)).map(({ queue }) => queue);

/** Number and oldest day of a queue in words. */
export function queueWords(queue: Pick<ReadQueue, 'day' | 'items' | 'total'>, today: IsoDate) {
  const oldest = oldestOf(queue.items);
  const late = queue.day === 'due' ? queue.items.filter(({ on }) => on !== null && on < today).length : 0;
  const tone = (['red', 'amber', 'plain'] as const)[rankOf(queue, today)];
  const when = oldest === null ? null : queue.day === 'since' ? words.since(fullDayText(oldest)) : oldest === today ? words.dueToday : oldest < today ? words.overdue(fullDayText(oldest)) : words.dueBy(fullDayText(oldest));
  return { count: words.count(queue.total), when, late: late > 0 ? words.late(late) : null, tone };
}

/** What waits in each street, the one with the oldest day first; what belongs to no street last. */
export function byStreet(queues: readonly ReadQueue[], nameOf: ReadonlyMap<string, string>) {
  const all = queues.flatMap((queue) => queue.items.map((item) => ({ queue, item })));
  return [...Map.groupBy(all, ({ item }) => item.subdistrict ?? '')].map(([code, rows]) => {
    const oldest = oldestOf(rows.map(({ item }) => item));
    const parts = [...Map.groupBy(rows, ({ queue }) => queue.title)].map(([title, theirs]) => words.part(title, theirs.length));
    return { code, name: code === '' ? words.noStreet : nameOf.get(code) ?? code, count: rows.length, oldest, parts };
  }).toSorted((one, other) => Number(one.code === '') - Number(other.code === '') || ((one.oldest ?? '9999') < (other.oldest ?? '9999') ? -1 : (one.oldest ?? '9999') > (other.oldest ?? '9999') ? 1 : other.count - one.count));
}
