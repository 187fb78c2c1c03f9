// 存到这部手机: the empty form and the names, by the inspector's choice; what waits is sent when there is a signal.
import { sendDraft } from '#islands/inspections/send.ts';
import { dropDraft, dropKept, keepDraft, readDrafts, readKept, writeKept, type Draft, type Kept } from '#islands/inspections/store.ts';
import { inspectionOfflineText as words } from '#text/inspections.ts';

const page = '/offline/inspection/';
const cacheName = 'inspection';

/** The page with the files it is drawn and run with, all of one build. */
async function keepPage(): Promise<void> {
  await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' });
  await navigator.serviceWorker.ready;
  await caches.delete(cacheName);
  const cache = await caches.open(cacheName);
  const response = await fetch(page, { cache: 'no-cache' });
  if (!response.ok) throw new Error(String(response.status));
  const html = await response.clone().text();
  await cache.put(page, response);
  const files = new Set(html.match(/\/_astro\/[^"'\s>]+\.(?:css|js)/g) ?? []);
  for (const file of files) {
    const found = await fetch(file);
    await cache.put(file, found.clone());
    if (!file.endsWith('.js')) continue;
    for (const [, part] of (await found.text()).matchAll(/["'](?:\.\/|\/_astro\/)([\w.-]+\.js)["']/g)) if (part !== undefined) files.add(`/_astro/${part}`);
  }
  await cache.add('/favicon.svg');
}

const dayText = (at: number): string => new Date(at).toLocaleDateString('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' });

const listIn = (text: string): Kept['list'] => {
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? read.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'id' in one && 'name' in one && typeof one.id === 'string' && typeof one.name === 'string' ? [{ id: one.id, name: one.name }] : [])) : [];
};

async function prepareKeeping(section: HTMLElement): Promise<void> {
  const state = section.querySelector('[data-keep-state]');
  const show = async (): Promise<void> => { const kept = await readKept(); if (state) state.textContent = kept ? words.kept(dayText(kept.at)) : words.notKept; };
  section.querySelector('[data-keep-do]')?.addEventListener('click', () => {
    void (async () => {
      await keepPage();
      await writeKept({ key: 'institutions', account: section.dataset['account'] ?? '', list: listIn(section.dataset['institutions'] ?? '[]'), at: Date.now() });
      await show();
    })().catch(() => { if (state) state.textContent = words.notKept; });
  });
  section.querySelector('[data-keep-forget]')?.addEventListener('click', () => { void Promise.all([dropKept(), caches.delete(cacheName)]).then(show); });
  await show();
  section.hidden = false;
}

function button(text: string, label: string, act: () => Promise<void>): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button button--quiet';
  made.textContent = text;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => { void act(); });
  return made;
}

async function trySend(draft: Draft, line: Element): Promise<void> {
  line.textContent = words.sending;
  const sent = await sendDraft(draft);
  if (sent.kind === 'refused') await keepDraft({ ...draft, state: 'typing' });
  line.textContent = { sent: words.sent, offline: words.stored, signIn: words.signIn, refused: [words.refused, ...(sent.kind === 'refused' ? sent.messages : [])].join(' ') }[sent.kind];
  if (sent.kind === 'signIn') line.append(' ', Object.assign(document.createElement('a'), { href: '/sign-in/?next=%2Foffice%2Finspections%2F', textContent: words.signInLink }));
}

async function showWaiting(section: HTMLElement): Promise<void> {
  const list = section.querySelector('[data-waiting-list]');
  const drafts = await readDrafts();
  section.hidden = drafts.length === 0;
  list?.replaceChildren(...drafts.map((draft) => {
    const [item, line] = [document.createElement('li'), document.createElement('p')];
    item.className = 'remedy';
    line.setAttribute('role', 'status');
    const name = draft.name === '' ? dayText(draft.at) : `${draft.name}，${dayText(draft.at)}`;
    const title = Object.assign(document.createElement('p'), { textContent: name });
    const go = draft.state === 'waiting' ? button(words.send, words.sendOf(name), () => trySend(draft, line)) : Object.assign(document.createElement('a'), { href: `${page}?draft=${draft.id}`, textContent: words.restore, className: 'plain-action' });
    item.append(title, line, go, button(words.remove, words.removeOf(name), async () => { await dropDraft(draft.id); await showWaiting(section); }));
    if (draft.state === 'waiting' && navigator.onLine) void trySend(draft, line);
    return item;
  }));
}

if ('indexedDB' in window && 'serviceWorker' in navigator) {
  const keeping = document.querySelector<HTMLElement>('[data-keep]');
  if (keeping) void prepareKeeping(keeping).catch(() => { keeping.hidden = true; });
  const waiting = document.querySelector<HTMLElement>('[data-waiting]');
  if (waiting) {
    const again = (): void => { void showWaiting(waiting).catch(() => { waiting.hidden = true; }); };
    window.addEventListener('online', again);
    again();
  }
}
