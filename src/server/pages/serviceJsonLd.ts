import type { Jurisdiction } from '#domain/jurisdiction/model.ts';

type Service = { readonly path: `/${string}/`; readonly name: string; readonly description: string; readonly provider: string | null };

/** schema.org GovernmentService of a page where one asks or tells an authority something, with nothing but what is known; none where the place is history. */
export const serviceJsonLd = (place: Pick<Jurisdiction, 'slug' | 'name' | 'document'>, origin: string, { path, name, description, provider }: Service): object | undefined => (place.document.status === 'areaAbolished' ? undefined : {
  '@context': 'https://schema.org', '@type': 'GovernmentService', name, description, url: `${origin}/${place.slug}${path}`, areaServed: { '@type': 'AdministrativeArea', name: place.name },
  ...(provider === null ? {} : { provider: { '@type': 'GovernmentOrganization', name: provider } }),
});
