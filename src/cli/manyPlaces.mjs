import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Up to so many places the pages of each are made once, at build; beyond, a build would grow with the country, and they are rendered when asked for and kept in memory. */
export const mostPrerenderedPlaces = 10;

const byPlace = /^src\/pages\/\[jurisdiction\]\//;

/** How many places a data folder holds. */
export const countPlaces = (dataFolder) => readdirSync(join(dataFolder, 'jurisdictions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(dataFolder, 'jurisdictions', entry.name, 'jurisdiction.json'))).length;

/** Whether a page is made at build: a page of a place only while there are few places. */
export const isPrerendered = (component, prerender, places) => (prerender && byPlace.test(component) ? places <= mostPrerenderedPlaces : prerender);

/** Astro integration that decides for each route. */
export const manyPlaces = (dataFolder = 'data') => ({
  name: 'many-places',
  hooks: {
    'astro:route:setup': ({ route }) => { route.prerender = isPrerendered(route.component, route.prerender, countPlaces(dataFolder)); },
  },
});
