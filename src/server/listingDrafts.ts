import type { Pause } from '#domain/directory/model.ts';
import type { Photo } from '#domain/listing/model.ts';
import { beginDraft, confirmGroup, dropDraft, findWork, listingEvent, rebaseDraft, saveGroup, submitDraft, withdrawDraft, type DraftRefusal } from '#domain/listingDraft/commands.ts';
import type { ListingDraft, ListingGroup } from '#domain/listingDraft/model.ts';
import { bringFeesIntoForce, pauseCare, resumeCare, type PauseDraft, type PauseRefusal } from '#domain/listingDraft/pauses.ts';
import type { DraftActor, DraftDeps, Standing, Work } from '#domain/listingDraft/ports.ts';
import { reviewDraft, type ReviewRefusal, type Verdict } from '#domain/listingDraft/review.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { Keyring } from '#server/crypto.ts';
import { cleanPhoto, type PhotoRefusal } from '#server/photos.ts';
import { uploadQueue } from '#server/uploadQueue.ts';
import { newId } from '#storage/ids.ts';
import { draftStore } from '#storage/listingDrafts.ts';
import { listingPhotoStore } from '#storage/listingPhotos.ts';
import type { PhotoFiles } from '#storage/photoFiles.ts';
import type { Storage } from '#storage/schema.ts';

/** 展示信息的草稿, its review, 停班 and photos, as desks use them. */
export type ListingDrafts = {
  readonly work: (actor: DraftActor, institution: string) => Promise<Work | undefined>;
  readonly save: (actor: DraftActor, institution: string, seen: number, group: ListingGroup, content: Readonly<Record<string, unknown>> | null) => Promise<Outcome<ListingDraft, DraftRefusal>>;
  readonly submit: (actor: DraftActor, institution: string, seen: number) => Promise<Outcome<ListingDraft, DraftRefusal>>;
  readonly withdraw: (actor: DraftActor, institution: string, seen: number) => Promise<Outcome<ListingDraft, DraftRefusal>>;
  readonly drop: (actor: DraftActor, institution: string, seen: number) => Promise<Outcome<ListingDraft, DraftRefusal>>;
  readonly rebase: (actor: DraftActor, institution: string, seen: number, take: readonly ListingGroup[]) => Promise<Outcome<ListingDraft, DraftRefusal>>;
  readonly confirm: (actor: DraftActor, institution: string, group: ListingGroup) => Promise<Outcome<null, DraftRefusal>>;
  readonly history: (jurisdiction: JurisdictionCode, institution: string) => Promise<readonly ListingDraft[]>;
  readonly waiting: (jurisdiction: JurisdictionCode) => Promise<readonly ListingDraft[]>;
  readonly find: (jurisdiction: JurisdictionCode, id: string) => Promise<{ readonly draft: ListingDraft; readonly standing: Standing; readonly photos: readonly Photo[] } | undefined>;
  readonly review: (actor: DraftActor, id: string, seen: number, verdict: Verdict) => Promise<Outcome<ListingDraft, ReviewRefusal>>;
  readonly pause: (actor: DraftActor, institution: string, draft: PauseDraft) => Promise<Outcome<Pause, PauseRefusal>>;
  readonly resume: (actor: DraftActor, institution: string, id: string) => Promise<Outcome<null, DraftRefusal>>;
  readonly photos: (jurisdiction: JurisdictionCode, institution: string) => Promise<readonly Photo[]>;
  /** The bytes of a photo, not only of a cleared one: for its institution and for reviewers. */
  readonly photoBytes: (jurisdiction: JurisdictionCode, institution: string, photo: string) => Promise<Uint8Array | undefined>;
  readonly addPhoto: (actor: DraftActor, institution: string, bytes: Uint8Array, words: { readonly caption: string; readonly illustration: boolean }) => Promise<Outcome<Photo, PhotoRefusal | DraftRefusal | 'busy' | 'too-many'>>;
  readonly changePhoto: (actor: DraftActor, institution: string, photo: string, how: { readonly kind: 'describe'; readonly caption: string; readonly illustration: boolean } | { readonly kind: 'raise' | 'remove' }) => Promise<boolean>;
};

/** Two pictures are made at a time; ten wait at most. */
const pictures = uploadQueue(2, 10);

