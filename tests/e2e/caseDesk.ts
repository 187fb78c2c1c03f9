// Cases at the office: taken down at a desk of the test's own on the site's records, so that a journey starts where it matters.
import type { EnteredCase } from '#domain/complaints/model.ts';
import type { CaseDesk } from '#domain/complaints/deps.ts';
import { enteredCase } from '#domain/complaints/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { App } from '#server/app.ts';

/** A desk that may everything in a place. */
export const anyDesk = (code = '120105'): CaseDesk => ({ actor: 'account-of-a-test', jurisdiction: jurisdictionCode.parse(code), may: () => true, profile: 'small', department: null, subdistrict: null, institution: null });

const whole = { kind: 'complaint', subject: 'food', channel: 'telephone', identity: 'anonymous', happened: '昨天中午的饭菜有酸味，好几个孩子下午拉肚子。' } as const;

/** Takes a case down; a test states only what matters. Answers its id and number. */
export async function takeDown(app: App, key: string, change: Readonly<Record<string, unknown>> = {}, code = '120105'): Promise<{ readonly id: string; readonly reference: string; readonly queryCode: string }> {
  const entered: EnteredCase = enteredCase.parse({ ...whole, ...change });
  const outcome = await app.cases.enter(anyDesk(code), key, entered);
  if (!outcome.ok) throw new Error(`not taken down: ${outcome.reason}`);
  const { reference, queryCode } = outcome.value.receipt;
  const id = await app.cases.idOf(anyDesk(code), reference);
  if (id === undefined) throw new Error(`no case ${reference}`);
  return { id, reference, queryCode };
}
