import { basename, dirname, join } from 'node:path';
import type { Config } from '#server/config.ts';

/** Where the keys of cases lie: KEYS_URL, else a file beside the records, apart from those of another records file. */
export function caseKeysFile({ database, dataDir }: Pick<Config, 'database' | 'dataDir'>): string {
  if (database.kind === 'postgres') return join(dataDir, 'keys.sqlite');
  const name = basename(database.file, '.sqlite');
  return join(dirname(database.file), name === 'tuoyu' ? 'keys.sqlite' : `${name}-keys.sqlite`);
}
