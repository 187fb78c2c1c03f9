import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysAfter } from '#domain/guidance/babyAge.ts';
import { bandOf, readMonths, signsFor } from '#domain/guidance/month.ts';
import { datedSteps, planOf } from '#domain/guidance/schedule.ts';
import { foldLine, writeCalendar } from '#domain/guidance/scheduleCalendar.ts';
import { loadReference } from '#storage/files/reference.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const reference = loadReference(realData);

/** Five hundred birth dates, the same on every run: spread over ten years, with every end of a month among them. */
const births = Array.from({ length: 500 }, (_, at) => new Date(Date.UTC(2018, 0, 28) + at * 7.31 * 86_400_000).toISOString().slice(0, 10));

/** The programme once more, typed from the published table by month and not from data/reference: age and 完成年龄 in months. */
const programme: Readonly<Record<string, readonly [from: number, before: number | null]>> = {
  'hepb-1': [0, null], 'bcg-1': [0, 3], 'hepb-2': [1, null], 'polio-1': [2, null], 'dtap-1': [2, null], 'polio-2': [3, null], 'polio-3': [4, 12], 'dtap-2': [4, null],
  'hepb-3': [6, 12], 'dtap-3': [6, 12], 'mpsva-1': [6, 12], 'mmr-1': [8, 12], 'je-1': [8, 12], 'mpsva-2': [9, 24], 'dtap-4': [18, 24], 'mmr-2': [18, 24], 'hepa-1': [18, 24], 'je-2': [24, 36], 'mpsvac-1': [36, 48],
};
const visits = [3, 6, 8, 12, 18, 24, 30, 36];

/** Independent of the product: the Date object's own month arithmetic, pulled back from overflow. */
const later = (birth: string, months: number): string => {
  const date = new Date(`${birth}T00:00:00Z`);
  const wanted = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== wanted) date.setUTCDate(0);
  return date.toISOString().slice(0, 10);
};

test('vaccine and visit dates of 500 birth dates equal an independent calculation', () => {
  expect(new Set(births.map((birth) => birth.slice(8))).size).toBe(31);
  for (const birth of births) {
    const expected = [
      ...Object.entries(programme).map(([id, [from, before]]) => `${id} ${later(birth, from)} ${before === null ? '-' : later(birth, before)}`),
      `m1 ${new Date(Date.parse(`${birth}T00:00:00Z`) + 28 * 86_400_000).toISOString().slice(0, 10)} -`,
      ...visits.map((age) => `m${String(age)} ${later(birth, age)} -`),
    ];
    const steps = datedSteps(birth, reference.doses, reference.checkups);
    expect(steps.map(({ id, from, before }) => `${id} ${from} ${before ?? '-'}`).sort()).toEqual(expected.sort());
    expect(steps.map(({ from }) => from)).toEqual(steps.map(({ from }) => from).sort());
  }
});

test('a child of 31 August 2025: the visit at six months falls on 28 February 2026', () => {
  const steps = datedSteps('2025-08-31', reference.doses, reference.checkups);
  expect(steps.find(({ id }) => id === 'm6')?.from).toBe('2026-02-28');
  expect(steps.find(({ id }) => id === 'm1')?.from).toBe('2025-09-28');
  expect(steps.find(({ id }) => id === 'bcg-1')).toMatchObject({ from: '2025-08-31', before: '2025-11-30' });
});