/** Binds drafts and photos to storage, files, keys and clock. */
export function makeListingDrafts(storage: Storage, files: PhotoFiles, keys: Keyring, now: () => Instant): ListingDrafts {
  const deps: DraftDeps = { store: draftStore(storage), newId, now, sealNotice: (id, body) => keys.seal('outbox', id, JSON.stringify(body)) };
  const photos = listingPhotoStore(storage);
  const { store } = deps;
  const of = (actor: DraftActor, institution: string, kind: string, photo: string) => ({ jurisdiction: actor.jurisdiction, institution, event: listingEvent(deps, actor, kind, institution, { photo }) });
  return {
    work: (actor, institution) => findWork(deps, actor, institution),
    save: (actor, institution, seen, group, content) => saveGroup(deps, actor, institution, seen, group, content),
    submit: (actor, institution, seen) => submitDraft(deps, actor, institution, seen), withdraw: (actor, institution, seen) => withdrawDraft(deps, actor, institution, seen),
    drop: (actor, institution, seen) => dropDraft(deps, actor, institution, seen), rebase: (actor, institution, seen, take) => rebaseDraft(deps, actor, institution, seen, take),
    confirm: (actor, institution, group) => confirmGroup(deps, actor, institution, group),
    history: (jurisdiction, institution) => store.ofInstitution(jurisdiction, institution), waiting: (jurisdiction) => store.waiting(jurisdiction),
    find: async (jurisdiction, id) => {
      const draft = await store.find(jurisdiction, id);
      const standing = draft && await store.standing(jurisdiction, draft.institution);
      return draft && standing && { draft, standing, photos: standing.listing.photos };
    },
    review: (actor, id, seen, verdict) => reviewDraft(deps, actor, id, seen, verdict),
    pause: (actor, institution, draft) => pauseCare(deps, actor, institution, draft), resume: (actor, institution, id) => resumeCare(deps, actor, institution, id),
    photos: (jurisdiction, institution) => store.photos(jurisdiction, institution),
    photoBytes: async (jurisdiction, institution, photo) => { const held = (await store.photos(jurisdiction, institution)).find(({ id }) => id === photo); return held && files.find(held.file); },
    addPhoto: async (actor, institution, bytes, { caption, illustration }) => {
      if (!(await findWork(deps, actor, institution))) return refused('not-found');
      const clean = await pictures.run(() => cleanPhoto(bytes));
      if (clean === 'busy') return refused('busy');
      if (!clean.ok) return clean;
      const { width, height } = clean.value;
      const photo: Photo = { id: newId(), file: files.keep(clean.value.bytes), caption, illustration, takenOn: null, width, height, saidBy: actor.sayer, asOf: dayOf(now()), cleared: null };
      if (!(await photos.add(of(actor, institution, 'listing-photo-added', photo.id), photo))) return refused('too-many');
      const begun = await beginDraft(deps, actor, institution);
      return begun.ok ? done(photo) : begun;
    },
    changePhoto: async (actor, institution, photo, how) => {
      if (!(await findWork(deps, actor, institution))) return false;
      if (how.kind === 'raise') return photos.raise(of(actor, institution, 'listing-photo-moved', photo), photo);
      if (how.kind === 'describe') {
        const isDone = await photos.describe(of(actor, institution, 'listing-photo-described', photo), photo, how);
        if (isDone) await beginDraft(deps, actor, institution);
        return isDone;
      }
      const gone = await photos.remove(of(actor, institution, 'listing-photo-removed', photo), photo);
      if (gone && gone.file !== null) files.drop(gone.file);
      return gone !== undefined;
    },
  };
}

const everyMs = 60_000;

/** 拟调整的收费: looks at start and every minute whether the day of some has come; a fault is reported and tried again. */
export function keepFeesInForce(given: { readonly storage: Storage; readonly jurisdictions: readonly Pick<Jurisdiction, 'code'>[]; readonly now: () => Instant }, report: (fault: unknown) => void): { readonly stop: () => Promise<void> } {
  const deps = { store: draftStore(given.storage), newId, now: given.now };
  const look = async (): Promise<void> => {
    try {
      for (const { code } of given.jurisdictions) await bringFeesIntoForce(deps, code);
    } catch (fault) {
      report(fault);
    }
  };
  let running = look();
  const timer = setInterval(() => { running = running.then(look); }, everyMs);
  timer.unref();
  return { stop: async () => { clearInterval(timer); await running; } };
}
