import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of facts, looked for upwards from this module: pages are built into another folder than the one they are written in. */
export function findDataFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'data', 'jurisdictions'))) return join(folder, 'data');
    if (folder === dirname(folder)) throw new Error(`No folder above ${import.meta.dirname} holds data/jurisdictions`);
  }
}
