import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { siteText } from '#text/site.ts';

/** What a page is given by the shell and the router. */
export type PageContext = {
  readonly locals: Pick<App.Locals, 'app' | 'mode'>;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly url: URL;
};

type Step = { readonly name: string; readonly href?: string | undefined };

/** What every page of a place hands to its layout. `steps` lead from the place's home to this page. */
export const layoutOf = (place: Jurisdiction | undefined, { locals, url }: PageContext, ...steps: readonly Step[]) => ({
  place: place ?? null,
  host: place?.host ?? null,
  demo: locals.app.config.demo,
  mode: locals.mode,
  path: `${url.pathname}${url.search}`,
  statusNote: place === undefined || place.document.status === 'inForce' ? null : place.document.statusNote,
  breadcrumb: place && steps.length > 0 ? [{ name: siteText.home, href: `/${place.slug}/` }, ...steps] : [],
});

/** The place a page's address names; undefined where this site serves none of that name. */
export const placeOf = ({ locals, params }: PageContext): Jurisdiction | undefined => locals.app.findJurisdiction(params['jurisdiction'] ?? '');

/** The header by which the shell keeps a page in memory until its place's revision, the day or the mode moves. */
export const keepPage = (headers: Headers): void => { headers.set('x-page-cache', 'directory'); };
