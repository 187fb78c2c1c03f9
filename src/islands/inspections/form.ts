// The form of 巡查 on a phone: what is typed is kept on the device at once and sent when there is a signal. Without this the form is a form.
import { sendDraft, type Sent } from '#islands/inspections/send.ts';
import { dropDraft, keepDraft, readDrafts, readKept, type Draft } from '#islands/inspections/store.ts';
import { inspectionOfflineText as words } from '#text/inspections.ts';

const form = document.querySelector<HTMLFormElement>('form[data-inspection]');

const inputOf = (within: HTMLFormElement, name: string): HTMLInputElement | null => within.querySelector<HTMLInputElement>(`input[name="${name}"]`);
const setValue = (within: HTMLFormElement, name: string, value: string): void => { const input = inputOf(within, name); if (input) input.value = value; };

function draftOf(within: HTMLFormElement, state: Draft['state']): Draft {
  const data = new FormData(within);
  const fields = [...data.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  const files = data.getAll('photos').flatMap((value) => (typeof value !== 'string' && value.size > 0 ? [value] : []));
  const name = within.querySelector<HTMLSelectElement>('select[name="institution"]')?.selectedOptions[0]?.textContent.trim() ?? '';
  return { id: inputOf(within, 'id')?.value ?? '', account: inputOf(within, 'account')?.value ?? '', name, fields, files, state, at: Date.now() };
}

function restore(within: HTMLFormElement, draft: Draft): void {
  for (const [name, value] of draft.fields) {
    const controls = [...within.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(`[name="${name}"]`)];
    for (const control of controls) {
      if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox')) control.checked = control.value === value;
      else control.value = value;
    }
  }
  const photos = inputOf(within, 'photos');
  if (!photos || draft.files.length === 0) return;
  const transfer = new DataTransfer();
  for (const file of draft.files) transfer.items.add(file);
  photos.files = transfer.files;
}

function say(within: HTMLFormElement, text: string, link?: { readonly href: string; readonly text: string }): void {
  const state = within.querySelector('[data-inspection-state]');
  if (!state) return;
  state.replaceChildren(text);
  if (!link) return;
  const anchor = document.createElement('a');
  anchor.href = link.href;
  anchor.textContent = link.text;
  state.append(' ', anchor);
}

function tell(within: HTMLFormElement, sent: Sent): void {
  if (sent.kind === 'sent') location.assign(sent.href);
  else if (sent.kind === 'offline') say(within, words.stored);
  else if (sent.kind === 'signIn') say(within, words.signIn, { href: '/sign-in/?next=%2Foffice%2Finspections%2F', text: words.signInLink });
  else say(within, [words.refused, ...sent.messages].join(' '));
}

/** The page that a phone keeps has no institutions of its own: those the inspector chose to keep are put in. */
async function fillFromPhone(within: HTMLFormElement): Promise<void> {
  const kept = await readKept();
  const select = within.querySelector<HTMLSelectElement>('select[name="institution"]');
  const empty = document.querySelector<HTMLElement>('[data-inspection-empty]');
  if (!kept || !select) {
    if (empty) empty.hidden = false;
    return;
  }
  setValue(within, 'account', kept.account);
  select.append(...kept.list.map(({ id, name }) => new Option(name, id)));
  setValue(within, 'inspectedOn', new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  const wanted = new URLSearchParams(location.search).get('draft');
  const drafts = (await readDrafts()).filter(({ account, state }) => account === kept.account && state === 'typing');
  const begun = drafts.find(({ id }) => id === wanted) ?? drafts.at(-1);
  if (!begun) return;
  restore(within, begun);
  say(within, words.typing);
}

async function prepare(within: HTMLFormElement): Promise<void> {
  within.dataset['live'] = '';
  const isKeptPage = within.dataset['account'] === '';
  if (isKeptPage) await fillFromPhone(within);
  if (inputOf(within, 'id')?.value === '') setValue(within, 'id', crypto.randomUUID());
  let saving: ReturnType<typeof setTimeout> | undefined;
  within.addEventListener('input', () => {
    clearTimeout(saving);
    saving = setTimeout(() => { void keepDraft(draftOf(within, 'typing')).then(() => { say(within, words.typing); }); }, 300);
  });
  within.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(saving);
    void (async () => {
      const draft = draftOf(within, 'waiting');
      await keepDraft(draft);
      say(within, words.sending);
      const sent = await sendDraft(draft);
      // What was refused must be put right by hand: it does not wait for a signal.
      if (sent.kind === 'refused') await keepDraft({ ...draft, state: 'typing' });
      if (sent.kind === 'sent') await dropDraft(draft.id);
      tell(within, sent);
    })();
  });
}

if (form && 'indexedDB' in window) void prepare(form).catch(() => { delete form.dataset['live']; });
