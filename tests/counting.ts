import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const report = z.object({
  testResults: z.array(z.object({
    status: z.string(),
    assertionResults: z.array(z.object({ status: z.string() })),
  })),
});

/**
 * Counts Vitest's JSON report. Beside failed tests these count as one failure each: no report, no test at all,
 * a file that did not load or whose hooks failed, and an exit code that nothing in the report explains.
 */
export function countTests(path: string, exitCode: number): Count {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const files = report.parse(JSON.parse(readFileSync(path, 'utf8'))).testResults;
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const passed = statuses.filter((status) => status === 'passed').length;
  const brokenTests = statuses.filter((status) => status === 'failed').length;
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
  const failed = brokenTests + brokenFiles;
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + unexplained, skipped: statuses.length - passed - brokenTests };
}
