import { expect, test } from 'vitest';
import { isoDate } from '#domain/shared/dates.ts';
import { byStreet, inOrder, queueWords, type DueItem, type ReadQueue } from '#server/pages/dues.ts';
import { dueQueues } from '#server/pages/dueQueues.ts';

const today = isoDate.parse('2026-11-23');
const item = (on: string | null, subdistrict: string | null = null): DueItem => ({ on: on === null ? null : isoDate.parse(on), subdistrict, name: 'one', href: '/office/' });
const queue = (title: string, day: 'due' | 'since', items: readonly DueItem[]): ReadQueue => ({ key: title, href: `/office/${title}/`, title, what: '', day, items, total: items.length });

test('over the day before today before what waits; among them the oldest first; an empty queue is not shown', () => {
  const queues = [queue('waits', 'since', [item('2026-01-01')]), queue('later', 'due', [item('2026-12-01')]), queue('today', 'due', [item('2026-11-23')]), queue('none', 'due', []), queue('late', 'due', [item('2026-11-20')]), queue('later still', 'due', [item('2026-11-22'), item(null)])];
  expect(inOrder(queues, today).map(({ key }) => key)).toEqual(['late', 'later still', 'today', 'waits', 'later']);
});

test('number, oldest day and how many are late; a queue that only waits is never late', () => {
  expect(queueWords(queue('counts', 'due', [item('2026-11-05'), item('2026-11-22'), item('2026-11-24')]), today)).toEqual({ count: '3 件', when: expect.stringContaining('11月5日'), late: '逾期 2 件', tone: 'red' });
  expect(queueWords(queue('calls', 'since', [item('2026-11-05')]), today)).toMatchObject({ late: null, tone: 'plain' });
  expect(queueWords(queue('pending', 'due', [item(null)]), today)).toMatchObject({ when: null, late: null, tone: 'plain' });
});

test('by street: the oldest street first, what belongs to none last', () => {
  const rows = byStreet([queue('投诉', 'due', [item('2026-11-20', '120105002'), item('2026-01-01')]), queue('月报', 'due', [item('2026-11-05', '120105001'), item('2026-11-05', '120105002')])], new Map([['120105001', '光复道街道'], ['120105002', '望海楼街道']]));
  expect(rows.map(({ name, count, parts }) => [name, count, parts])).toEqual([['望海楼街道', 2, ['投诉 1', '月报 1']], ['光复道街道', 1, ['月报 1']], ['没有街道记录的', 1, ['投诉 1']]]);
});

test('every queue has a key of its own', () => { expect(new Set(dueQueues.map(({ desk, key }) => `${desk}/${key}`)).size).toBe(dueQueues.length); });
