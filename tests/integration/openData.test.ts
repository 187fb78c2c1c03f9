import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { markPublished, type PublishedNow } from '#storage/publication.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const at = (hour: number): Instant => instant.parse(Date.UTC(2026, 10, 23, hour));
const one = (id: string, digest: string): PublishedNow => ({ id, name: `示例${id}`, digest, since: at(-200) });

describe.each(engines)('发布痕迹 on $engine', ({ open }) => {
  let opened: Opened | undefined;
  const storage = () => { if (!opened) throw new Error('not opened'); return opened.storage; };
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened?.leave());

  test('the first sight of a place takes the days that are known; later changes, goings and returns their own time', async () => {
    const seen = async (hour: number, ...now: readonly PublishedNow[]) =>
      (await markPublished(storage(), '120105', now, at(hour))).map(({ id, listedAt, changedAt, withdrawnAt }) => [id, listedAt, changedAt, withdrawnAt]).toSorted();
    expect(await seen(1, one('a', 'x'), one('b', 'x'))).toEqual([['a', at(-200), at(-200), null], ['b', at(-200), at(-200), null]]);
    expect(await seen(2, one('a', 'x'), one('b', 'x'))).toEqual([['a', at(-200), at(-200), null], ['b', at(-200), at(-200), null]]);
    expect(await seen(3, one('a', 'y'), one('c', 'x'))).toEqual([['a', at(-200), at(3), null], ['b', at(-200), at(3), at(3)], ['c', at(3), at(3), null]]);
    expect(await seen(4, one('a', 'y'), one('c', 'x'))).toEqual([['a', at(-200), at(3), null], ['b', at(-200), at(3), at(3)], ['c', at(3), at(3), null]]);
    expect(await seen(5, one('b', 'x'), one('c', 'x'))).toEqual([['a', at(-200), at(5), at(5)], ['b', at(5), at(5), null], ['c', at(3), at(3), null]]);
  });

  test('several hundred are written, and places do not touch each other', async () => {
    const many = Array.from({ length: 333 }, (_, index) => one(`m${String(index)}`, 'x'));
    expect(await markPublished(storage(), '140525', many, at(1))).toHaveLength(333);
    expect((await markPublished(storage(), '120105', [], at(6))).every(({ withdrawnAt }) => withdrawnAt !== null)).toBe(true);
    expect((await markPublished(storage(), '140525', many, at(7))).every(({ withdrawnAt }) => withdrawnAt === null)).toBe(true);
  });
});
