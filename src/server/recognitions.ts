import { endRecognition, enterRecognition, type RecognitionDeps } from '#domain/recognition/commands.ts';
import type { RecognitionActor, RecognitionDraft } from '#domain/recognition/model.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { recognitionStore } from '#storage/recognitions.ts';
import type { Storage } from '#storage/schema.ts';

/** 普惠认定 as the office uses it. */
export type Recognitions = {
  readonly find: (actor: RecognitionActor, institution: string) => Promise<Institution | undefined>;
  readonly enter: (actor: RecognitionActor, institution: string, seen: string, draft: RecognitionDraft) => ReturnType<typeof enterRecognition>;
  readonly end: (actor: RecognitionActor, institution: string, seen: string, ordinal: number, lastDay: IsoDate) => ReturnType<typeof endRecognition>;
};

/** Binds recognitions to storage and clock. */
export function makeRecognitions(storage: Storage, now: () => Instant): Recognitions {
  const deps: RecognitionDeps = { store: recognitionStore(storage), newId, now };
  return {
    find: ({ jurisdiction }, institution) => deps.store.find(jurisdiction, institution),
    enter: (actor, institution, seen, draft) => enterRecognition(deps, actor, institution, seen, draft), end: (actor, institution, seen, ordinal, lastDay) => endRecognition(deps, actor, institution, seen, ordinal, lastDay),
  };
}
