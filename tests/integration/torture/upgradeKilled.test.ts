// The quick form of kill -9 in the middle of an upgrade; `npm run torture -- upgrade` kills after every fourth statement.
import { inject, test } from 'vitest';
import { judge, quiet } from '#tests/integration/torture/judge.ts';
import { killUpgrades } from '#tests/torture/upgradeKilled.ts';

test('kill -9 in the middle of an upgrade: the next start goes on, and nothing is lost', { timeout: 240_000 }, async (context) => {
  judge(await killUpgrades(true, quiet, inject('postgresUrl')), context);
});
