import { test } from 'vitest';
import { judge } from '#tests/integration/torture/judge.ts';
import { guessCodes } from '#tests/torture/guesses.ts';

test('a thousand guesses of query codes over HTTP: none opens, limits hold, whoever holds the code gets in', { timeout: 90_000 }, async (context) => {
  judge(await guessCodes(20), context);
});
