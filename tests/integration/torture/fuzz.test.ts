import { test } from 'vitest';
import { judge, quiet } from '#tests/integration/torture/judge.ts';
import { fuzz } from '#tests/torture/fuzz.ts';

test('a thousand inputs nobody should send, for every route, from every role: no fault, no English, no hang', { timeout: 120_000 }, async (context) => {
  judge(await fuzz.run({ quick: true, say: quiet }), context);
});
