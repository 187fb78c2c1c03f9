import { test } from 'vitest';
import { overHttp } from '#tests/torture/clocks.ts';
import { judge } from '#tests/integration/torture/judge.ts';

test('clocks that jump, two tabs, double taps, back after success: one sentence, one true state', { timeout: 90_000 }, async (context) => {
  judge(await overHttp(), context);
});
