import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, one line each: the file, the test and the first line of what it said. */
  readonly names?: readonly string[];
}

const report = z.object({
  testResults: z.array(z.object({
    status: z.string(), name: z.string().default(''), message: z.string().default(''),
    assertionResults: z.array(z.object({ status: z.string(), fullName: z.string().default(''), failureMessages: z.array(z.string()).default([]) })),
  })),
});

type File = z.output<typeof report>['testResults'][number];

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 200) ?? '';

function namesIn(file: File): readonly string[] {
  const name = file.name.replace(/^.*\/(?=tests\/)/, '');
  const tests = file.assertionResults.filter((test) => test.status === 'failed').map((test) => `${name} › ${test.fullName}: ${firstLine(test.failureMessages[0] ?? '')}`);
  return file.status === 'failed' && tests.length === 0 ? [`${name}: ${firstLine(file.message)}`] : tests;
}

/**
 * Counts Vitest's JSON report. Beside failed tests these count as one failure each: no report, no test at all,
 * a file that did not load or whose hooks failed, and an exit code that nothing in the report explains.
 */
export function countTests(path: string, exitCode: number): Count {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0, names: ['no report was written'] };
  const files = report.parse(JSON.parse(readFileSync(path, 'utf8'))).testResults;
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const passed = statuses.filter((status) => status === 'passed').length;
  const brokenTests = statuses.filter((status) => status === 'failed').length;
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
  const failed = brokenTests + brokenFiles;
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? [`ended with ${String(exitCode)}, and no test says why`] : [];
  return { passed, failed: failed + unexplained.length, skipped: statuses.length - passed - brokenTests, names: [...files.flatMap(namesIn), ...unexplained] };
}
