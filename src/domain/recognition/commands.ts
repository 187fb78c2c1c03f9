import type { Institution, Recognition } from '#domain/directory/model.ts';
import { overfull, overlaps, seenOf, standingOf, type RecognitionActor, type RecognitionDraft, type RecognitionRefusal } from '#domain/recognition/model.ts';
import type { RecognitionStore } from '#domain/recognition/ports.ts';
import { addDays, dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type RecognitionDeps = { readonly store: RecognitionStore; readonly newId: () => string; readonly now: () => Instant };
type Done = Promise<Outcome<Institution, RecognitionRefusal>>;

async function write(deps: RecognitionDeps, actor: RecognitionActor, of: Institution, seen: string, after: readonly Recognition[], kind: string, detail: Readonly<Record<string, string | number | null>>): Done {
  const at = deps.now();
  const saved = await deps.store.write({
    jurisdiction: actor.jurisdiction, institution: of.id, on: dayOf(at), isAsSeen: (now) => seenOf(now) === seen, after, changeId: deps.newId(),
    event: { id: deps.newId(), jurisdiction: actor.jurisdiction, at, kind, actor: actor.account, objectKind: 'institution', objectId: of.id, detail },
  });
  return saved === 'saved' ? done(of) : refused('changed-meanwhile');
}

/** 普惠认定: enters a recognition; the public page says x of y until when at once. */
export async function enterRecognition(deps: RecognitionDeps, actor: RecognitionActor, id: string, seen: string, draft: RecognitionDraft): Done {
  const of = await deps.store.find(actor.jurisdiction, id);
  if (!of) return refused('not-found');
  if (draft.until !== null && draft.until < draft.from) return refused('ends-before');
  if (overfull(of.bands, draft)) return refused('too-many');
  if (seenOf(of) !== seen) return refused('changed-meanwhile');
  if (of.recognitions.some((one) => overlaps(one, draft))) return refused('overlap');
  return write(deps, actor, of, seen, [...of.recognitions, { ...draft, places: [...draft.places] }], 'recognition-entered', { from: draft.from, until: draft.until, places: draft.places.reduce((sum, { places }) => sum + places, 0) });
}

/** 终止普惠认定: the last day on which a recognition holds; one that has not begun, or ends the day before it begins, is taken out. */
export async function endRecognition(deps: RecognitionDeps, actor: RecognitionActor, id: string, seen: string, ordinal: number, lastDay: IsoDate): Done {
  const of = await deps.store.find(actor.jurisdiction, id);
  if (!of) return refused('not-found');
  if (seenOf(of) !== seen) return refused('changed-meanwhile');
  const held = of.recognitions[ordinal];
  if (!held || standingOf(held, dayOf(deps.now())) === 'ended') return refused('not-running');
  if (lastDay < addDays(held.from, -1) || (held.until !== null && lastDay > held.until)) return refused('ends-before');
  const after = of.recognitions.flatMap((one, at) => (at !== ordinal ? [one] : lastDay < one.from ? [] : [{ ...one, until: lastDay }]));
  return write(deps, actor, of, seen, after, 'recognition-ended', { from: held.from, until: lastDay });
}
