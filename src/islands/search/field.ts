// 搜索联想: wakes when a search field is first touched. Until then, and without it, the field is a form like any other.
const wakers = ['focusin', 'pointerdown', 'input'] as const;

const watch = (form: HTMLFormElement): void => {
  let isAwake = false;
  const wake = (): void => {
    if (isAwake) return;
    isAwake = true;
    import('#islands/search/mount.tsx').then(({ mountSearch }) => { mountSearch(form); }, () => { isAwake = false; }); // offline: the next touch tries again
  };
  for (const waker of wakers) form.addEventListener(waker, wake, { passive: true });
  if (form.contains(document.activeElement)) wake();
};

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-suggest]')) watch(form);
