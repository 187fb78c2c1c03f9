import { loadSearch } from '#islands/search/loadSearch.ts';
import { offersFor } from '#islands/search/offers.ts';
import { complaintText as words } from '#text/complaintForm.ts';

const mostOffered = 8;
const idOf = (href: string): string | undefined => /\/institutions\/([0-9a-f-]{36})\/$/.exec(href)?.[1];

const choice = (id: string, name: string, note: string | null): HTMLLabelElement => {
  const label = document.createElement('label');
  label.className = 'choice';
  label.dataset['offered'] = id;
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name: 'about', value: id, id: `field-about-${id}` });
  const text = document.createElement('span');
  text.textContent = name;
  if (note !== null) {
    const hint = document.createElement('span');
    hint.className = 'choice__hint';
    hint.textContent = note;
    text.append(hint);
  }
  label.append(input, text);
  return label;
};

/** 查机构: offers institutions while their name is typed, from the place's index in the browser; the button that asks the server stays. */
export const watchInstitution = (fieldset: HTMLElement): void => {
  const [input, choices, said] = [fieldset.querySelector<HTMLInputElement>('#field-institutionQuery'), fieldset.querySelector<HTMLElement>('[data-choices]'), fieldset.querySelector<HTMLElement>('[role="status"]')];
  const slug = fieldset.dataset['complaintInstitution'] ?? '';
  if (!input || !choices || !said) return;
  let loading: ReturnType<typeof loadSearch> | undefined;
  const offer = async (): Promise<void> => {
    loading ??= loadSearch(slug);
    const search = await loading;
    const typed = input.value.trim();
    if (!search) { loading = undefined; return; }
    const offers = typed === '' ? [] : offersFor(search, typed, { slug, action: '', kept: [] }).flatMap((group) => group.offers);
    const found = offers.flatMap(({ href, text, note }) => { const id = idOf(href); return id === undefined ? [] : [{ id, text, note }]; }).slice(0, mostOffered);
    for (const old of choices.querySelectorAll<HTMLElement>('[data-offered]')) if (!old.querySelector(':checked')) old.remove();
    const held = [...choices.querySelectorAll<HTMLInputElement>('input')].map(({ value }) => value);
    choices.prepend(...found.filter(({ id }) => !held.includes(id)).map(({ id, text, note }) => choice(id, text, note)));
    said.textContent = typed === '' ? '' : found.length === 0 ? words.nothing : words.found(found.length);
  };
  input.addEventListener('input', () => { void offer(); });
  if (input.value !== input.defaultValue) void offer(); // typed while this was on its way
};
