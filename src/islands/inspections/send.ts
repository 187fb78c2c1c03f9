import { dropDraft, type Draft } from '#islands/inspections/store.ts';

/** What became of a try to send. */
export type Sent = { readonly kind: 'sent'; readonly href: string } | { readonly kind: 'refused'; readonly messages: readonly string[] } | { readonly kind: 'signIn' } | { readonly kind: 'offline' };

const target = '/office/inspections/new/';

const isText = (value: unknown): value is string => typeof value === 'string';
const messagesIn = (body: unknown): readonly string[] => {
  if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return [];
  return body.errors.map((error: unknown) => (typeof error === 'object' && error !== null && 'message' in error ? error.message : '')).filter(isText);
};

/** Sends a draft; the server writes a record once by its number, so that a try whose answer was lost does no harm. Forgotten here only when the server has it. */
export async function sendDraft(draft: Draft): Promise<Sent> {
  const body = new FormData();
  for (const [name, value] of draft.fields) body.append(name, value);
  for (const file of draft.files) body.append('photos', file, file.name);
  let response: Response;
  try {
    response = await fetch(target, { method: 'POST', body, headers: { accept: 'application/json' } });
  } catch {
    return { kind: 'offline' };
  }
  if (response.redirected || response.status === 401) return { kind: 'signIn' };
  const isJson = (response.headers.get('content-type') ?? '').includes('application/json');
  if (!isJson) return response.status >= 500 || response.status === 429 ? { kind: 'offline' } : { kind: 'refused', messages: [] };
  const answer: unknown = await response.json();
  if (response.ok && typeof answer === 'object' && answer !== null && 'href' in answer && isText(answer.href)) {
    await dropDraft(draft.id);
    return { kind: 'sent', href: answer.href };
  }
  return { kind: 'refused', messages: messagesIn(answer) };
}
