import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { credentialStates, type Credential } from '#domain/directory/model.ts';
import type { Quoted, Registration } from '#domain/filing/model.ts';
import { checksOf, clocksOf, confirmBy, credentialAfter, queueOf, secondFor, statesAfter } from '#domain/filing/rules.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadFilingTerms, loadPlaceFiling } from '#storage/files/filingRules.ts';
import { anInstitution } from '#tests/builders/institution.ts';

const calendar = loadCalendar('data');
const terms = loadFilingTerms('data');
const day = (text: string) => isoDate.parse(text);
const held = (change: Partial<Credential> = {}): Credential => ({ kind: 'filing', state: 'submitted', number: null, receiptedOn: null, authority: null, since: day('2026-09-28'), decisionNumber: null, ...change });

describe('备案时限', () => {
  test('five and fifteen working days, the National Day week left out and its make-up days counted', () => {
    // 2026-09-28 is a Monday; the days off and the days worked in return stand in data/calendars.
    const clocks = clocksOf(held(), terms, calendar, day('2026-10-09'));
    const year = JSON.parse(readFileSync('data/calendars/cn-2026.json', 'utf8'));
    const works = (text: string): boolean => year.makeUpWorkdays.includes(text) || (!year.daysOff.includes(text) && ![0, 6].includes(new Date(`${text}T00:00:00Z`).getUTCDay()));
    const after = (count: number): string => {
      let at = Date.parse('2026-09-28T00:00:00Z');
      for (let left = count; left > 0;) { at += 86_400_000; if (works(new Date(at).toISOString().slice(0, 10))) left -= 1; }
      return new Date(at).toISOString().slice(0, 10);
    };
    expect(clocks?.receipt.day).toBe(after(5));
    expect(clocks?.refusal.day).toBe(after(15));
    expect(clocks?.receipt.day).not.toBe('2026-10-05');
    expect([clocksOf(held(), terms, calendar, day(after(5)))?.receipt.isOver, clocksOf(held(), terms, calendar, day('2026-11-23'))?.receipt.isOver]).toEqual([false, true]);
  });

  test('past the last published year nothing is counted, and nothing is called over', () => {
    const clocks = clocksOf(held({ since: day('2026-12-22') }), terms, calendar, day('2026-12-30'));
    expect([clocks?.receipt.day, clocks?.refusal]).toEqual(['2026-12-29', { day: null, isOver: false }]);
    expect(confirmBy(day('2026-12-31'), calendar)).toBeNull();
  });

  test('no clock runs for what is not a filing with complete papers', () => {
    expect([clocksOf(held({ kind: 'kindergarten' }), terms, calendar, day('2026-10-09')), clocksOf(held({ state: 'returned' }), terms, calendar, day('2026-10-09')), clocksOf(held({ since: null }), terms, calendar, day('2026-10-09'))]).toEqual([undefined, undefined, undefined]);
  });
});

test('whatever brings an institution before parents waits for a second person; whatever takes it away does not', () => {
  const inForce = ['receipted', 'changed'];
  for (const from of credentialStates) {
    for (const to of statesAfter({ state: from, receiptedOn: day('2024-09-28') })) {
      if (inForce.includes(to) && !inForce.includes(from)) expect(secondFor(from, to), `${from} → ${to}`).toBe('before');
      if (!inForce.includes(to) && inForce.includes(from)) expect(secondFor(from, to), `${from} → ${to}`).toBe('after');
    }
    if (from !== 'planned') expect(statesAfter({ state: from, receiptedOn: null }).length, from).toBeGreaterThan(0);
  }
});

test('what was never in force is not said to have ended', () => {
  expect([statesAfter({ state: 'submitted', receiptedOn: null }), statesAfter({ state: 'returned', receiptedOn: null })]).toEqual([['receipted', 'returned'], ['submitted']]);
  expect(statesAfter({ state: 'returned', receiptedOn: day('2024-09-28') })).toContain('withdrawn');
});

test('a filing that resumes keeps the day of its receipt; one filed again gets another', () => {
  const suspended = held({ state: 'suspended', receiptedOn: day('2024-09-28'), decisionNumber: '1号' });
  expect(credentialAfter(suspended, { to: 'receipted', on: day('2026-11-23'), decisionNumber: null, number: null })).toMatchObject({ state: 'receipted', receiptedOn: '2024-09-28', since: null, decisionNumber: null });
  expect(credentialAfter(held({ receiptedOn: day('2020-01-01') }), { to: 'receipted', on: day('2026-11-23'), decisionNumber: null, number: '7号' })).toMatchObject({ receiptedOn: '2026-11-23', number: '7号' });
});

test('a cancelled registration asks for work as long as the institution is listed, whatever was noted', () => {
  const registration = (change: Partial<Registration>): Pick<Registration, 'state' | 'handled'> => ({ state: 'registered', handled: null, ...change });
  const [listed, submitted, ended] = ['receipted', 'submitted', 'withdrawn'].map((state) => anInstitution({ credential: { ...held(), state } }));
  expect(queueOf(registration({ state: 'cancelled', handled: 'noted' }), listed)).toBe('cancelledButListed');
  expect([queueOf(registration({ state: 'cancelled' }), ended), queueOf(registration({ state: 'cancelled' }), undefined)]).toEqual([undefined, undefined]);
  expect([queueOf(registration({}), undefined), queueOf(registration({}), ended), queueOf(registration({}), submitted), queueOf(registration({}), listed)]).toEqual(['registeredNotFiled', 'registeredNotFiled', undefined, undefined]);
  expect([queueOf(registration({ state: 'changed' }), listed), queueOf(registration({ state: 'changed', handled: 'noted' }), listed)]).toEqual(['registrationChanged', undefined]);
  expect([queueOf(registration({ state: 'none' }), undefined), queueOf(registration({ state: 'none', handled: 'closedDown' }), undefined)]).toEqual(['neither', undefined]);
});

test('河北区 asks that the name shows 托育 and the scope names it; elsewhere the scope alone; what was not given is unknown', () => {
  const [hebei, zezhou, xiacheng] = ['120105', '140525', '330103'].map((code) => loadPlaceFiling('data', code));
  if (!hebei || !zezhou || !xiacheng) throw new Error('no data');
  const results = (place: typeof hebei, name: string, scope: string | null) => checksOf({ name, scope }, place).map(({ what, result }) => `${what} ${result}`);
  expect(results(hebei, '示例·新芽早教有限公司', '教育咨询')).toEqual(['name no', 'scope no']);
  expect(results(hebei, '示例·新芽托育有限公司', null)).toEqual(['name yes', 'scope unknown']);
  expect(results(zezhou, '示例·新芽早教有限公司', '托育服务')).toEqual(['scope yes']);
  expect(results(xiacheng, '示例', null)).toEqual([]);
  expect([zezhou.disposal?.line, hebei.disposal, hebei.push?.line]).toEqual([65, null, 55]);
});

const quotesIn = (value: unknown): readonly Quoted[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('quote' in value && 'line' in value) return [{ line: Number(value.line), quote: String(value.quote) }];
  return Object.values(value).flatMap(quotesIn);
};

test('what the documents of the places are quoted with is written down with its line', () => {
  const files = readdirSync('data/jurisdictions').filter((code) => existsSync(join('data/jurisdictions', code, 'filing.json')));
  expect(files).toEqual(['120105', '140525', '230600', '330103']);
  for (const code of files) {
    const quotes = quotesIn(loadPlaceFiling('data', code));
    expect(quotes.length, code).toBeGreaterThan(0);
    expect(loadPlaceFiling('data', code).entrance, 'no source names an entrance').toBeNull();
  }
});
