import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allowanceRow, allowancesIn, leaveIn, leaveStanding, materialRow, materialsIn } from '#domain/guidance/model.ts';
import { agesByBirthMonth, cohortOf, cohortsOn, goalStanding } from '#domain/guidance/policyDates.ts';
import { addDays, isoDate, monthNumber, monthOf, yearMonth } from '#domain/shared/dates.ts';
import { checkPolicyQuotes } from '#cli/policyQuotes.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { loadPolicyData } from '#storage/files/policy.ts';
import { goalRows, leaveTables, materialGroups } from '#server/pages/policyTables.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const data = loadPolicyData(realData);
const places = loadJurisdictions(realData);
const day = (text: string) => isoDate.parse(text);
const root = resolve(import.meta.dirname, '../../..');
const seeds = resolve(root, '../shared/seeds');

describe('leave', () => {
  // The table of the researched facts, written down a second time: region, kind, number, how it is shown.
  test('the rows equal the facts, and what nobody verified is not shown', () => {
    expect(data.leave.map((row) => [row.region, row.kind, row.amount, leaveStanding(row)].join(' '))).toEqual([
      '00 maternity 98 stated', '00 difficultBirth 15 stated', '00 multipleBirth 15 stated', '00 lossEarly 15 stated', '00 lossLater 42 stated', '00 nursing 1 stated', '00 parental  stated',
      '12 maternity 158 stated', '12 partner 15 stated', '12 parental 10 stated',
      '14 maternity 158 withheld', '14 partner 15 withheld', '14 parental 15 withheld',
      '23 maternity 180 toVerify', '23 partner 15 toVerify', '23 parental 10 toVerify',
      '33 maternity 158 stated', '33 maternityLater 188 stated', '33 partner 15 stated', '33 parental 10 stated',
    ]);
  });

  test('every place has the floor of 98 days, and so has a place of a province without rows', () => {
    for (const code of [...places.map((place) => place.code), '650000']) {
      const { floor } = leaveIn(data.leave, code);
      expect(floor.find(({ kind }) => kind === 'maternity')?.amount).toBe(98);
      expect(floor.every(({ confidence }) => confidence === 'A')).toBe(true);
    }
    expect(places.every(({ code }) => leaveIn(data.leave, code).local.length >= 3)).toBe(true);
    expect(leaveIn(data.leave, '650000').local).toEqual([]);
  });

  test('data without the floor, a number that is none, and a row told twice stop the load', () => {
    const spoilt = copyOfData();
    spoil(spoilt, 'policy/leave.csv', '00,maternity,98', '00,maternityLater,98');
    expect(problemsOf(() => loadPolicyData(spoilt))).toContain('data/policy/leave.csv: expected the national floor (region 00, maternity, confidence A)');
    spoil(spoilt, 'policy/leave.csv', '12,partner,15', '12,partner,十五');
    expect(problemsOf(() => loadPolicyData(spoilt)).some((problem) => problem.startsWith('data/policy/leave.csv line 10, column amount'))).toBe(true);
    const twice = copyOfData();
    spoil(twice, 'policy/leave.csv', '33,partner,15', '33,parental,15');
    expect(problemsOf(() => loadPolicyData(twice))).toEqual(['data/policy/leave.csv line 21: expected each row once, got "33 parental" again']);
  });
});

describe('rows of a place', () => {
  test('no local allowance is known anywhere; one of the province or the place is shown until it ends', () => {
    expect(places.flatMap(({ code }) => allowancesIn(data.allowances, code, '2026-11-22'))).toEqual([]);
    const row = allowanceRow.parse({ region: '33', name: '示例补贴', who: '示例对象', amount: '示例金额', channel: null, from: null, until: '2026-12-31', document: '示例文件', number: null, confidence: 'A' });
    const unverified = { ...row, name: '示例补贴二', confidence: 'G' as const };
    expect(allowancesIn([row, unverified], '330103', '2026-12-31').map(({ name }) => name)).toEqual(['示例补贴']);
    expect(allowancesIn([row], '330103', '2027-01-01')).toEqual([]);
    expect(allowancesIn([row], '120105', '2026-12-31')).toEqual([]);
  });

  test('a paper of the place takes the place of the country\'s; points, validity and cost are unknown until somebody says', () => {
    for (const { code } of places) {
      const held = materialsIn(data.materials, code);
      expect(held.filter(({ group }) => group === 'required').map(({ key }) => key)).toEqual(['vaccination-certificate', 'health-check']);
      const check = held.find(({ key }) => key === 'health-check');
      expect([check?.point, check?.items, check?.validity, check?.cost]).toEqual([null, null, null, null]);
    }
    const national = data.materials.find(({ key }) => key === 'health-check');
    const local = materialRow.parse({ ...national, region: '120105', validity: '示例有效期' });
    expect(materialsIn([...data.materials, local], '120105').find(({ key }) => key === 'health-check')?.validity).toBe('示例有效期');
    expect(materialsIn([...data.materials, local], '230600').find(({ key }) => key === 'health-check')?.validity).toBeNull();
  });

  test('every place says where each nature registers, by words of its document', () => {
    for (const { code } of places) expect(data.registration.filter(({ place }) => place === code).map(({ nature }) => nature)).toEqual(['institution', 'nonprofit', 'profit', 'employer']);
  });
});

