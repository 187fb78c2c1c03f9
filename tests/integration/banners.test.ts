import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Banner } from '#domain/banners/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { makeBanners } from '#server/banners.ts';
import { newId } from '#storage/ids.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const start = Date.parse('2026-11-23T10:00:00+08:00');
const [here, there] = [aPlace('hebei'), aPlace('zezhou')];
const actor = { actor: 'account-of-the-test', jurisdiction: jurisdictionCode.parse('120105') };

describe.each(engines)('公告 on $engine', ({ open }) => {
  let opened: Opened | undefined;
  const storage = () => { if (!opened) throw new Error('not opened'); return opened.storage; };
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened?.leave());

  test('shows at once, elsewhere when read again, and is gone at its end without anybody doing anything', async () => {
    let at: Instant = instant.parse(start);
    const [one, other] = await Promise.all([0, 1].map(() => makeBanners(storage(), [here, there], () => at, () => undefined)));
    if (!one || !other) throw new Error('not made');
    const what: Pick<Banner, 'id' | 'kind' | 'words' | 'link' | 'until'> = { id: newId(), kind: 'weather', words: '示例大雪停课', link: null, until: instant.parse(start + 3_600_000) };
    await one.publish(actor, here.code, what);
    await one.publish(actor, here.code, what); // pressed twice
    expect([one.bannerOf('hebei')?.html.includes('示例大雪停课'), one.bannerOf('zezhou'), other.bannerOf('hebei')]).toEqual([true, undefined, undefined]);
    await other.refresh();
    expect(other.bannerOf('hebei')?.stamp).toBe(one.bannerOf('hebei')?.stamp);
    expect(await one.list(here.code)).toHaveLength(1);
    at = instant.parse(start + 3_600_000);
    expect([one.bannerOf('hebei'), other.bannerOf('hebei')]).toEqual([undefined, undefined]);
    expect(await one.end(actor, { id: what.id, scope: here.code, version: 1 })).toBe(false);
    const everywhere = { ...what, id: newId(), until: instant.parse(start + 7_200_000) };
    await one.publish(actor, '*', everywhere);
    expect([one.bannerOf('zezhou') !== undefined, one.bannerOf(undefined) !== undefined]).toEqual([true, true]);
    expect(await one.end(actor, { id: everywhere.id, scope: here.code, version: 1 })).toBe(false); // not this office's
    expect(await one.end(actor, { id: everywhere.id, scope: '*', version: 1 })).toBe(true);
    expect(one.bannerOf('zezhou')).toBeUndefined();
    const events = await storage().read.selectFrom('audit_event').select('kind').where('object_kind', '=', 'banner').orderBy('seq').execute();
    expect(events.map(({ kind }) => kind)).toEqual(['banner-published', 'banner-published', 'banner-ended']);
    await Promise.all([one.stop(), other.stop()]);
  });

  test('暂停受理 ends by itself, or when it is ended', async () => {
    let at: Instant = instant.parse(start);
    const banners = await makeBanners(storage(), [here], () => at, () => undefined);
    expect(banners.isReadOnly()).toBe(false);
    await banners.close(actor, 1);
    expect(banners.isReadOnly()).toBe(true);
    at = instant.parse(start + 3_600_000);
    expect(banners.isReadOnly()).toBe(false);
    await banners.close(actor, 4);
    await banners.open(actor);
    expect(banners.isReadOnly()).toBe(false);
    await banners.stop();
  });
});
