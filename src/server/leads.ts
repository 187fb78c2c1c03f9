import { addLead, findLead, leadsFound, listLeads, moveLead, type LeadDeps } from '#domain/leads/commands.ts';
import type { LeadActor } from '#domain/leads/model.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { SignedIn } from '#server/guard.ts';
import { newId } from '#storage/ids.ts';
import { leadStore } from '#storage/leads.ts';
import type { Storage } from '#storage/schema.ts';

type Bound<Command extends (deps: LeadDeps, ...rest: never[]) => unknown> = Command extends (deps: LeadDeps, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** 摸排线索 as the office uses it. */
export type Leads = { readonly list: Bound<typeof listLeads>; readonly found: Bound<typeof leadsFound>; readonly find: Bound<typeof findLead>; readonly add: Bound<typeof addLead>; readonly move: Bound<typeof moveLead> };

/** Binds leads to storage and clock. */
export function makeLeads(storage: Storage, now: () => Instant): Leads {
  const deps: LeadDeps = { store: leadStore(storage), newId, now };
  return {
    list: (actor, wanted) => listLeads(deps, actor, wanted), found: (actor, days) => leadsFound(deps, actor, days), find: (actor, id) => findLead(deps, actor, id), add: (actor, id, typed) => addLead(deps, actor, id, typed), move: (actor, chosen, typed) => moveLead(deps, actor, chosen, typed),
  };
}

/** Who acts: a street's account for its street, everyone else for the place. */
export const leadActorOf = ({ account, place }: Pick<SignedIn, 'account' | 'place'>): LeadActor => ({ account: account.id, jurisdiction: place.code, subdistrict: account.subdistrict });
