/** A page by its path and text. */
export type LinkedPage = { readonly path: string; readonly html: string };

const attributeOf = (tag: string): string | undefined => /\s(?:href|src)="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&');

/** Every address that links, pictures, scripts and style sheets of a page name, in order, each once. */
export const linksIn = (html: string): readonly string[] =>
  [...new Set([...html.matchAll(/<(?:a|link|img|script|source)\b[^>]*>/g)].flatMap(([tag]) => { const found = attributeOf(tag); return found === undefined || found === '' ? [] : [found]; }))];

const anchorsIn = (html: string): ReadonlySet<string> => new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id));

/** Addresses that leave the site. */
export const isExternal = (link: string): boolean => /^https?:\/\//.test(link);

/**
 * Links of pages that lead nowhere, a line each: a path that `leads` does not know, an anchor that the page it points at does not hold.
 * A page that is not among `pages` is asked for its being there alone.
 */
export function linkFaults(pages: readonly LinkedPage[], leads: (path: string) => boolean): readonly string[] {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return pages.flatMap(({ path, html }) => linksIn(html).flatMap((link) => {
    if (isExternal(link) || /^(?:tel|mailto|sms|data|geo|javascript):/.test(link)) return [];
    const to = new URL(link, `http://site${path}`);
    const target = byPath.get(to.pathname);
    if (target === undefined && !leads(to.pathname)) return [`${path}: ${link} leads nowhere`];
    const anchor = decodeURIComponent(to.hash.slice(1));
    // Another query may render other parts of the same page: there an anchor is asked for only where the page is the one at hand.
    if (anchor === '' || target === undefined || (to.search !== '' && target.path !== path)) return [];
    return anchorsIn(target.html).has(anchor) ? [] : [`${path}: ${link} has no such anchor`];
  }));
}
