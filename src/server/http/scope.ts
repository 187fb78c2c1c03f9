/** What stands for all places at once; no place has such a slug. */
export const everywhere = '*';

/** The place in `/{place}/…` and `/api/v1/{place}/…`; everywhere for the search across places. */
export function scopeOf(path: string): string | undefined {
  return path === '/api/v1/search' ? everywhere : /^\/(?:api\/v1\/)?([a-z][a-z0-9-]{1,30})\//.exec(path)?.[1];
}
