// The quick form of the tortures that ask who wins; `npm run torture` is the long one.
import { inject, test } from 'vitest';
import { contendOn, repeatOn } from '#tests/torture/contenders.ts';
import { deskOn } from '#tests/torture/deskLives.ts';
import { modelOn } from '#tests/torture/histories.ts';
import { onBothEngines } from '#tests/torture/places.ts';
import { queueOn } from '#tests/torture/queues.ts';
import { judge, quiet } from '#tests/integration/torture/judge.ts';

// Two writers are enough to disagree; more of them are the long form's.
const processes = 2;

test('a crowd wants the last seats: never one too many, never one too few', { timeout: 240_000 }, async (context) => {
  judge(await onBothEngines((places) => contendOn(places, { contenders: 60, seeds: 1 }, quiet), inject('postgresUrl'), processes), context);
});

test('one key a hundred times at once is one booking with a hundred equal answers', { timeout: 240_000 }, async (context) => {
  judge(await onBothEngines((places) => repeatOn(places, 1), inject('postgresUrl'), processes), context);
});

test('random lives answer as the model; histories of several people are linearizable', { timeout: 240_000 }, async (context) => {
  judge(await onBothEngines((places) => modelOn(places, 5), inject('postgresUrl'), processes), context);
});

test('a waiting list answers as its model; histories of several people are linearizable', { timeout: 240_000 }, async (context) => {
  judge(await onBothEngines((places) => queueOn(places, 5), inject('postgresUrl'), processes), context);
});

test('care by the hour and the desk answer as their model; histories of families and staff are linearizable', { timeout: 240_000 }, async (context) => {
  judge(await onBothEngines((places) => deskOn(places, 5), inject('postgresUrl'), processes), context);
});