describe.runIf(existsSync(seeds))('quotes', () => {
  test('each quoted phrase of the notes and of registration.csv stands at its line', () => {
    const { checked, problems } = checkPolicyQuotes(root, realData, seeds, places);
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(90);
  });

  test('a phrase that does not, and a note that quotes nothing, are named', () => {
    const spoilt = copyOfData();
    spoil(spoilt, 'policy/registration.csv', '120105,profit,区市场监管部门,51', '120105,profit,区市场监管部门,52');
    const copy = mkdtempSync(join(tmpdir(), 'tuoyu-notes-'));
    cpSync(join(root, 'content'), join(copy, 'content'), { recursive: true });
    spoil(copy, 'content/jurisdictions/230600/leave.md', '产假、护理假、哺乳假', '产假、护理假、育儿假');
    spoil(copy, 'content/jurisdictions/230600/leave.md', '“采取灵活安排工作时间等措施”', '灵活安排时间');
    const { problems } = checkPolicyQuotes(copy, spoilt, seeds, places);
    rmSync(copy, { recursive: true });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain('registration.csv, 120105 profit: expected words that stand at line 52');
  });
});

describe('goals', () => {
  test('a goal is ahead until the end of its last day', () => {
    expect(goalStanding(day('2025-12-31'), day('2025-12-31'), 'validityNotStated', null)).toBe('ahead');
    expect(goalStanding(day('2025-12-31'), day('2026-01-01'), 'validityNotStated', null)).toBe('passed');
    expect(goalStanding('yearly', day('2026-01-01'), 'inForce', null)).toBe('yearly');
    expect(goalStanding(null, day('2026-01-01'), 'inForce', null)).toBe('undated');
    expect(goalStanding(day('2030-12-31'), day('2026-01-01'), 'inForce', '2025-12-31')).toBe('expired');
    expect(goalStanding(day('2030-12-31'), day('2026-01-01'), 'areaAbolished', null)).toBe('abolished');
  });
});

describe('托育 or 幼儿园', () => {
  test('a child born in August and one born in September of one year are a school year apart', () => {
    expect(cohortOf(yearMonth.parse('2024-08'))).toEqual({ bornFrom: '2023-09', bornTo: '2024-08', nurseryFrom: '2026-09', kindergartenFrom: '2027-09' });
    expect(cohortOf(yearMonth.parse('2024-09'))).toEqual({ bornFrom: '2024-09', bornTo: '2025-08', nurseryFrom: '2027-09', kindergartenFrom: '2028-09' });
  });

  test('on any day, every child under four has a cohort, is two by the nursery year and three by the kindergarten year', () => {
    for (let at = day('2024-01-01'); at < '2030-01-01'; at = addDays(at, 17)) {
      const cohorts = cohortsOn(at);
      for (let months = 0; months < 48; months += 1) {
        const born = yearMonth.parse(new Date(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5, 7)) - 1 - months, 1)).toISOString().slice(0, 7));
        const own = cohorts.filter(({ bornFrom, bornTo }) => bornFrom <= born && born <= bornTo);
        expect(own).toEqual([cohortOf(born)]);
        const [cohort] = own;
        if (!cohort) continue;
        // Born on the last day of the month, the child has turned 24 (36) months by 31 August before the class.
        expect(monthNumber(cohort.nurseryFrom) - monthNumber(born)).toBeGreaterThan(24);
        expect(monthNumber(cohort.kindergartenFrom) - monthNumber(born)).toBeGreaterThan(36);
        expect(monthNumber(cohort.kindergartenFrom) - monthNumber(born)).toBeLessThanOrEqual(48);
      }
      expect(cohorts.some(({ bornTo }) => bornTo >= monthOf(at))).toBe(true);
    }
  });

  test('the ages by month of birth are those of the cohort', () => {
    for (const { month, atNursery, atKindergarten } of agesByBirthMonth) {
      const born = yearMonth.parse(`${month >= 9 ? '2023' : '2024'}-${String(month).padStart(2, '0')}`);
      // Whole months on 1 September of a child born after the first day of the month.
      expect(atNursery).toBe(monthNumber(yearMonth.parse('2026-09')) - monthNumber(born) - 1);
      expect(atKindergarten).toBe(atNursery + 12);
    }
    expect(agesByBirthMonth.map(({ month }) => month)).toEqual([9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('the tables a page shows', () => {
  test('a number nobody verified stands on no page; a doubtful one says so', () => {
    const shownIn = (code: string): string => {
      const place = places.find((candidate) => candidate.code === code);
      return place ? JSON.stringify(leaveTables(data, place)) : '';
    };
    expect(shownIn('140525')).toContain('98 天');
    expect(shownIn('140525')).not.toContain('158');
    expect(shownIn('140525')).toContain('待官方核对');
    expect(shownIn('230600')).toContain('180 天（待官方核对）');
    expect(shownIn('120105')).toContain('158 天');
    expect(shownIn('120105')).not.toContain('待官方核对');
  });

  test('goals of an expired plan and of an abolished district are history; no goal is said to be reached', () => {
    const standings = places.map((place) => [place.code, [...new Set(goalRows(place, day('2026-11-22')).map((row) => row[3]))]]);
    expect(Object.fromEntries(standings)).toEqual({
      120105: ['期限已过，是否完成没有资料', '每年要做的事'], 140525: ['期限已过，是否完成没有资料', '每年要做的事'],
      230600: ['历史目标，方案已过期'], 330103: ['历史目标，行政区已撤销'],
    });
  });

  test('what does not apply to a paper is not asked for, what nobody said is unknown', () => {
    const [place] = places;
    const facts = place ? materialGroups(data, place).required.map((paper) => [paper.key, paper.facts.map(({ name, value }) => `${name} ${value ?? '?'}`)]) : [];
    expect(Object.fromEntries(facts)).toEqual({
      'vaccination-certificate': ['去哪里办 居住地的接种单位', '多少钱 免疫规划疫苗不收费'],
      'health-check': ['去哪里办 ?', '查什么 ?', '多久内有效 ?', '多少钱 ?'],
    });
  });
});
