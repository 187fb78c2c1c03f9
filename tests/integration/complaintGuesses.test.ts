import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { makeComplaints } from '#server/complaints.ts';
import { makeLimits } from '#server/limits.ts';
import { newId } from '#storage/ids.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { aComplaint, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { testKeys } from '#tests/builders/demand.ts';

const median = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

test('ten thousand guesses over a thousand numbers, some real: five tries each, none opens, and a real number takes no longer than another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-guesses-'));
  const storage = await openSqlite(join(folder, 'test.sqlite'), Date.now());
  const { deps, close } = await complaintDeps(storage, '2026-11-23T10:00:00+08:00');
  const complaints = makeComplaints(deps, makeLimits(true), testKeys);
  const real: string[] = [];
  for (let count = 0; count < 50; count += 1) {
    const made = await submitComplaint(deps, hebei, newId(), aComplaint());
    if (made.ok) real.push(made.value.receipt.reference);
  }
  const references = [...real, ...Array.from({ length: 950 }, () => deps.seals.newReference())].toSorted();
  const tally = new Map<string, number>();
  const times: { readonly known: number[]; readonly unknown: number[] } = { known: [], unknown: [] };
  for (let round = 0; round < 10; round += 1) {
    for (const reference of references) {
      const began = performance.now();
      const outcome = await complaints.find(hebei, { reference, queryCode: deps.seals.newQueryCode() }, '127.0.0.1');
      if (round < 5) times[real.includes(reference) ? 'known' : 'unknown'].push(performance.now() - began);
      const what = outcome.ok ? 'opened' : outcome.reason;
      tally.set(what, (tally.get(what) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(tally)).toEqual({ 'not-found': 5_000, 'too-many': 5_000 });
  expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(5);
  await close();
  await storage.close();
  rmSync(folder, { recursive: true });
});
