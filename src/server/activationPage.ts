import { activate } from '#domain/accounts/commands.ts';
import { readTyped } from '#server/forms.ts';
import type { PageError } from '#server/signInPages.ts';
import { accountFieldText, passwordRefusalText, signInRefusalText } from '#text/accounts.ts';

/** 激活: what the page shows. The code travels in the body of a POST only; its link carries it after #. */
export type ActivationView = { readonly kind: 'ask'; readonly code: string; readonly errors: readonly PageError[]; readonly status: number } | { readonly kind: 'done'; readonly login: string };

/** 激活, asked for or done. */
export async function activationStep({ locals, request }: { readonly locals: Pick<App.Locals, 'app' | 'clientAddress'>; readonly request: Request }): Promise<ActivationView> {
  if (request.method !== 'POST') return { kind: 'ask', code: '', errors: [], status: 200 };
  const typed = await readTyped(request);
  const [code, password, again] = [(typed['code'] ?? '').slice(0, 100), typed['password'] ?? '', typed['again'] ?? ''];
  const ask = (field: string, message: string, status = 422): ActivationView => ({ kind: 'ask', code, errors: [{ field, message }], status });
  if (code.trim() === '') return ask('code', accountFieldText.activationCode);
  if (password === '') return ask('password', accountFieldText.password);
  if (password !== again) return ask('again', accountFieldText.again);
  const { accounts } = locals.app;
  const seconds = await accounts.takeActivation(locals.clientAddress);
  if (seconds > 0) return ask('code', accountFieldText.activationWait(seconds), 429);
  const done = await activate(accounts.deps, code, password.slice(0, 1_000));
  if (done.ok) return { kind: 'done', login: done.value.login };
  if (done.reason === 'gone') return ask('code', accountFieldText.activationGone);
  return done.reason === 'busy' ? ask('password', signInRefusalText.busy(), 503) : ask('password', passwordRefusalText[done.reason]);
}
