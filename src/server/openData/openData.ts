import { createHash } from 'node:crypto';
import { openRecords, type OpenRecord } from '#domain/directory/openRecord.ts';
import type { Publication } from '#domain/openData/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { instantAt, isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import type { Directory } from '#server/directory.ts';
import { markPublished, type PublishedNow } from '#storage/publication.ts';
import type { Storage } from '#storage/schema.ts';

/** 开放数据 as routes and pages read it: always of the present revision. */
export type OpenData = {
  /** Institutions in force; `after` keeps what changed later. */
  readonly records: (place: Jurisdiction, origin: string, after?: Instant | null) => Promise<readonly OpenRecord[]>;
  /** When each came, changed, left; those that left too. */
  readonly publications: (place: Jurisdiction) => Promise<readonly Publication[]>;
};

const firstKnown = (days: readonly (IsoDate | null)[], today: IsoDate): IsoDate => days.filter((day) => day !== null && day <= today).toSorted().at(-1) ?? isoDate.parse(today);

const publishedNow = ({ entries, today }: DirectorySnapshot): readonly PublishedNow[] => entries.filter(({ group }) => group === 'listed').map(({ institution }) => ({
  id: institution.id, name: institution.name, digest: createHash('sha256').update(JSON.stringify(institution)).digest('base64url').slice(0, 22),
  since: instantAt(firstKnown([institution.confirmedOn, institution.credential.receiptedOn, institution.source.readOn], today), '00:00'),
}));

/** Reads the published snapshot; what differs from the last time is marked with its time before anybody sees it. */
export function makeOpenData(storage: Storage, directory: Pick<Directory, 'snapshot'>, now: () => Instant): OpenData {
  const marked = new WeakMap<DirectorySnapshot, Promise<readonly Publication[]>>();
  const marksOf = (place: Jurisdiction, snapshot: DirectorySnapshot): Promise<readonly Publication[]> => {
    const known = marked.get(snapshot);
    if (known) return known;
    const marking = markPublished(storage, place.code, publishedNow(snapshot), now());
    marked.set(snapshot, marking);
    marking.catch(() => { marked.delete(snapshot); });
    return marking;
  };
  return {
    records: async (place, origin, after = null) => {
      const snapshot = await directory.snapshot(place.code);
      return openRecords(snapshot, new Map((await marksOf(place, snapshot)).map((one) => [one.id, one])), place, origin, after);
    },
    publications: async (place) => marksOf(place, await directory.snapshot(place.code)),
  };
}

/** An id for something that belongs to an institution: the same for the same institution and kind, a UUID of version 8. */
export const derivedId = (institution: string, kind: string): string => {
  const bytes = createHash('sha256').update(`${kind} ${institution}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
