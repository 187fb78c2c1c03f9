import { expect, type TestContext } from 'vitest';
import type { Verdict } from '#tests/torture/harness.ts';

/** Passes when every promise held; a torture that cannot run on this machine is skipped, and says so on the terminal. */
export function judge(verdicts: readonly Verdict[], context: TestContext): void {
  const skipped = verdicts.filter(({ result }) => result === 'SKIPPED');
  for (const { what, detail } of skipped) process.stderr.write(`\nSKIPPED ${what}: ${detail}\n`);
  expect(verdicts.filter(({ result }) => result === 'BROKEN')).toEqual([]);
  if (skipped.length > 0) context.skip(skipped.map(({ detail }) => detail).join('; '));
  expect(verdicts.length).toBeGreaterThan(0);
}

/** Nobody listens. */
export const quiet = (): void => undefined;
