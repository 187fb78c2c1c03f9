import type { Step } from '#server/http/exchange.ts';

/** What takes a worker back: it empties its own caches, leaves, and lets every page go to the network again. What the browser keeps for the parent (本月宝宝, 生长曲线) stays. */
const goodbye = Buffer.from(`self.addEventListener('install', () => { self.skipWaiting(); });
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (/^(?:read|files)-/.test(name)) await caches.delete(name);
    await self.registration.unregister();
  })());
});
`);

/** 离线阅读 switched off by OFFLINE_READING=off: the worker's address then answers with one that takes itself away. */
export const withdrawWorker = (on: boolean): Step => (exchange) => {
  if (on || exchange.path !== '/sw.js' || (exchange.method !== 'GET' && exchange.method !== 'HEAD')) return undefined;
  return { status: 200, headers: ['Content-Type', 'text/javascript; charset=utf-8', 'Cache-Control', 'no-cache'], body: goodbye };
};
