import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countTests } from '#tests/counting.ts';

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'tuoyu-counting-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

function counted(files: readonly (readonly [status: string, tests: readonly string[]])[], exitCode: number) {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify({ testResults: files.map(([status, tests]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) })) }));
  return countTests(path, exitCode);
}

test('tests are counted one by one', () => {
  expect(counted([['passed', ['passed', 'passed', 'pending']], ['failed', ['passed', 'failed']]], 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

test('a file that does not load is a failure', () => {
  expect(counted([['passed', ['passed']], ['failed', []]], 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a file whose hooks fail is a failure though its tests passed', () => {
  expect(counted([['failed', ['passed']]], 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('no test at all is a failure', () => {
  expect(counted([], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(counted([['passed', ['skipped']]], 0)).toEqual({ passed: 0, failed: 1, skipped: 1 });
});

test('an exit code that no test explains is a failure', () => {
  expect(counted([['passed', ['passed']]], 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a missing report is a failure', () => {
  expect(countTests(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
