import { sayFreePlaces, type FreePlaces, type FreePlacesDeps } from '#domain/listing/freePlaces.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { freePlacesStore } from '#storage/freePlaces.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

type Actor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly institution: string };

/** 空位 as an institution's desk uses it. */
export type FreePlacesDesk = {
  readonly find: (actor: Actor) => Promise<Institution | undefined>;
  readonly say: (actor: Actor, seen: string, said: FreePlaces | 'still-right') => ReturnType<typeof sayFreePlaces>;
};

/** Binds what an institution says of its free places to storage and clock. */
export function makeFreePlaces(storage: Storage, now: () => Instant): FreePlacesDesk {
  const deps: FreePlacesDeps = { store: freePlacesStore(storage), newId, at: now, today: () => dayOf(now()) };
  return { find: ({ jurisdiction, institution }) => deps.store.find(jurisdiction, institution), say: (actor, seen, said) => sayFreePlaces(deps, actor, seen, said) };
}
