import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { callStore } from '#storage/callRows.ts';
import { newId } from '#storage/ids.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [hebei, zezhou] = [jurisdictionCode.parse('120105'), jurisdictionCode.parse('140525')];

describe.each(engines)('已通知比例 by cause on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened.leave());

  test('each cause by itself; courtesy calls, old ones and another place\'s are not counted; together they are the total', async () => {
    const row = (kind: string, state: string, change: object = {}) => ({
      id: newId(), jurisdiction_code: hebei, kind, sealed: 'x', institution_id: null, subdistrict_code: null, needed: 1, due_at: 2_000, office_at: 2_000, state, version: 1, tries: 0, worked_by: state === 'open' ? null : 'account', worked_at: state === 'open' ? null : 2_500, ...change,
    });
    await opened.storage.write(async (tx) => {
      await tx.insertInto('call_row').values([
        row('institution-suspended', 'told'), row('institution-suspended', 'told'), row('institution-suspended', 'open'), row('offer-made', 'notReached'), row('offer-made', 'changed'),
        row('offer-made', 'told', { needed: 0 }), row('offer-made', 'told', { due_at: 500 }), row('reminder', 'told', { jurisdiction_code: zezhou }),
      ]).execute();
    });
    const store = callStore(opened.storage);
    expect(new Map(await store.reachedByCause(hebei, instant.parse(1_000)))).toEqual(new Map([
      ['institution-suspended', { told: 2, changed: 0, notReached: 0, open: 1 }], ['offer-made', { told: 0, changed: 1, notReached: 1, open: 0 }],
    ]));
    expect(await store.reached(hebei, instant.parse(1_000))).toEqual({ told: 2, changed: 1, notReached: 1, open: 1 });
  });
});
