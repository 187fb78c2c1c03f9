import type { AuditDraft } from '#domain/audit/model.ts';
import type { Photo } from '#domain/listing/model.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { photosOf, putPhoto } from '#storage/listing.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

/** As many as one page carries. */
export const mostPhotos = 20;

type Of = { readonly jurisdiction: string; readonly institution: string; readonly event: AuditDraft };

const rowsOf = (db: ReadDb, { jurisdiction, institution }: Of) => photosOf(db, institution).where('jurisdiction_code', '=', jurisdiction);

/** Runs within a transaction that holds the place's revision, so that two who sort photos stand one behind the other. */
const held = (storage: Storage, of: Of, work: (tx: WriteTx) => Promise<boolean>): Promise<boolean> => storage.write(async (tx) => {
  await raiseRevision(tx, of.jurisdiction);
  const isDone = await work(tx);
  if (isDone) await appendAudit(tx, of.event);
  return isDone;
});

/** 照片的增删改排 of one institution, on either engine. */
export const listingPhotoStore = (storage: Storage) => ({
  /** False where there are as many as may be. */
  add: (of: Of, photo: Photo): Promise<boolean> => held(storage, of, async (tx) => {
    const rows = await rowsOf(tx, of).execute();
    if (rows.length >= mostPhotos) return false;
    await putPhoto(tx, of.jurisdiction, of.institution, Math.max(-1, ...rows.map(({ ordinal }) => ordinal)) + 1, photo);
    return true;
  }),
  /** Another caption has to be looked at again. */
  describe: (of: Of, photo: string, words: { readonly caption: string; readonly illustration: boolean }): Promise<boolean> => held(storage, of, async (tx) => {
    const row = (await rowsOf(tx, of).execute()).find(({ id }) => id === photo);
    if (!row) return false;
    if (row.caption === words.caption && row.illustration === Number(words.illustration)) return true;
    await tx.updateTable('listing_photo').set({ caption: words.caption, illustration: Number(words.illustration), cleared_by: null, cleared_on: null }).where('id', '=', photo).execute();
    return true;
  }),
  /** Before the one that stands before it. */
  raise: (of: Of, photo: string): Promise<boolean> => held(storage, of, async (tx) => {
    const rows = await rowsOf(tx, of).execute();
    const at = rows.findIndex(({ id }) => id === photo);
    const [one, before] = [rows[at], rows[at - 1]];
    if (!one || !before) return false;
    await tx.updateTable('listing_photo').set({ ordinal: before.ordinal }).where('id', '=', one.id).execute();
    await tx.updateTable('listing_photo').set({ ordinal: one.ordinal }).where('id', '=', before.id).execute();
    return true;
  }),
  /** Takes a photo away at once; answers its file when no other photo has the same. */
  remove: async (of: Of, photo: string): Promise<{ readonly file: string | null } | undefined> => {
    let file: string | null = null;
    const isGone = await held(storage, of, async (tx) => {
      const row = (await rowsOf(tx, of).execute()).find(({ id }) => id === photo);
      if (!row) return false;
      await tx.deleteFrom('listing_photo').where('id', '=', photo).execute();
      const other = await tx.selectFrom('listing_photo').select('id').where('file', '=', row.file).limit(1).executeTakeFirst();
      file = other ? null : row.file;
      return true;
    });
    return isGone ? { file } : undefined;
  },
});
