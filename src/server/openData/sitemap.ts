import type { Publication } from '#domain/openData/model.ts';
import { writeInstant, type IsoDate } from '#domain/shared/dates.ts';

/** One address of the sitemap; `changed` only where it is known for certain. */
export type SitemapLine = { readonly path: string; readonly changed?: string | undefined };

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const wrap = (tag: 'url' | 'sitemap', origin: string, { path, changed }: SitemapLine): string => `<${tag}><loc>${xml(`${origin}${path}`)}</loc>${changed === undefined ? '' : `<lastmod>${changed}</lastmod>`}</${tag}>`;

/** A list of pages as sitemaps.org wants it, at most 50,000. */
export const sitemapOf = (origin: string, lines: readonly SitemapLine[]): string =>
  ['<?xml version="1.0" encoding="UTF-8"?>', `<urlset ${namespace}>`, ...lines.slice(0, 50_000).map((line) => wrap('url', origin, line)), '</urlset>', ''].join('\n');

/** The list of the lists: one a place. */
export const sitemapIndex = (origin: string, lines: readonly SitemapLine[]): string =>
  ['<?xml version="1.0" encoding="UTF-8"?>', `<sitemapindex ${namespace}>`, ...lines.map((line) => wrap('sitemap', origin, line)), '</sitemapindex>', ''].join('\n');

/** What can be read in every place, whose last change nobody records. */
const everyPlace = ['', 'institutions/', 'near/', 'check-filing/', 'guidance/', 'policy/', 'early-education/', 'activities/', 'this-month/', 'growth/', 'health-points/', 'duties/', 'complaints/', 'demand/', 'disclosure/', 'open-data/'];

/** The pages of a place: institutions in force with the instant of their last change, articles with the day of their last review. */
export const placePages = (slug: string, publications: readonly Publication[], articles: readonly { readonly id: string; readonly data: { readonly editorCheckedOn: IsoDate } }[]): readonly SitemapLine[] => [
  ...everyPlace.map((path) => ({ path: `/${slug}/${path}` })),
  ...publications.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ id, changedAt }) => ({ path: `/${slug}/institutions/${id}/`, changed: writeInstant(changedAt) })),
  ...articles.map(({ id, data }) => ({ path: `/${slug}/guidance/${id}/`, changed: data.editorCheckedOn })),
];

/** robots.txt: desks, accounts, receipts and forms with an answer are nobody's to index; a demonstration not at all. */
export const robotsText = (origin: string, demo: boolean): string => (demo ? 'User-agent: *\nDisallow: /\n' : [
  'User-agent: *', 'Disallow: /portal/', 'Disallow: /office/', 'Disallow: /account/', 'Disallow: /activate/', 'Disallow: /sign-in/', 'Disallow: /*/bookings/', 'Disallow: /*/complaints/find/', 'Disallow: /*/demand/find/', '',
  `Sitemap: ${origin}/sitemap.xml`, '',
].join('\n'));
