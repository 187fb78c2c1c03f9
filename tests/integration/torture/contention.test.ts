// The quick form of the tortures that ask who wins; `npm run torture` is the long one.
import { inject, test } from 'vitest';
import { contendOn, repeatOn } from '#tests/torture/contenders.ts';
import { modelOn } from '#tests/torture/histories.ts';
import { onBothEngines } from '#tests/torture/places.ts';
import { queueOn } from '#tests/torture/queues.ts';
import { judge, quiet } from '#tests/integration/torture/judge.ts';

test('a crowd wants the last seats: never one too many, never one too few', { timeout: 60_000 }, async (context) => {
  judge(await onBothEngines((places) => contendOn(places, { contenders: 60, seeds: 1 }, quiet), inject('postgresUrl')), context);
});

test('one key a hundred times at once is one booking with a hundred equal answers', { timeout: 60_000 }, async (context) => {
  judge(await onBothEngines((places) => repeatOn(places, 1), inject('postgresUrl')), context);
});

test('random lives answer as the model; histories of several people are linearizable', { timeout: 90_000 }, async (context) => {
  judge(await onBothEngines((places) => modelOn(places, 6), inject('postgresUrl')), context);
});

test('a waiting list answers as its model; histories of several people are linearizable', { timeout: 90_000 }, async (context) => {
  judge(await onBothEngines((places) => queueOn(places, 5), inject('postgresUrl')), context);
});
