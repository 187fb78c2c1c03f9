// Whoever has signed out takes the names of institutions off the phone; what was written and not yet sent stays until it is sent.
import { dropKept } from '#islands/inspections/store.ts';

async function clearPhone(): Promise<void> {
  if ((await indexedDB.databases()).some(({ name }) => name === 'inspections')) await dropKept();
  if ('caches' in window) await caches.delete('inspection');
}

// A browser that keeps nothing, a private window, has nothing to clear.
if (new URLSearchParams(location.search).get('out') === '1' && 'indexedDB' in window) void clearPhone().catch(() => undefined);
