import type { DocumentStatus, Jurisdiction } from '#domain/jurisdiction/model.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { findDataFolder } from '#server/dataFolder.ts';

/** A place as the chooser shows it. */
export type PlaceChoice = Pick<Jurisdiction, 'slug' | 'name' | 'shortName' | 'level' | 'successor'> & {
  readonly counties: number;
  readonly status: DocumentStatus;
};

/** Places by the city or province they lie in, in the order of their codes. */
export type PlaceGroup = { readonly within: string; readonly places: readonly PlaceChoice[] };

/** 辖区: every place of the data folder, grouped; read from files alone, so a prerendered page may call it. */
export function allPlaces(): readonly PlaceGroup[] {
  const groups = new Map<string, PlaceChoice[]>();
  for (const { slug, name, shortName, level, successor, counties, document, within } of loadJurisdictions(findDataFolder())) {
    const choice: PlaceChoice = { slug, name, shortName, level, successor, counties: counties.length, status: document.status };
    groups.set(within, [...groups.get(within) ?? [], choice]);
  }
  return [...groups].map(([within, places]) => ({ within, places }));
}
