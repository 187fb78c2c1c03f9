import { z } from 'zod';
import { classBands, pauseReasons, type BandOffer, type ClassBand, type Institution, type Pause } from '#domain/directory/model.ts';
import { findWork, listingEvent, type DraftRefusal } from '#domain/listingDraft/commands.ts';
import type { DraftActor, DraftDeps } from '#domain/listingDraft/ports.ts';
import { withFeesInForce } from '#domain/listingDraft/model.ts';
import { addDays, dayOf, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** Farthest a pause may begin ahead and last. */
export const pauseDays = { ahead: 60, long: 366 } as const;

/** 停班 as typed. Only who stops altogether may leave the end open. */
export const pauseDraft = z.strictObject({
  band: z.enum(classBands).nullable(), from: isoDate, until: isoDate.nullable(), reason: z.enum(pauseReasons, { error: 'required' }),
}).refine(({ from, until }) => until === null || from <= until, { path: ['until'], message: 'order' })
  .refine(({ until, reason }) => until !== null || reason === 'stopped', { path: ['until'], message: 'required' });
export type PauseDraft = z.infer<typeof pauseDraft>;

/** Pauses that are not over on a day, those to come too. */
export const openPauses = ({ pauses = [] }: Pick<Institution, 'pauses'>, today: IsoDate): readonly Pause[] => pauses.filter(({ until }) => until === null || today <= until);

/** Pauses on a day, by band; one of all bands counts for each. */
export const pausesOn = (of: Pick<Institution, 'pauses'>, today: IsoDate): readonly Pause[] => openPauses(of, today).filter(({ from }) => from <= today);

/** Whether no child of a band is taken on a day. */
export const isPaused = (of: Pick<Institution, 'pauses'>, band: ClassBand, today: IsoDate): boolean => pausesOn(of, today).some((pause) => pause.band === null || pause.band === band);

/** Bands with no free place (all paused), or with none said of the one that is paused: the others' stay what they are. */
const withoutFree = (bands: readonly BandOffer[], band: ClassBand | null, on: IsoDate, isPaused: boolean): BandOffer[] =>
  bands.map((offer) => (band === null ? { ...offer, free: isPaused ? 0 : null, confirmedOn: isPaused ? on : null } : offer.band === band ? { ...offer, free: null, confirmedOn: null } : offer));

export type PauseRefusal = DraftRefusal | 'band' | 'past' | 'too-far' | 'known';

/** 停班: bad news does not wait; it stands on the page, in lists and in the search from this moment, and no free place of its bands is told any more. */
export async function pauseCare(deps: DraftDeps, actor: DraftActor, institution: string, draft: PauseDraft): Promise<Outcome<Pause, PauseRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  const at = deps.now();
  const today = dayOf(at);
  if (draft.band !== null && !work.institution.bands.some(({ band }) => band === draft.band)) return refused('band');
  if (draft.from < today) return refused('past');
  if (draft.from > addDays(today, pauseDays.ahead) || (draft.until !== null && draft.until > addDays(draft.from, pauseDays.long))) return refused('too-far');
  const pause: Pause = { id: deps.newId(), ...draft, saidOn: today };
  const saved = await deps.store.change({
    jurisdiction: actor.jurisdiction, institution, on: today, at, by: actor.sayer, changeId: deps.newId(), event: listingEvent(deps, actor, 'care-paused', institution, { band: draft.band, from: draft.from, until: draft.until, reason: draft.reason }),
    next: ({ institution: of }) => {
      const open = openPauses(of, today);
      if (open.some(({ band, from, until }) => band === draft.band && from === draft.from && until === draft.until)) return undefined;
      return { institution: { ...of, pauses: [...open, pause], bands: draft.from <= today ? withoutFree(of.bands, draft.band, today, true) : of.bands }, parts: ['pauses'] };
    },
  });
  return saved === 'saved' ? done(pause) : refused('known');
}

/** 恢复收托: ends a pause; free places are unknown again until they are said anew. */
export async function resumeCare(deps: DraftDeps, actor: DraftActor, institution: string, id: string): Promise<Outcome<null, DraftRefusal>> {
  const work = await findWork(deps, actor, institution);
  if (!work) return refused('not-found');
  const at = deps.now();
  const today = dayOf(at);
  const saved = await deps.store.change({
    jurisdiction: actor.jurisdiction, institution, on: today, at, by: actor.sayer, changeId: deps.newId(), event: listingEvent(deps, actor, 'care-resumed', institution, { pause: id }),
    next: ({ institution: of }) => {
      const ended = openPauses(of, today).find((one) => one.id === id);
      return ended && { institution: { ...of, pauses: openPauses(of, today).filter((one) => one.id !== id), bands: ended.from <= today ? withoutFree(of.bands, ended.band, today, false) : of.bands }, parts: ['pauses'] };
    },
  });
  return saved === 'saved' ? done(null) : refused('changed-meanwhile');
}

/** 拟调整的收费到日生效: puts approved fees into force whose day has come, once, whoever asks first. Answers how many. */
export async function bringFeesIntoForce(deps: Omit<DraftDeps, 'sealNotice'>, jurisdiction: JurisdictionCode): Promise<number> {
  const at = deps.now();
  const today = dayOf(at);
  let changed = 0;
  for (const institution of await deps.store.feesDue(jurisdiction, today)) {
    const saved = await deps.store.change({
      jurisdiction, institution, on: today, at, by: 'institution', changeId: deps.newId(), event: listingEvent(deps, { account: 'system', jurisdiction }, 'fees-in-force', institution, { on: today }),
      next: ({ institution: of, listing: { words } }) => {
        const next = withFeesInForce(of, today);
        if (!next || !of.nextFees) return undefined;
        const { publishedOn, committeeHeard } = of.nextFees;
        return { institution: next, ...(words.money ? { words: { ...words, money: { ...words.money, publishedOn, committeeHeard } } } : {}), parts: ['fees'] };
      },
    });
    if (saved === 'saved') changed += 1;
  }
  return changed;
}
