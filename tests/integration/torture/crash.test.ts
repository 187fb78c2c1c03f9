// The quick form of the tortures that cut the program off; `npm run torture` is the long one.
import { inject, test } from 'vitest';
import { fillDisk } from '#tests/torture/fullDisk.ts';
import { killOnPostgres, killOnSqlite } from '#tests/torture/killed.ts';
import { losePower } from '#tests/torture/powerLoss.ts';
import { judge, quiet } from '#tests/integration/torture/judge.ts';

test('kill -9 under eight writers loses nothing acknowledged', { timeout: 240_000 }, async (context) => {
  judge(await killOnSqlite(3, 30, quiet), context);
});

test('kill -9 of the writers on PostgreSQL loses nothing acknowledged', { timeout: 240_000 }, async (context) => {
  judge(await killOnPostgres(2, 30, quiet, inject('postgresUrl')), context);
});

test('a power loss loses nothing acknowledged', { timeout: 240_000 }, async (context) => {
  judge(await losePower(true, 30, quiet), context);
});

test('a full disk is told to parents, loses nothing, and is over when there is room', { timeout: 240_000 }, async (context) => {
  judge(await fillDisk('off', { say: quiet }), context);
});
