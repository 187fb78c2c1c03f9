import { expect, test } from 'vitest';
import { slotException, templatePattern, templateShare } from '#domain/slotTemplates/model.ts';
import { checkTemplate } from '#domain/slotTemplates/checks.ts';
import { staffCapOf } from '#domain/slotTemplates/staffCap.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import { calendarMissingText, staffCapText, templateFaultText, templateFieldText } from '#text/slotTemplates.ts';
import { aCarePattern, aPattern, day } from '#tests/builders/slotTemplate.ts';

const rules = loadCareRules('data');
const host = { kind: 'institution' as const, id: 'any' };
const wrong = (change: object) => {
  const parsed = templatePattern.safeParse({ ...aPattern(), ...change });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path.join('.'), message]);
};

test('a template that cannot be says which field and why', () => {
  const time = (start: string, minutes = 45) => ({ start, minutes });
  expect(wrong({})).toEqual([]);
  expect(wrong({ weekdays: [] })).toEqual([['weekdays', 'required']]);
  expect(wrong({ weekdays: [1, 1] })).toEqual([['weekdays', 'format']]);
  expect(wrong({ times: [time('10:00'), time('10:30')] })).toEqual([['times', 'format']]);
  expect(wrong({ times: [time('23:30')] })).toEqual([['times.0.minutes', 'range']]);
  expect(wrong({ times: [time('9:30')] })).toEqual([['times.0.start', 'format']]);
  expect(wrong({ validUntil: '2025-12-31' })).toEqual([['validUntil', 'range']]);
  expect(wrong({ kind: 'class' })).toEqual([['details', 'unknown-value'], ['title', 'required']]);
  expect(wrong({ shares: [{ bands: [], capacity: 4, staffOnDuty: 1 }] })).toEqual([['shares', 'unknown-value']]);
  expect(wrong({ ...aCarePattern(), shares: [{ bands: ['toddler'], capacity: 4, staffOnDuty: null }, { bands: ['toddler', 'older'], capacity: 4, staffOnDuty: null }] })).toEqual([['shares', 'format']]);
  expect(slotException.safeParse({ kind: 'closed', from: '2026-11-25', until: '2026-11-24', template: null, reason: 'closure' }).success).toBe(false);
});

test('every fault a form can make has its sentence', () => {
  const forms = [
    { weekdays: [], times: [], shares: [], title: '' }, { weekdays: [8], times: [{ start: 'x', minutes: 5 }], shares: [{ bands: ['toddler', 'toddler'], capacity: 0, staffOnDuty: 0 }], title: 'x'.repeat(61), makeUpLike: 9 },
    { validFrom: 'x', validUntil: 'x', kind: 'other', times: [{ start: '10:00', minutes: 1.5 }], shares: [{ bands: ['baby'], capacity: 1.5, staffOnDuty: 1.5 }] },
  ];
  const missing = forms.flatMap((form) => {
    const parsed = templatePattern.safeParse({ ...aPattern(), ...form });
    return parsed.success ? ['accepted'] : fieldErrors(parsed.error, (name, code) => templateFieldText[name]?.[code] ?? '').filter(({ message }) => message === '').map(({ field, code }) => `${field} ${code}`);
  });
  expect(missing).toEqual([]);
});

test('too many children for the staff: the sentence names article, ratio, the most that may be, and that it is still to be verified', () => {
  const [fault] = checkTemplate(aCarePattern({ shares: [{ bands: ['toddler'], capacity: 12, staffOnDuty: 2 }] }), host, [], rules, day('2026-11-22'));
  expect(fault && templateFaultText(fault)).toBe('《托育机构设置标准（试行）》第二十条：托小班每名保育人员最多照护 5 名孩子。在岗 2 人，最多可约 10 名，请减少人数或增加在岗人员。数字待官方核对。');
  const cap = (bands: readonly string[], staffOnDuty: number | null) => staffCapText(staffCapOf(templateShare.parse({ bands, capacity: 1, staffOnDuty }), rules));
  expect(cap(['mixed'], 3)).toContain('没有规定混合编班');
  expect(cap(['older'], null)).toContain('没有填在岗保育人员');
  expect(cap(['older'], 2)).toContain('最多照护 14 名');
});

test('a year without its calendar is told in one sentence', () => {
  expect(calendarMissingText([2027])).toMatch(/^2027 年的节假日安排还没有公布/);
});
