import { describe, expect, test } from 'vitest';
import { changesBetween } from '#domain/listingDraft/diff.ts';
import { emptyWords, listingWords } from '#domain/listing/model.ts';
import { openPauses, pauseDraft, pausesOn } from '#domain/listingDraft/pauses.ts';
import { draftMoves, draftStates, groupsBetween, mayMove, proposal, proposalOf, staleGroups, withFacts, withFeesInForce, withGroups, type Proposal } from '#domain/listingDraft/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { anInstitution } from '#tests/builders/institution.ts';

const today = isoDate.parse('2026-11-23');
const care = { item: 'care', mode: 'fullDay', band: 'toddler', amount: 240_000, per: 'month', required: true, note: null } as const;
const meals = { ...care, item: 'meals', amount: 1_500, per: 'day' } as const;
const said = { saidBy: 'institution', asOf: '2026-11-01' } as const;
const words = listingWords.parse({
  materials: { ...said, items: ['体检表', '接种证'] },
  menu: { ...said, weekOf: '2026-11-23', days: [{ weekday: 1, meals: [{ meal: 'lunch', food: '米饭' }, { meal: 'dinner', food: '粥' }] }] },
});
const before = proposalOf(anInstitution({ fees: [care, meals], feesFrom: '2026-01-01', phone: '022-26000000' }), words);
const after = (change: object, other: Partial<Proposal['words']> = {}): Proposal => proposal.parse({ words: { ...before.words, ...other }, facts: { ...before.facts, ...change } });

describe('逐项比对', () => {
  test('names the field, with what was and what is to be; order and the day of saying count for nothing', () => {
    const next = after({ fees: [{ ...meals }, { ...care, amount: 260_000 }], phone: null }, { menu: listingWords.parse({ menu: { ...said, asOf: '2026-11-20', weekOf: '2026-11-23', days: [{ weekday: 1, meals: [{ meal: 'lunch', food: '面条' }, { meal: 'breakfast', food: '鸡蛋' }] }] } }).menu });
    expect(changesBetween(before, next)).toEqual([
      { group: 'contact', path: ['phone'], before: '022-26000000', after: undefined },
      { group: 'fees', path: ['fees', 'care fullDay toddler'], before: care, after: { ...care, amount: 260_000 } },
      { group: 'menu', path: ['days', '1', 'lunch'], before: { meal: 'lunch', food: '米饭' }, after: { meal: 'lunch', food: '面条' } },
      { group: 'menu', path: ['days', '1', 'breakfast'], before: undefined, after: { meal: 'breakfast', food: '鸡蛋' } },
      { group: 'menu', path: ['days', '1', 'dinner'], before: { meal: 'dinner', food: '粥' }, after: undefined },
    ]);
    expect(changesBetween(before, after({}, { materials: { items: ['体检表', '接种证'], saidBy: 'street', asOf: today } }))).toEqual([]);
    expect(changesBetween(before, after({}, { materials: null }))).toEqual([{ group: 'materials', path: ['items'], before: ['体检表', '接种证'], after: undefined }]);
  });

  test('two entries of the same name are both told', () => {
    const next = after({ fees: [care, meals, { ...care, amount: 250_000, note: '九点后' }] });
    expect(changesBetween(before, next)).toEqual([{ group: 'fees', path: ['fees', 'care fullDay toddler #2'], before: undefined, after: { ...care, amount: 250_000, note: '九点后' } }]);
  });
});

describe('草稿', () => {
  test('moves: every state and move, as the table says', () => {
    const allowed = Object.fromEntries(draftStates.map((state) => [state, Object.keys(draftMoves).filter((move) => mayMove(state, draftMovesOf(move)))]));
    expect(allowed).toEqual({ draft: ['edit', 'submit', 'drop'], awaitingReview: ['withdraw', 'approve', 'sendBack'], returned: ['edit', 'submit', 'drop'], published: [], dropped: [] });
  });

  test('what others published meanwhile is stale only where the draft proposes the same group otherwise', () => {
    const mine = after({ phone: '022-26000001', fees: [care] });
    expect(groupsBetween(before, mine)).toEqual(['contact', 'fees']);
    expect(staleGroups({ base: before, proposal: mine }, after({ address: '示例路13号' }))).toEqual(['contact']);
    expect(staleGroups({ base: before, proposal: mine }, after({ mealsProvided: true }))).toEqual([]);
    expect(staleGroups({ base: before, proposal: mine }, after({ fees: [care] })), 'the same was published').toEqual([]);
    const joined = withGroups(after({ mealsProvided: true }), mine, ['fees']);
    expect([joined.facts.fees, joined.facts.phone, joined.facts.mealsProvided]).toEqual([[care], '022-26000000', true]);
  });

  test('fees from a later day wait for it, free places stay with their band unless they no longer fit', () => {
    const of = anInstitution({ fees: [care], feesFrom: '2026-01-01', bands: [{ band: 'toddler', places: 15, free: 3, confirmedOn: '2026-11-18', availableFrom: null }] });
    const dearer = { ...proposalOf(of, emptyWords).facts, fees: [{ ...care, amount: 260_000 }], feesFrom: isoDate.parse('2027-01-01'), feeNotice: { publishedOn: isoDate.parse('2026-11-20'), committeeHeard: true } };
    const planned = withFacts(of, dearer, ['fees'], today);
    expect(planned).toMatchObject({ fees: [care], feesFrom: '2026-01-01', nextFees: { from: '2027-01-01', fees: [{ amount: 260_000 }], publishedOn: '2026-11-20', committeeHeard: true }, bands: [{ free: 3 }] });
    expect(withFeesInForce(planned, isoDate.parse('2026-12-31'))).toBeUndefined();
    const inForce = withFeesInForce(planned, isoDate.parse('2027-01-01'));
    expect([inForce?.fees[0]?.amount, inForce?.feesFrom, inForce && 'nextFees' in inForce]).toEqual([260_000, '2027-01-01', false]);
    expect(withFacts(planned, { ...dearer, bands: [{ band: 'toddler', places: 2, availableFrom: null }] }, ['bands'], today)).toMatchObject({ nextFees: { from: '2027-01-01' }, bands: [{ places: 2, free: null, confirmedOn: null }] });
  });

  test('a pause ends by itself, and only who stops altogether leaves the end open', () => {
    const pause = { id: '0190a000-0000-7000-8000-000000000009', band: 'toddler', from: '2026-11-23', until: '2026-11-25', reason: 'illness', saidOn: '2026-11-23' };
    const of = anInstitution({ pauses: [pause] });
    expect([pausesOn(of, isoDate.parse('2026-11-25')).length, pausesOn(of, isoDate.parse('2026-11-26')).length, openPauses(of, isoDate.parse('2026-11-22')).length]).toEqual([1, 0, 1]);
    expect(pauseDraft.safeParse({ band: null, from: '2026-11-23', until: null, reason: 'illness' }).success).toBe(false);
    expect(pauseDraft.safeParse({ band: null, from: '2026-11-23', until: null, reason: 'stopped' }).success).toBe(true);
    expect(pauseDraft.safeParse({ band: null, from: '2026-11-23', until: '2026-11-22', reason: 'illness' }).success).toBe(false);
  });
});

const draftMovesOf = (move: string): keyof typeof draftMoves => {
  const found = (['edit', 'submit', 'withdraw', 'drop', 'approve', 'sendBack'] as const).find((one) => one === move);
  if (!found) throw new Error(move);
  return found;
};
