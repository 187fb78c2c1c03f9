// 等保对照表: what it claims is named with the test that proves it, and the document is what the data says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checklistFaults, checklistText, readChecklist, writtenChecklist, type Checklist } from '#tests/assurance/dengbao.ts';
import { readConfig } from '#server/config.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string | undefined => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);
const list = readChecklist();

test('every claim names a test that is there', () => {
  expect(checklistFaults(list, read)).toEqual([]);
});

test('the eleven points of the computing environment are there in their order, each once', () => {
  expect(list.points.map(({ id }) => id)).toEqual(['8.1.1', '8.1.2', '8.1.3', ...Array.from({ length: 11 }, (_, at) => `8.1.4.${String(at + 1)}`), '8.1.5', '8.1.6 至 8.1.10']);
});

test('the document is the one the data makes: node tests/assurance/dengbao.ts writes it', () => {
  expect(writtenChecklist()).toBe(checklistText(list));
});

test('settings the list names exist, and are off or empty by themselves', () => {
  const named = new Set(JSON.stringify(list).match(/\b[A-Z]+(?:_[A-Z]+)+\b/g));
  const example = readFileSync(join(root, '.env.example'), 'utf8');
  expect([...named].filter((name) => !example.includes(`${name}=`))).toEqual([]);
  expect(readConfig({}).passwordPolicy).toEqual({ maxAgeDays: null, classes: 0 });
});

test('a planted fault of each kind is seen', () => {
  const with_ = (change: Partial<Checklist['points'][number]['items'][number]>): Checklist => ({
    ...list, points: [{ id: 'x', name: '某一点', items: [{ asks: '一项', site: '做了', tests: [{ file: 'tests/unit/dengbao.test.ts', title: 'every claim names a test that is there' }], operator: '无。', unmet: null, ...change }] }],
  });
  expect(checklistFaults(with_({}), read)).toEqual([]);
  expect(checklistFaults(with_({ tests: [] }), read)).toHaveLength(1);
  expect(checklistFaults(with_({ tests: [{ file: 'tests/unit/gone.test.ts', title: 'a test that is gone' }] }), read)).toEqual(['x 一项: there is no tests/unit/gone.test.ts']);
  expect(checklistFaults(with_({ tests: [{ file: 'tests/unit/dengbao.test.ts', title: ['a title', 'that nobody wrote'].join(' ') }] }), read)[0]).toContain('has no test');
  expect(checklistFaults(with_({ site: null, tests: [], unmet: '没有' }), read)).toHaveLength(1);
});
