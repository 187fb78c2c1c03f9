import type { Step } from '#server/http/exchange.ts';

/** What takes a worker back: it takes over, empties what the older one kept, twice because that one may be writing still, and leaves; every page goes to the network again. What a parent wrote on the device (本月宝宝, 生长曲线) stays. */
const goodbye = Buffer.from(`const empty = async () => {
  for (const name of await caches.keys()) if (/^(?:read|files)-/.test(name)) await caches.delete(name);
};
self.addEventListener('install', () => { self.skipWaiting(); });
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    await self.clients.claim();
    await empty();
    await new Promise((resolve) => { setTimeout(resolve, 2000); });
    await empty();
    await self.registration.unregister();
  })());
});
`);

/** 离线阅读 switched off by OFFLINE_READING=off: the worker's address then answers with one that takes itself away. */
export const withdrawWorker = (on: boolean): Step => (exchange) => {
  if (on || exchange.path !== '/sw.js' || (exchange.method !== 'GET' && exchange.method !== 'HEAD')) return undefined;
  return { status: 200, headers: ['Content-Type', 'text/javascript; charset=utf-8', 'Cache-Control', 'no-cache'], body: goodbye };
};
