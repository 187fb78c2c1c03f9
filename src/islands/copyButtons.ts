// 复制 beside each of several texts: shown only where a script can copy; the text itself can be selected without.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy-from]')) {
  const text = document.getElementById(button.dataset['copyFrom'] ?? '');
  if (!text || !('clipboard' in navigator)) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text.textContent).then(() => { button.textContent = button.dataset['done'] ?? ''; }, () => { getSelection()?.selectAllChildren(text); });
  });
}
