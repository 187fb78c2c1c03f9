import { statfsSync } from 'node:fs';
import type { Standing } from '#domain/operation/alarms.ts';

const lookEveryMs = 2_000;

/** Free space where records lie, looked at every two seconds at most; null where the system does not tell. */
export function watchDisk(folder: string, now: () => number = Date.now): () => Standing['disk'] {
  let seen: { readonly at: number; readonly disk: Standing['disk'] } | undefined;
  return () => {
    const at = now();
    if (seen && Math.abs(at - seen.at) < lookEveryMs) return seen.disk;
    try {
      const { bavail, blocks, bsize } = statfsSync(folder);
      seen = { at, disk: { free: bavail * bsize, total: blocks * bsize } };
    } catch {
      seen = { at, disk: null }; // the folder is not there yet, or the system has no answer: what fails then says so itself
    }
    return seen.disk;
  };
}
