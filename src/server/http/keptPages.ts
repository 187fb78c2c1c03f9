import { compressAgain, type Encoding } from '#server/http/compression.ts';
import type { Stored } from '#server/http/stored.ts';

/** How much the shell keeps in memory. */
export interface CacheBounds {
  readonly bytes: number;
  readonly entries: number;
}

/** The same bytes in memory of exactly their length: what zlib and the page hand over are views of larger blocks, which would stay as long as they do. */
export function owned(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

/** Keeps what was asked for last, within bounds; a Map remembers the order in which keys were set. */
export function keepPages(bounds: CacheBounds, report: (fault: unknown) => void) {
  const entries = new Map<string, Stored>();
  const improved = new WeakSet<Stored>();
  let isImproving = false;
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  };
  return {
    find(key: string): Stored | undefined {
      const stored = entries.get(key);
      if (stored === undefined) return undefined;
      entries.delete(key);
      entries.set(key, stored);
      return stored;
    },
    /** Compresses with more care, once, a page that is asked for again; the present bytes are sent until it is done. One page at a time, since each takes megabytes meanwhile. */
    improve(key: string, encoding: Encoding): void {
      const stored = entries.get(key);
      if (stored === undefined || encoding === 'identity' || isImproving || improved.has(stored)) return;
      improved.add(stored);
      const { body, headers, status } = stored.identity;
      if (!Buffer.isBuffer(body) || !headers.includes('Content-Encoding')) return;
      isImproving = true;
      compressAgain(body, encoding).then((smaller) => {
        if (entries.get(key) !== stored || smaller.length >= body.length) return;
        const again: Stored = { ...stored, identity: { status, headers, body: owned(smaller) }, size: smaller.length };
        improved.add(again);
        bytes += again.size - stored.size;
        entries.set(key, again);
      }).catch(report).finally(() => { isImproving = false; });
    },
    keep(key: string, stored: Stored): void {
      drop(key);
      entries.set(key, stored);
      bytes += stored.size;
      while (bytes > bounds.bytes || entries.size > bounds.entries) {
        const oldest = entries.keys().next();
        if (oldest.done === true) return;
        drop(oldest.value);
      }
    },
  };
}
