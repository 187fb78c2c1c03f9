import { makeBrowserSearch, type BrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { suggest } from '#domain/directory/suggest.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';

/** Lets the page breathe between two pieces of work. */
const pause = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

/** Searches once before anybody waits for it: lunr's index is made, and the browser has the way in its memory. */
const rehearse = ({ prepareTexts, suggestions, index }: BrowserSearch): void => {
  prepareTexts();
  const [name = '', ...rest] = [suggestions.records[0]?.name ?? '', ...(suggestions.records[0]?.pinyin.name ?? [])];
  for (const typed of [name.slice(0, 2), rest.slice(0, 3).join(''), rest.join('').slice(0, 5)]) if (index.ids.length > 0) suggest(suggestions, typed);
};

/** Fetches a place's index and makes it searchable; undefined when it cannot be had. */
export const loadSearch = async (slug: string): Promise<BrowserSearch | undefined> => {
  try {
    const response = await fetch(`/api/v1/${slug}/search-index`);
    if (!response.ok) return undefined;
    const packed = readPacked(await response.text());
    performance.mark('search-arrived');
    if (!packed) return undefined;
    const directory = unpackDirectory(packed);
    await pause();
    const search = makeBrowserSearch(directory);
    performance.mark('search-ready');
    setTimeout(() => { rehearse(search); }, 200); // when the first suggestions stand
    return search;
  } catch {
    return undefined; // no network: the form still asks the server
  }
};
