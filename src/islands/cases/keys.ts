// 键盘: letters press what the page already has. Nothing here does anything a mouse, a finger or Tab cannot; in a field the letters are letters.
const root = document.documentElement;
root.dataset['keys'] = 'on';

const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
const linkOf = (row: HTMLElement | undefined): HTMLAnchorElement | null => row?.querySelector<HTMLAnchorElement>('a') ?? null;
const rowNow = (): number => rows.findIndex((row) => row.contains(document.activeElement));

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"])'));

/** To the row `by` away from the one that has the focus; the first where none has. */
function step(by: number): void {
  const at = rowNow();
  const to = linkOf(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]);
  to?.focus();
  to?.scrollIntoView({ block: 'nearest' });
}

/** Unfolds a form and goes to the first thing that must still be said; where everything stands already, to its button. */
function unfold(fold: HTMLDetailsElement): void {
  fold.open = true;
  const fields = [...fold.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('[aria-required="true"]')];
  const to = fields.find((field) => field.value === '') ?? fold.querySelector<HTMLElement>('form button[type="submit"]');
  to?.focus();
}

function press(key: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (target === null) return false;
  const fold = target.closest('details');
  if (target.tagName === 'SUMMARY' && fold) {
    const around = fold.parentElement?.closest('details');
    if (around) around.open = true;
    unfold(fold);
  } else target.click();
  return true;
}

const card = document.querySelector<HTMLDialogElement>('#key-card');

function tick(): boolean {
  const box = rows[rowNow()]?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  box?.click();
  return box !== undefined && box !== null;
}

function answer(key: string): boolean {
  switch (key) {
    case 'j': step(1); return rows.length > 0;
    case 'k': step(-1); return rows.length > 0;
    case 'x': return rows.length > 0 ? tick() : press(key);
    case '/': { const field = document.querySelector<HTMLElement>('#field-reference'); field?.focus(); return field !== null; }
    case '?': card?.showModal(); return card !== null;
    default: return /^[a-z]$/.test(key) && press(key);
  }
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || card?.open === true) return;
  const { target, key } = event;
  if (isTyping(target) && target instanceof HTMLElement) {
    if (key === 'Escape') target.blur();
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) target.closest('form')?.querySelector<HTMLElement>('button[type="submit"]')?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (answer(key)) event.preventDefault();
});

document.querySelector('[data-key-card]')?.addEventListener('click', () => { card?.showModal(); });
if (rows.length > 0 && document.activeElement === document.body && matchMedia('(hover: hover)').matches) linkOf(rows[0])?.focus({ preventScroll: true });
