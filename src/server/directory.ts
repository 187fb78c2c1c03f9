import { join } from 'node:path';
import { z } from 'zod';
import type { SlotHost } from '#domain/booking/views.ts';
import type { Institution } from '#domain/directory/model.ts';
import { searchText } from '#domain/directory/pinyinText.ts';
import { makeSnapshot, type DirectoryEntry, type DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { loadRecords } from '#storage/directory.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';
import type { Storage } from '#storage/schema.ts';

const uuid = z.uuid();

/** The directory as pages and API read it: always of the present revision and day. */
export type Directory = {
  readonly snapshot: (jurisdiction: JurisdictionCode) => Promise<DirectorySnapshot>;
  /** An institution of any public group (in force, planned, ended); undefined when not public or not here. */
  readonly find: (jurisdiction: JurisdictionCode, id: string) => Promise<DirectoryEntry | undefined>;
  readonly findHost: (jurisdiction: JurisdictionCode, institution: string) => Promise<SlotHost | undefined>;
  readonly subdistrictOf: (jurisdiction: JurisdictionCode, institution: string) => Promise<string | null>;
};

type Held = { readonly revision: number; readonly day: IsoDate; readonly snapshot: DirectorySnapshot; readonly byId: ReadonlyMap<string, DirectoryEntry> };

const pinyinText = (text: string) => {
  const read = searchText.safeParse(JSON.parse(text));
  return read.success ? read.data : undefined;
};

/** As many institutions and streets are kept laid out in memory, whatever the number of jurisdictions: some 20 KB an institution. */
const mostKept = 4000;

/**
 * Keeps snapshots of the jurisdictions asked for last, made when first asked for and again when revision or day has moved; every call
 * reads the revision. Beyond `most` institutions and streets the snapshot asked for longest ago is let go; the newest stays, however large.
 */
export function makeDirectory(storage: Storage, jurisdictions: readonly Jurisdiction[], dataFolder: string, today: () => IsoDate, most: number = mostKept): Directory {
  const byCode = new Map(jurisdictions.map((jurisdiction) => [jurisdiction.code, jurisdiction]));
  const vocabulary = readVocabulary(join(dataFolder, 'search', 'synonyms.json'));
  // In the order in which they were last asked for.
  const held = new Map<JurisdictionCode, Promise<Held>>();
  const sizes = new Map<JurisdictionCode, number>();

  const letGo = (newest: JurisdictionCode): void => {
    let kept = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const oldest of held.keys()) {
      if (kept <= most) return;
      if (oldest === newest) continue;
      kept -= sizes.get(oldest) ?? 0;
      held.delete(oldest);
      sizes.delete(oldest);
    }
  };

  const load = async (jurisdiction: JurisdictionCode, revision: number, day: IsoDate): Promise<Held> => {
    const place = byCode.get(jurisdiction);
    if (!place) throw new Error(`unknown jurisdiction ${jurisdiction}`);
    const records = await loadRecords(storage.read, jurisdiction);
    const texts = new Map(records.flatMap(({ institution, pinyin }) => {
      const text = pinyinText(pinyin);
      return text ? [[institution.id, text] as const] : [];
    }));
    const institutions: readonly Institution[] = records.map(({ institution }) => institution);
    const snapshot = makeSnapshot({ place, institutions, texts, vocabulary: await vocabulary, today: day });
    return { revision, day, snapshot, byId: new Map(snapshot.entries.map((entry) => [entry.institution.id, entry])) };
  };

  const present = async (jurisdiction: JurisdictionCode): Promise<Held> => {
    const [revision, day] = [await storage.revision(jurisdiction), today()];
    // A load that failed was thrown to whoever asked for it; the next one who asks loads again.
    const kept = held.get(jurisdiction);
    const known = await kept?.catch(() => undefined);
    if (kept && known?.revision === revision && known.day === day) {
      if (held.get(jurisdiction) === kept && held.delete(jurisdiction)) held.set(jurisdiction, kept); // now the youngest
      return known;
    }
    const loading = load(jurisdiction, revision, day);
    held.delete(jurisdiction);
    held.set(jurisdiction, loading);
    const loaded = await loading;
    if (held.get(jurisdiction) === loading) {
      sizes.set(jurisdiction, loaded.snapshot.entries.length + loaded.snapshot.place.subdistricts.length);
      letGo(jurisdiction);
    }
    return loaded;
  };

  const find = async (jurisdiction: JurisdictionCode, id: string): Promise<DirectoryEntry | undefined> =>
    uuid.safeParse(id).success ? (await present(jurisdiction)).byId.get(id) : undefined;
  return {
    snapshot: async (jurisdiction) => (await present(jurisdiction)).snapshot,
    find,
    findHost: async (jurisdiction, institution) => {
      const entry = await find(jurisdiction, institution);
      return entry && { id: entry.institution.id, name: entry.institution.name, listed: entry.group === 'listed' };
    },
    subdistrictOf: async (jurisdiction, institution) => (await find(jurisdiction, institution))?.institution.subdistrict ?? null,
  };
}
