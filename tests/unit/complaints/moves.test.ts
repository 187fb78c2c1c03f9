import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complaintStates, dueDayOf, noDueDay, plainText, type ComplaintState } from '#domain/complaints/model.ts';
import { moves, movesOpenTo, nextState, type MoveKind } from '#domain/complaints/moves.ts';
import { figuresOf } from '#domain/complaints/figures.ts';
import type { FigureRow } from '#domain/complaints/ports.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';

// Typed from the procedure, not read from the table: what may happen in a state besides what is always open.
const always = ['closeTask', 'hold', 'institutionReply', 'note', 'openIdentity', 'releaseHold'];
const inHand = ['addTask', 'ask', 'askNoLonger', 'assign', 'handOver', 'massCase', 'merge', 'policeReport', 'reply', 'take', 'withdraw'];
const clocked = ['askExtension', 'extend', 'forward'];
const expected: Readonly<Record<ComplaintState, readonly string[]>> = {
  received: [...always, ...inHand, 'accept', 'notAccept'],
  accepted: [...always, ...inHand, ...clocked, 'answer', 'investigate', 'notAccept'],
  transferred: [...always, ...inHand, ...clocked, 'handBack', 'investigate', 'recordReceipt', 'recordReply'],
  investigating: [...always, ...inHand, ...clocked, 'answer', 'recordReceipt', 'recordReply'],
  answered: [...always, 'addTask', 'assign', 'close', 'massCase', 'policeReport', 'rate', 'recordCall', 'redo', 'reply', 'take', 'uphold'],
  closed: [...always, 'rate', 'recordCall', 'redo', 'reopen', 'uphold'],
  notAccepted: [...always, 'redo', 'uphold'],
  withdrawn: always,
  merged: [...always, 'rate'],
};
const kinds = Object.keys(moves).filter((name): name is MoveKind => Object.hasOwn(moves, name));

test.each(complaintStates)('what may happen to a case that is %s is what the procedure says', (state) => {
  expect(kinds.filter((kind) => nextState(state, kind).ok).toSorted()).toEqual([...expected[state]].toSorted());
});

test('whatever is done in whatever order, a case is answered only after it was taken on, and what is over stays over but for reopening and review', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 40 }), (tried) => {
    let state: ComplaintState = 'received';
    const seen: ComplaintState[] = [state];
    for (const kind of tried) {
      const next = nextState(state, kind);
      if (!next.ok) continue;
      if (state === 'withdrawn' || state === 'merged') expect(next.value).toBe(state);
      if ((state === 'closed' || state === 'notAccepted') && next.value !== state) expect(['reopen', 'redo']).toContain(kind);
      state = next.value;
      seen.push(state);
    }
    if (seen.includes('closed')) expect(seen).toContain('answered');
    if (seen.includes('answered')) expect(seen.some((one) => one === 'accepted' || one === 'investigating')).toBe(true);
  }), { numRuns: 2_000 });
});

test('a desk sees only the moves its permissions allow', () => {
  expect(movesOpenTo({ state: 'answered' }, (permission) => permission === 'complaint.decide').toSorted()).toEqual(['hold', 'redo', 'releaseHold', 'uphold']);
  expect(movesOpenTo({ state: 'received' }, () => false)).toEqual([]);
});

test('the next deadline: to confirm first, then to answer; none once it is answered or over', () => {
  const clock = { confirmBy: isoDate.parse('2026-11-24'), answerBy: isoDate.parse('2026-12-14'), basis: 'site' } as const;
  expect(complaintStates.map((state) => dueDayOf({ state, clock }))).toEqual(['2026-11-24', '2026-12-14', noDueDay, '2026-12-14', '2026-12-14', noDueDay, noDueDay, noDueDay, noDueDay]);
  expect(dueDayOf({ state: 'accepted', clock: { ...clock, answerBy: null } })).toBe(noDueDay);
});

test('text is kept as meant: without control characters, bidi marks and halves of characters', () => {
  expect(plainText('  午睡\u202E时\u0000\r\n门\uD800没关\u200B\t好 ')).toBe('午睡时\n门没关 好');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => {
    const kept = plainText(typed);
    expect(kept.isWellFormed()).toBe(true);
    expect(kept).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/);
    expect(plainText(kept)).toBe(kept);
  }));
});

const row = (given: Partial<FigureRow> = {}): FigureRow => ({ subject: 'fee', department: 'market-regulation', answerBy: isoDate.parse('2026-11-20'), answeredAt: instantAt(isoDate.parse('2026-11-20'), '23:00'), satisfaction: null, ...given });
const range = { first: isoDate.parse('2026-11-01'), last: isoDate.parse('2026-11-30') };
const today = isoDate.parse('2026-11-23');

test('figures: fewer than five hidden, a single hidden cell takes the next smallest with it, cases within their time say nothing yet', () => {
  const late = row({ answeredAt: instantAt(isoDate.parse('2026-11-21'), '00:10') });
  const rows = [...Array.from({ length: 8 }, () => row()), late, row({ answeredAt: null }), row({ answeredAt: null, answerBy: isoDate.parse('2026-11-23') })];
  expect(figuresOf(rows, range, today)).toMatchObject({ total: 11, inTime: 80, satisfied: null, cells: [{ subject: 'fee', cases: 11, inTime: 80 }] });
  const mixed = [...rows, ...Array.from({ length: 6 }, () => row({ subject: 'food' })), ...Array.from({ length: 4 }, () => row({ subject: 'abuse', department: 'police', satisfaction: 5 }))];
  expect(figuresOf(mixed, range, today).cells.map(({ subject, cases }) => [subject, cases])).toEqual([['fee', 11], ['food', null], ['abuse', null]]);
  expect(figuresOf([row()], range, today)).toMatchObject({ total: null, inTime: null, cells: [{ cases: null }] });
});
