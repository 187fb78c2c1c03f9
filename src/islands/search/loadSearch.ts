import { makeBrowserSearch, type BrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { suggest } from '#domain/directory/suggest.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';

/** Searches once before anybody waits for it: lunr's index is made, and the browser has the way in its memory. */
const rehearse = ({ prepareTexts, suggestions }: BrowserSearch): void => {
  prepareTexts();
  const [first] = suggestions.records;
  for (const typed of [first?.name ?? '', first?.pinyin.name.join('') ?? '']) suggest(suggestions, typed.slice(0, 4));
};

/** Fetches a place's index and makes it searchable; undefined when it cannot be had. */
export const loadSearch = async (slug: string): Promise<BrowserSearch | undefined> => {
  try {
    const response = await fetch(`/api/v1/${slug}/search-index`);
    if (!response.ok) return undefined;
    const packed = readPacked(await response.text());
    performance.mark('search-arrived');
    if (!packed) return undefined;
    const search = makeBrowserSearch(unpackDirectory(packed));
    performance.mark('search-ready');
    setTimeout(() => { rehearse(search); }, 200); // when the first suggestions stand
    return search;
  } catch {
    return undefined; // no network: the form still asks the server
  }
};
