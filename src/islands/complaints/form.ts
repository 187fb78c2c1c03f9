// 提诉求: improves a form that works without it. Nothing typed is kept in the browser.
import { watchFiles } from '#islands/complaints/files.ts';

for (const field of document.querySelectorAll<HTMLElement>('[data-complaint-files]')) watchFiles(field);

const institution = document.querySelector<HTMLElement>('[data-complaint-institution]');
institution?.querySelector('#field-institutionQuery')?.addEventListener('focus', () => {
  void import('#islands/complaints/institution.ts').then(({ watchInstitution }) => { watchInstitution(institution); });
}, { once: true });

for (const form of document.querySelectorAll<HTMLFormElement>('[data-complaint-send]')) {
  form.addEventListener('submit', () => {
    const said = form.querySelector('.complaint-sending');
    if (said) said.textContent = form.dataset['sending'] ?? '';
  });
}

for (const place of document.querySelectorAll<HTMLElement>('[data-copy-from]')) {
  const text = place.closest('details')?.querySelector('textarea');
  if (!text || !('clipboard' in navigator)) continue;
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'button button--quiet', textContent: place.dataset['copyLabel'] ?? '' });
  button.addEventListener('click', () => { navigator.clipboard.writeText(text.value).then(() => { button.textContent = place.dataset['copied'] ?? ''; }, () => { text.select(); }); });
  place.append(button);
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => { print(); });
}
