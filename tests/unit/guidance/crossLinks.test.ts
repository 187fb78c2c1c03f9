import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countPlaces, isPrerendered } from '#cli/manyPlaces.mjs';
import { articlesByPolicy, placePageLink } from '#server/pages/crossLinks.ts';

const articles = globSync('content/guidance/*/*.md').map((file) => basename(file, '.md'));

describe('links between library and policy', () => {
  test('every article a policy page names exists, and so does every policy page', () => {
    expect(Object.values(articlesByPolicy).flat().filter((slug) => !articles.includes(slug))).toEqual([]);
    expect(Object.keys(articlesByPolicy).filter((slug) => !existsSync(`content/policy/${slug}.md`))).toEqual([]);
  });
  test('health points and activities of a place are pages that exist', () => {
    for (const page of ['health-points', 'activities'] as const) {
      expect(existsSync(`src/pages/[jurisdiction]/${page}/index.astro`)).toBe(true);
      expect(placePageLink(page, 'hebei', '看')).toEqual({ href: `/hebei/${page}/`, label: '看' });
    }
  });
});

describe('pages of places', () => {
  test.each([[1, true], [10, true], [11, false], [2_978, false]])('with %i places are made at build: %s', (places, made) => {
    expect(isPrerendered('src/pages/[jurisdiction]/guidance/[slug]/index.astro', true, places)).toBe(made);
    expect(isPrerendered('src/pages/about.astro', true, places)).toBe(true);
    expect(isPrerendered('src/pages/[jurisdiction]/near/index.astro', false, places)).toBe(false);
  });
  test('are counted by the folders that hold a place', () => { expect(countPlaces('data')).toBe(4); });
});
