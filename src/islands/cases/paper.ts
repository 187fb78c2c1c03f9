// 打印 and 复制 as buttons; without a script the browser's own menu does both.
document.querySelector('[data-print]')?.addEventListener('click', () => { window.print(); });

const copy = document.querySelector<HTMLButtonElement>('[data-copy]');
const text = document.querySelector<HTMLElement>('[data-copied-text]');
copy?.addEventListener('click', () => {
  navigator.clipboard.writeText(text?.textContent ?? '').then(() => { copy.textContent = copy.dataset['done'] ?? ''; }, () => {
    if (text) getSelection()?.selectAllChildren(text);
  });
});
