import { describe, expect, it } from 'vitest';
import { isoDate } from '#domain/shared/dates.ts';
import { holdsIdentityRun } from '#domain/shared/recordWords.ts';
import { decisionDraft } from '#domain/supervision/model.ts';
import { rectification } from '#domain/inspections/model.ts';
import { rectificationStanding } from '#domain/inspections/rectification.ts';

const day = (text: string) => isoDate.parse(text);
const plain = { id: '0190a000-0000-7000-8000-000000000001', finding: '消防通道堆放杂物', demand: '清理消防通道', orderedOn: '2026-11-02', dueOn: '2026-11-10', doneOn: null, recheckedOn: null, passed: null };
const held = (change: object = {}) => rectification.parse({ ...plain, ...change });
const faults = (change: object) => (rectification.safeParse({ ...plain, ...change }).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}:${message}`);

describe('a run as long as an identity number', () => {
  it.each(['当事人0000000000000000', '00000000000000000X', '00000000000000000x', '０００００００００００００００', '000000 00000000 0000', '000000-00000000-0000'])('is found in %s', (text) => { expect(holdsIdentityRun(text)).toBe(true); });
  it.each(['津东卫罚〔2026〕12号', '电话 00000000000', '2026-11-10 2026-11-11', '00000000000000'])('is not found in %s', (text) => { expect(holdsIdentityRun(text)).toBe(false); });
  it('is refused in a decision and in a finding', () => {
    const draft = { kind: 'warning', number: '示例〔2026〕1号', body: '示例卫生健康部门', about: '收费未公示', decidedOn: '2026-11-02', until: null };
    expect(decisionDraft.safeParse(draft).success).toBe(true);
    expect(decisionDraft.safeParse({ ...draft, about: '当事人 000000000000000000' }).error?.issues.map(({ message }) => message)).toEqual(['identity-number']);
    expect(faults({ finding: '负责人 00000000000000000X' })).toEqual(['finding:identity-number']);
  });
});

describe('a rectification', () => {
  it('keeps its days in order and a re-check with its result', () => {
    expect(faults({ dueOn: '2026-11-01' })).toEqual(['dueOn:due-before-order']);
    expect(faults({ doneOn: '2026-11-01' })).toEqual(['doneOn:done-before-order']);
    expect(faults({ recheckedOn: '2026-11-01', passed: true })).toEqual(['recheckedOn:recheck-before-order']);
    expect(faults({ recheckedOn: '2026-11-09' })).toEqual(['passed:recheck-without-result']);
  });
  it('is in time on its due day and overdue the day after', () => {
    expect(rectificationStanding(held(), day('2026-11-10'))).toBe('due');
    expect(rectificationStanding(held(), day('2026-11-11'))).toBe('overdue');
  });
  it('waits for a re-check once done, opens again when that fails, closes when it is passed', () => {
    const today = day('2026-11-20');
    expect(rectificationStanding(held({ doneOn: '2026-11-08' }), today)).toBe('awaitsRecheck');
    expect(rectificationStanding(held({ doneOn: '2026-11-08', recheckedOn: '2026-11-09', passed: false }), today)).toBe('overdue');
    expect(rectificationStanding(held({ doneOn: '2026-11-15', recheckedOn: '2026-11-09', passed: false }), today)).toBe('awaitsRecheck');
    expect(rectificationStanding(held({ recheckedOn: '2026-11-09', passed: true }), today)).toBe('closed');
  });
});
