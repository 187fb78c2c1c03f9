import { browserDirectoryOf, packDirectory } from '#domain/directory/browserIndexPack.ts';
import { makeBrowserSearch, type BrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';
import type { BrowserDirectory } from '#domain/directory/browserIndex.ts';
import { makeSnapshot, type DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { searchTextOf } from '#storage/files/pinyin.ts';
import { makeCountry } from '#tests/scale/country.ts';
import { overrides, today, vocabulary } from '#tests/unit/directory/builders.ts';

/** A district of so many invented institutions on real streets, some only planned or ended, with other names of communities in it. */
export const aDistrict = (count: number): DirectorySnapshot => {
  const { places: [place], institutions } = makeCountry(count, today, (area) => area === '330105');
  if (!place) throw new Error('no district');
  const names = new Map(place.subdistricts.map(({ code, name }): [string, string] => [code, name]));
  const inOrder = institutions.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map((of, index) => (index % 17 === 5 ? { ...of, missingSince: today } : of));
  const texts = new Map(inOrder.map((of) => [of.id, searchTextOf({ name: of.name, aliases: of.aliases, address: of.address, subdistrictName: names.get(of.subdistrict ?? '') ?? null }, overrides)]));
  return makeSnapshot({ place, institutions: inOrder, texts, vocabulary, today });
};

/** What the browser makes of a snapshot after it went over the wire. */
export const overTheWire = (snapshot: DirectorySnapshot): { readonly directory: BrowserDirectory; readonly text: string; readonly search: BrowserSearch } => {
  const directory = browserDirectoryOf(snapshot);
  const text = JSON.stringify(packDirectory(directory));
  const packed = readPacked(text);
  if (!packed) throw new Error('not a packed directory');
  const search = makeBrowserSearch(unpackDirectory(packed));
  search.prepareTexts();
  return { directory, text, search };
};
