import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countTests } from '#tests/counting.ts';

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'tuoyu-counting-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

function report(testResults: readonly object[]): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}
function counted(files: readonly (readonly [status: string, tests: readonly string[]])[], exitCode: number) {
  const { names = [], ...count } = countTests(report(files.map(([status, tests]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) }))), exitCode);
  expect(names).toHaveLength(count.failed);
  return count;
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
  expect(countTests(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0, names: ['no report was written'] });
});

test('what failed is named with its file, its test and the first line it said', () => {
  const path = report([
    { status: 'failed', name: '/home/somebody/site/tests/e2e/a.test.ts', assertionResults: [{ status: 'passed', fullName: 'fine' }, { status: 'failed', fullName: 'a seat is given once', failureMessages: ['Error: two have it\n    at a.test.ts:3'] }] },
    { status: 'failed', name: '/home/somebody/site/tests/e2e/b.test.ts', message: 'does not load', assertionResults: [] },
  ]);
  expect(countTests(path, 1).names).toEqual(['tests/e2e/a.test.ts › a seat is given once: Error: two have it', 'tests/e2e/b.test.ts: does not load']);
});
