import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { openFieldKeys } from '#server/openData/fields.ts';
import { openDataText as words, openFieldText } from '#text/openData.ts';

/** The page of open data as shown. */
export async function openDataView(app: Pick<App, 'openData' | 'config'>, place: Jurisdiction) {
  const listed = (await app.openData.publications(place)).filter(({ withdrawnAt }) => withdrawnAt === null).length;
  const base = `/api/v1/${place.slug}/open-data`;
  const link = (format: keyof typeof words.formats, href: string) => ({ href, name: words.formats[format][0], what: words.formats[format][1] });
  return {
    counted: words.counts(listed), samples: app.config.demo ? words.samples : null,
    files: [link('csv', `${base}/institutions.csv`), link('geojson', `${base}/institutions.geojson`)],
    feeds: [link('atom', `/${place.slug}/feed.xml`), link('jsonFeed', `/${place.slug}/feed.json`), link('calendar', `/${place.slug}/activities.ics`)],
    programs: [link('json', `${base}/institutions.json`), link('dictionary', `${base}/dictionary.json`), link('hsds', `${base}/hsds/services`), link('openapi', '/api/v1/openapi.json')],
    rows: openFieldKeys.map((key) => [key, openFieldText[key][0], openFieldText[key][1]]),
  };
}
