// What a storm said before it was cut off, and whether the database still knows all it had promised.
import { z } from 'zod';
import { answer, operation, type Answer, type Operation } from '#tests/torture/engine.ts';
import type { Storage } from '#storage/schema.ts';

const line = z.strictObject({ n: z.int(), operation: operation.optional(), answer: answer.optional() });

type Entry = { readonly n: number; readonly operation: Operation; readonly answer: Answer | undefined };

/** The operations begun, in order, each with its answer when it got one; a last line cut in two is no answer. */
export function readJournal(text: string): readonly Entry[] {
  const begun = new Map<number, Operation>();
  const ended = new Map<number, Answer>();
  for (const piece of text.split('\n').slice(0, -1)) {
    const { n, operation: asked, answer: given } = line.parse(JSON.parse(piece));
    if (asked) begun.set(n, asked);
    if (given) ended.set(n, given);
  }
  return [...begun].map(([n, asked]) => ({ n, operation: asked, answer: ended.get(n) }));
}

type Promised = { readonly state: string; readonly slot: string };

/** For every acknowledged booking, what it may be now: as last acknowledged, or as the operation in flight would leave it. */
export function promises(journal: readonly Entry[]): ReadonlyMap<string, readonly Promised[]> {
  const known = new Map<string, readonly Promised[]>();
  for (const { operation: asked, answer: given } of journal) {
    // A storm only books, cancels and moves.
    if (asked.do !== 'book' && asked.do !== 'cancel' && asked.do !== 'reschedule') continue;
    if (asked.do === 'book') {
      if (given?.ok) known.set(given.reference, [{ state: given.state, slot: given.slot }]);
      continue;
    }
    const before = known.get(asked.reference) ?? [];
    const after = before.map((one): Promised => (asked.do === 'cancel' ? { ...one, state: 'cancelled' } : { ...one, slot: asked.slot }));
    if (given === undefined) known.set(asked.reference, [...before, ...after]);
    else if (given.ok) known.set(asked.reference, after);
  }
  return known;
}

/** Complaints of acknowledged bookings that are gone or not as they were acknowledged. */
export async function lossComplaints(storage: Storage, journal: readonly Entry[]): Promise<readonly string[]> {
  const known = promises(journal);
  const rows = new Map<string, Promised>();
  const references = [...known.keys()];
  for (let at = 0; at < references.length; at += 500) {
    const found = await storage.read.selectFrom('booking').select(['reference', 'state', 'slot_id']).where('reference', 'in', references.slice(at, at + 500)).execute();
    for (const { reference, state, slot_id } of found) rows.set(reference, { state, slot: slot_id });
  }
  return [...known].flatMap(([reference, may]) => {
    const row = rows.get(reference);
    if (!row) return [`${reference} was acknowledged and is lost`];
    return may.some(({ state, slot }) => state === row.state && slot === row.slot) ? [] : [`${reference} is ${row.state}, acknowledged was ${may.map(({ state }) => state).join(' or ')}`];
  });
}
