import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openingKinds } from '#domain/audit/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { auditReader } from '#storage/auditRows.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const places = ['120105', '140525'].map((code) => jurisdictionCode.parse(code));
const day = 86_400_000;
const start = Date.parse('2026-11-01T00:00:00+08:00');
const anEvent = fc.record({
  place: fc.constantFrom(...places), actor: fc.constantFrom('parent', 'a-1', 'a-2', 'a-3'), kind: fc.constantFrom(...openingKinds, 'booking-made', 'case-answer'), reason: fc.constantFrom('callBack', 'evidence', null), after: fc.integer({ min: 0, max: 40 * day }),
});

describe.each(engines)('the record of what was done on $engine', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => { opened = await open(); });
  afterAll(async () => { await opened.leave(); });

  test('openings of a month, and events by account and kind, are those a count by hand finds', async () => {
    const written = fc.sample(anEvent, { numRuns: 300, seed: 20261123 });
    for (const { place, actor, kind, reason, after } of written) {
      await opened.storage.write((tx) => appendAudit(tx, { id: newId(), jurisdiction: place, at: instant.parse(start + after), kind, actor, objectKind: 'x', objectId: 'y', detail: reason === null ? {} : { reason } }));
    }
    const reader = auditReader(opened.storage);
    const [from, to] = [instant.parse(start), instant.parse(start + 30 * day)];
    for (const place of places) {
      const within = written.filter((one) => one.place === place && one.after < 30 * day);
      const tally = new Map<string, number>();
      for (const { actor, kind, reason } of within) if (openingKinds.some((one) => one === kind)) tally.set(`${actor}|${kind}|${String(reason)}`, (tally.get(`${actor}|${kind}|${String(reason)}`) ?? 0) + 1);
      const found = await reader.openings(place, from, to);
      expect(new Map(found.map(({ actor, kind, reason, count }) => [`${actor}|${kind}|${String(reason)}`, count]))).toEqual(tally);

      for (const [actor, openingsOnly] of [[null, false], ['a-2', false], [null, true], ['a-1', true]] as const) {
        const wanted = within.filter((one) => (actor === null || one.actor === actor) && (!openingsOnly || openingKinds.some((kind) => kind === one.kind)));
        const read = [];
        for (let before: number | null = null; ;) {
          const page = await reader.events(place, { from, to, actor, openingsOnly }, before, 37);
          read.push(...page);
          if (page.length < 37) break;
          before = page.at(-1)?.seq ?? 0;
        }
        expect(read.map(({ seq }) => seq), 'newest first, each once').toEqual(read.map(({ seq }) => seq).toSorted((one, other) => other - one));
        expect(new Set(read.map(({ id }) => id)).size).toBe(wanted.length);
      }
    }
  });
});
