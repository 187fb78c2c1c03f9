import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Photo } from '#domain/listing/model.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** schema.org ChildCare, of a kindergarten's class Preschool too, with nothing but what is known; none for sites that were only planned. */
export const jsonLdOf = (of: Institution, place: Jurisdiction, origin: string, photos: readonly Photo[]): object | undefined => {
  if (of.planned) return undefined;
  return {
    '@context': 'https://schema.org', '@type': of.kind === 'kindergartenClass' ? ['ChildCare', 'Preschool'] : 'ChildCare', name: of.name, url: `${origin}/${place.slug}/institutions/${of.id}/`,
    ...(of.address === null ? {} : { address: { '@type': 'PostalAddress', addressCountry: 'CN', addressLocality: place.name, streetAddress: of.address } }),
    ...(of.phone === null ? {} : { telephone: of.phone }),
    ...(of.point?.crs === 'wgs84' ? { geo: { '@type': 'GeoCoordinates', longitude: of.point.lng, latitude: of.point.lat } } : {}),
    ...(photos.length === 0 ? {} : { image: photos.map(({ id }) => `${origin}/${place.slug}/institutions/${of.id}/photos/${id}.webp`) }),
    ...(of.aliases.length === 0 ? {} : { alternateName: of.aliases }),
    ...(of.hours.length === 0 ? {} : {
      openingHoursSpecification: of.hours.map(({ weekday, opens, closes }) => ({ '@type': 'OpeningHoursSpecification', dayOfWeek: days[weekday - 1], opens, closes })),
    }),
  };
};