describe('what a month holds', () => {
  const ids = (months: number) => {
    const plan = planOf(months, reference);
    return { checkupsNow: plan.checkupsNow.map(({ id }) => id), next: plan.nextCheckup?.id, dosesNow: plan.dosesNow.map(({ id }) => id), nextDoses: plan.nextDoses.map(({ id }) => id), earlier: plan.earlierDoses.length };
  };
  test('at birth, at seven months and at three years', () => {
    expect(ids(0)).toEqual({ checkupsNow: ['nb'], next: 'm1', dosesNow: ['hepb-1', 'bcg-1'], nextDoses: ['hepb-2'], earlier: 0 });
    expect(ids(7)).toEqual({ checkupsNow: [], next: 'm8', dosesNow: [], nextDoses: ['mmr-1', 'je-1'], earlier: 11 });
    expect(ids(36)).toEqual({ checkupsNow: ['m36'], next: undefined, dosesNow: ['mpsvac-1'], nextDoses: [], earlier: 18 });
  });
  test('DTaP comes at 2, 4, 6 and 18 months, and nine visits follow the newborn one', () => {
    expect(reference.doses.filter(({ vaccine }) => vaccine === '百白破疫苗').map(({ fromMonths }) => fromMonths)).toEqual([2, 4, 6, 18]);
    expect(reference.checkups.flatMap(({ ageMonths }) => ageMonths ?? [])).toEqual([1, 3, 6, 8, 12, 18, 24, 30, 36]);
  });
  test('every month from 0 to 36 has its band and four warning signs', () => {
    for (let months = 0; months <= 36; months += 1) {
      expect(bandOf(months, reference.bands)).toBeDefined();
      expect(signsFor(months, reference.warningSigns)?.signs).toHaveLength(4);
    }
    expect([signsFor(0, reference.warningSigns), signsFor(7, reference.warningSigns)].map((found) => [found?.ageMonths, found?.ahead])).toEqual([[3, true], [6, false]]);
  });
  test('sentences are short: 25 characters on average', () => {
    const lines = reference.bands.flatMap((band) => [...band.typical, ...band.play, ...band.feeding, ...band.safety]).map((line) => (typeof line === 'string' ? line : line.text));
    const sentences = lines.flatMap((line) => line.split(/[。？！]/)).filter(Boolean);
    expect(lines.length).toBeGreaterThan(200);
    expect(sentences.reduce((total, sentence) => total + sentence.length, 0) / sentences.length).toBeLessThanOrEqual(25);
    expect(sentences.filter((sentence) => sentence.length > 40)).toEqual([]);
  });
});

describe('the month in an address', () => {
  test.each([[['7'], { kind: 'month', months: 7 }], [['１２'], { kind: 'month', months: 12 }], [[' 36 '], { kind: 'month', months: 36 }], [['-3'], { kind: 'expecting' }], [['37'], { kind: 'older' }], [[], { kind: 'none' }], [[''], { kind: 'none' }], [['3,5'], { kind: 'unreadable', typed: '3,5' }], [['一岁'], { kind: 'unreadable', typed: '一岁' }], [['7.5'], { kind: 'unreadable', typed: '7.5' }], [['999'], { kind: 'unreadable', typed: '999' }], [['3', '5'], { kind: 'unreadable', typed: '3，5' }]])('%j', (values, asked) => {
    expect(readMonths(values)).toEqual(asked);
  });
});

