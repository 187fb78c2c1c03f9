import { makeBrowserSearch, type BrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';

/** Lets the page breathe between two pieces of work. */
const pause = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

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
    setTimeout(() => { search.prepareTexts(); }, 200); // when the first suggestions stand
    return search;
  } catch {
    return undefined; // no network: the form still asks the server
  }
};
