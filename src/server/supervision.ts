import type { Instant } from '#domain/shared/dates.ts';
import { correct, enter, findRecord, reply, takeDownReply, takeOut, watchedBy, withdraw, type SupervisionDeps } from '#domain/supervision/commands.ts';
import type { AnnualDuties, SupervisionActor } from '#domain/supervision/model.ts';
import { dueThings, type DueThing } from '#domain/supervision/rules.ts';
import { dayOf } from '#domain/shared/dates.ts';
import type { SignedIn } from '#server/guard.ts';
import { loadAnnualDuties } from '#storage/files/annualDuties.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { supervisionStore } from '#storage/supervision.ts';

type Bound<Command extends (deps: SupervisionDeps, ...rest: never[]) => unknown> = Command extends (deps: SupervisionDeps, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** 监督 as office and portal use it. */
export type Supervision = {
  readonly rules: AnnualDuties;
  readonly find: Bound<typeof findRecord>; readonly watched: Bound<typeof watchedBy>;
  /** What is overdue or due soon among what the actor sees. */
  readonly due: (actor: SupervisionActor) => Promise<readonly DueThing[]>;
  readonly enter: Bound<typeof enter>; readonly correct: Bound<typeof correct>; readonly takeOut: Bound<typeof takeOut>;
  readonly withdraw: Bound<typeof withdraw>; readonly reply: Bound<typeof reply>; readonly takeDownReply: Bound<typeof takeDownReply>;
};

/** Binds supervision to storage, data and clock. */
export function makeSupervision(storage: Storage, dataFolder: string, now: () => Instant): Supervision {
  const deps: SupervisionDeps = { store: supervisionStore(storage), rules: loadAnnualDuties(dataFolder), newId, now };
  return {
    rules: deps.rules, find: (...asked) => findRecord(deps, ...asked), watched: (actor) => watchedBy(deps, actor),
    due: async (actor) => dueThings(deps.rules, actor.jurisdiction, await watchedBy(deps, actor), dayOf(now())),
    enter: (...asked) => enter(deps, ...asked), correct: (...asked) => correct(deps, ...asked), takeOut: (...asked) => takeOut(deps, ...asked),
    withdraw: (...asked) => withdraw(deps, ...asked), reply: (...asked) => reply(deps, ...asked), takeDownReply: (...asked) => takeDownReply(deps, ...asked),
  };
}

/** Who acts, by the account: an institution for itself, a street for its own, everyone else of the office for the place. */
export function supervisionActorOf({ account, place, may }: Pick<SignedIn, 'account' | 'place' | 'may'>): SupervisionActor | undefined {
  const whose = { account: account.id, jurisdiction: place.code };
  if (may('portal')) return account.institution === null ? undefined : { ...whose, side: 'institution', institution: account.institution };
  return { ...whose, side: 'authority', subdistrict: account.subdistrict };
}