/** A strict reader of RFC 5545: CRLF, 75 octets, unfolding, properties with parameters, components that close in order. */
const parseCalendar = (file: string): readonly Readonly<Record<string, string>>[] => {
  if (!file.endsWith('\r\n') || /[^\r]\n|\r[^\n]/.test(file)) throw new Error('lines must end in CRLF');
  const physical = file.slice(0, -2).split('\r\n');
  for (const line of physical) if (Buffer.byteLength(line) > 75 || line.includes('\uFFFD')) throw new Error(`too long or torn: ${line}`);
  const open: string[] = [];
  const events: Record<string, string>[] = [];
  for (const line of physical.join('\r\n').replaceAll('\r\n ', '').split('\r\n')) {
    const match = /^([A-Z-]+)((?:;[A-Z-]+=[^;:"]+)*):(.*)$/.exec(line);
    if (!match) throw new Error(`no property: ${line}`);
    const [, name = '', parameters = '', value = ''] = match;
    if (name === 'BEGIN') {
      open.push(value);
      if (value === 'VEVENT') events.push({});
    } else if (name === 'END') {
      if (open.pop() !== value) throw new Error(`END:${value} closes nothing`);
    } else if (open.at(-1) === 'VEVENT') {
      const event = events.at(-1);
      if (!event || name in event) throw new Error(`${name} stands twice`);
      event[name] = `${parameters}:${value}`;
    }
  }
  if (open.length > 0) throw new Error(`left open: ${open.join()}`);
  return events;
};

describe('日历文件', () => {
  const entries = (birth: string) => datedSteps(birth, reference.doses, reference.checkups).map(({ id, name, dose, from }) => ({ uid: `${id}-${from}@this-month.tuoyu`, day: from, nextDay: daysAfter(from, 1), summary: `${name}${dose === null ? '' : ` 第 ${String(dose)} 剂`}`, description: '以接种单位、社区卫生服务中心的安排为准，时间、地点请先问清楚；别忘了带接种证。' }));

  test('reads back as whole-day events with stable, different UIDs', () => {
    const file = writeCalendar('检查和疫苗', entries('2026-04-20'), '2026-11-23');
    expect(file.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    const events = parseCalendar(file);
    expect(events).toHaveLength(28);
    expect(new Set(events.map(({ UID }) => UID)).size).toBe(28);
    for (const event of events) expect(Object.keys(event).sort()).toEqual(['DESCRIPTION', 'DTEND', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'TRANSP', 'UID']);
    expect(events.find(({ UID }) => UID === ':m8-2026-12-20@this-month.tuoyu')).toMatchObject({ DTSTART: ';VALUE=DATE:20261220', DTEND: ';VALUE=DATE:20261221', DTSTAMP: ':20261123T000000Z' });
    expect(writeCalendar('检查和疫苗', entries('2026-04-20'), '2026-11-24').match(/UID:.*/g)).toEqual(file.match(/UID:.*/g));
  });

  test('text is escaped, and folds at 75 octets without tearing a character', () => {
    const [event] = parseCalendar(writeCalendar('甲,乙', [{ uid: 'a@b', day: '2026-12-31', nextDay: '2027-01-01', summary: '甲,乙;丙\\丁\n戊', description: '长'.repeat(200) }], '2026-11-23'));
    expect(event?.['SUMMARY']).toBe(':甲\\,乙\\;丙\\\\丁\\n戊');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/[\r\n]/.test(text) && text.isWellFormed()), (text) => {
      const folded = foldLine(text);
      expect(folded.replaceAll('\r\n ', '')).toBe(text);
      for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }));
  });
});

describe('faults in data/reference are told by file, line and column', () => {
  test.each([
    ['reference/immunisation.csv', 'dtap-2,百白破疫苗,2,4', 'dtap-2,百白破疫苗,2,1', 'data/reference/immunisation.csv line 9, column dose: expected dose 1 of 百白破疫苗 at a younger age, got none'],
    ['reference/immunisation.csv', 'hepb-3,乙肝疫苗,3,6,12,,nip-2026', 'hepb-3,乙肝疫苗,3,6,12,,nip-2021', 'data/reference/immunisation.csv line 10, column source: expected a key of sources.json, got "nip-2021"'],
    ['reference/checkups.csv', 'm3,3 月龄健康检查', 'm6,3 月龄健康检查', 'data/reference/checkups.csv line 5: expected each row once, got "m6" again'],
    ['reference/warning-signs.csv', '3,2,逗引', '3,1,逗引', 'data/reference/warning-signs.csv line 3: expected each row once, got "3/1" again'],
    ['reference/months.json', '"from": 7', '"from": 8', 'data/reference/months.json, key 7.from: expected a band that begins at 7, got "8–8"'],
    ['reference/months.json', '轻轻唱歌，摸摸手脚。', '唱 3 首歌。', 'data/reference/months.json, key 0.play.2: expected text and source, because it holds a number, got "唱 3 首歌。"'],
    ['reference/sources.json', '"confidence": "A"', '"confidence": "X"', 'data/reference/sources.json, key 1.confidence: expected one of A, B, C, G, got "X"'],
  ])('%s: %s', (file, from, to, problem) => {
    const data = copyOfData();
    spoil(data, file, from, to);
    expect(problemsOf(() => loadReference(data))).toContain(problem);
  });
});
