import { test } from 'vitest';
import { judge, quiet } from '#tests/integration/torture/judge.ts';
import { overload } from '#tests/torture/overload.ts';
import { restarts } from '#tests/torture/restarts.ts';

test('sixty sockets that never end and forty sign-ins a second: a page of parents stays below a second', { timeout: 90_000 }, async (context) => {
  judge(await overload.run({ quick: true, say: quiet }), context);
});

test('ended and started again under load: nothing acknowledged is lost', { timeout: 90_000 }, async (context) => {
  judge(await restarts.run({ quick: true, say: quiet }), context);
});
