import { getCollection } from 'astro:content';
import { guideSearch, type GuideSearch } from '#server/guides.ts';

/** The search of guidance, policy and help over the site's own content. */
export const siteGuides = (): Promise<GuideSearch> => guideSearch(async () => {
  const [articles, policy, notes, words] = await Promise.all([getCollection('guidance'), getCollection('policy'), getCollection('placeNotes'), getCollection('guideWords')]);
  return { articles, policy, notes, words };
});
