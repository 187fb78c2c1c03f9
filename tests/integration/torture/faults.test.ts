// The quick form of a fault at the n-th call; `npm run torture -- faults` lets every call fail.
import { inject, test } from 'vitest';
import { judge, quiet } from '#tests/integration/torture/judge.ts';
import { failCalls } from '#tests/torture/faults.ts';
import { allUseCases } from '#tests/torture/useCases.ts';

test('a call that fails leaves nothing half done, and asked again the thing goes through, once', { timeout: 240_000 }, async (context) => {
  judge(await failCalls(allUseCases, true, quiet, inject('postgresUrl')), context);
});
