// Keeps the guidance that was read, for when there is no network. It answers for five kinds of address and lets everything else
// pass untouched: articles and the library (network first), the files they are drawn with, a page that says what is kept, and the
// empty form of an inspection where an inspector chose to keep it.
// Bookings, complaints, demand, the office, the API and search never pass through it.
const build = '__BUILD__';
const shell = ['__SHELL__'];
const pagesCache = `read-${build}`;
const filesCache = `files-${build}`;
const mostArticles = 40;
const patienceMs = 3000;
const offlinePage = '/offline/';

const isArticle = ({ pathname, search }) => search === '' && /^\/[a-z0-9-]+\/guidance\/(?:(?!helpful\/)[a-z0-9-]+\/)?$/.test(pathname);
const mayFallBack = ({ pathname }) => /^\/(?:(?!(?:portal|office|api|mode)\/)[a-z0-9-]+\/(?:(?:policy|this-month|growth)\/.*|guidance\/(?!helpful\/).*)?)?$/.test(pathname);
const isFile = ({ pathname }) => /^\/_astro\/[^/]+\.css$/.test(pathname) || pathname === '/favicon.svg';
// The form of an inspection, as the desk keeps it in a cache of its own with the files it runs on.
const inspectionPage = '/offline/inspection/';
const isInspection = ({ pathname }) => pathname === inspectionPage || pathname === '/office/inspections/new/';
const isScript = ({ pathname }) => /^\/_astro\/[^/]+\.js$/.test(pathname);
// One page has two bodies, default and 长辈版; each is kept under its own name.
const nameOf = (pathname, mode) => `${pathname}?mode=${mode}`;
const modeIn = (html) => (/<html\b[^>]*data-mode="?elder/.test(html) ? 'elder' : 'default');
const stylesIn = (html) => [...new Set(html.match(/\/_astro\/[^"'\s>]+\.css/g) ?? [])];

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const files = await caches.open(filesCache);
    await files.addAll(shell);
    await keepOffline(await caches.open(pagesCache));
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    await self.clients.claim();
    const older = (await caches.keys()).filter((name) => /^(?:read|files)-/.test(name) && name !== pagesCache && name !== filesCache);
    for (const name of older) {
      if (name.startsWith('read-')) await fetchAgain(name);
      await caches.delete(name);
    }
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (isFile(url)) event.respondWith(keptFileOrNetwork(request));
  else if (isScript(url)) event.respondWith(fetch(request).catch(() => keptInspection(url.pathname)));
  else if (request.mode !== 'navigate') return;
  else if (isInspection(url)) event.respondWith(fetch(request).catch(() => keptInspection(inspectionPage)));
  else if (isArticle(url)) event.respondWith(readArticle(event, url));
  else if (mayFallBack(url)) event.respondWith(fetch(request).catch(() => whatIsKept()));
});

/** Articles read under an older build are asked for anew, so that none is lost and none is drawn with styles that are gone. */
async function fetchAgain(name) {
  for (const { url } of await (await caches.open(name)).keys()) {
    const { pathname } = new URL(url);
    if (pathname === offlinePage) continue;
    try {
      await keep(pathname, await fetch(pathname, { cache: 'no-cache' }));
    } catch {
      return; // no network any more; what is read next is kept again
    }
  }
}

async function keepOffline(pages) {
  const response = await fetch(offlinePage, { cache: 'no-cache' });
  if (response.ok) await pages.put(offlinePage, response);
}

async function keptFileOrNetwork(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}

/** A file of the inspection's form, or the form itself; nothing where none was kept. */
async function keptInspection(pathname) {
  return await (await caches.open('inspection')).match(pathname, { ignoreVary: true }) ?? Response.error();
}

/** Network first; after three seconds the kept copy, if there is one. A refusal of the site is shown as it is. */
async function readArticle(event, { pathname }) {
  const fresh = fetch(event.request).then(async (response) => {
    const copy = response.clone();
    event.waitUntil(response.redirected ? Promise.resolve() : keep(pathname, copy));
    return response;
  });
  const late = new Promise((resolve) => { setTimeout(resolve, patienceMs); }).then(() => keptCopy(pathname));
  const firstOf = await Promise.race([fresh.catch(() => undefined), late]);
  if (firstOf) return firstOf;
  return await fresh.catch(async () => await keptCopy(pathname) ?? await whatIsKept());
}

async function keep(pathname, response) {
  if (response.status === 404 || response.status === 410) return forget(pathname);
  if (!response.ok || !(response.headers.get('content-type') ?? '').includes('text/html')) return;
  const html = await response.clone().text();
  const mode = modeIn(html);
  const [pages, files] = await Promise.all([caches.open(pagesCache), caches.open(filesCache)]);
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
  headers.set('x-kept-on', new Date().toISOString());
  await pages.delete(nameOf(pathname, mode)); // put at the end again: the oldest read goes first
  await pages.put(nameOf(pathname, mode), new Response(html, { headers }));
  await pages.put('/mode/', new Response(mode));
  for (const style of stylesIn(html)) if (!await files.match(style)) await files.add(style);
  const articles = (await pages.keys()).filter(({ url }) => url.includes('?mode='));
  for (const request of articles.slice(0, Math.max(0, articles.length - mostArticles))) await pages.delete(request);
}

async function forget(pathname) {
  const pages = await caches.open(pagesCache);
  await Promise.all(['default', 'elder'].map((mode) => pages.delete(nameOf(pathname, mode))));
}

/** The copy in the way of showing that was used last, else in the other, with a line that says since when it is kept. */
async function keptCopy(pathname) {
  const pages = await caches.open(pagesCache);
  const last = await (await pages.match('/mode/'))?.text() ?? 'default';
  const kept = await pages.match(nameOf(pathname, last)) ?? await pages.match(nameOf(pathname, last === 'elder' ? 'default' : 'elder'));
  if (!kept) return undefined;
  const day = new Date(kept.headers.get('x-kept-on') ?? Date.now()).toLocaleDateString('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric' });
  return noticed(kept, `现在没连上网。这是 ${day} 存下的一页，可能有更新。`);
}

async function noticed(page, sentence) {
  const html = await page.text();
  const notice = `<div class="notice" role="note" aria-label="通知"><div class="wrap"><p>${sentence}</p></div></div>`;
  return new Response(html.replace('<!--notice-->', notice), { headers: page.headers });
}

/** The page for an address that is not kept, with the list of what is. */
async function whatIsKept() {
  const pages = await caches.open(pagesCache);
  const page = await pages.match(offlinePage);
  if (!page) return Response.error();
  const last = await (await pages.match('/mode/'))?.text() ?? 'default';
  const lines = new Map();
  for (const request of (await pages.keys()).toReversed()) {
    const { pathname, search } = new URL(request.url);
    if (!search.startsWith('?mode=') || lines.has(pathname)) continue;
    const title = /<h1\b[^>]*>([^<]*)<\/h1>/.exec(await (await pages.match(request))?.text() ?? '')?.[1];
    if (title) lines.set(pathname, `<li><a href="${pathname}">${title}</a></li>`);
  }
  const list = lines.size === 0 ? '' : `<ul class="offline-kept">${[...lines.values()].join('')}</ul>`;
  const html = (await page.text()).replace('<!--kept-->', list).replace(/(<html\b[^>]*data-mode=)("?)(?:default|elder)\2/, `$1$2${last}$2`)
    .replace(lines.size === 0 ? 'data-kept="some"' : 'data-kept="none"', '$& hidden');
  return new Response(html, { headers: page.headers });
}
