import type { AuditDraft } from '#domain/audit/model.ts';
import { leadKey, type Lead, type LeadActor, type LeadMove, type LeadMoveTyped, type LeadTyped } from '#domain/leads/model.ts';
import type { LeadsAsked, LeadStore } from '#domain/leads/ports.ts';
import { nextLeadStates } from '#domain/leads/rules.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type LeadDeps = { readonly store: LeadStore; readonly newId: () => string; readonly now: () => Instant };

/** Whether a desk sees a lead: an office all of its place, a street what lies in it. */
export const seesLead = ({ subdistrict }: LeadActor, lead: Pick<Lead, 'subdistrict'>): boolean => subdistrict === null || lead.subdistrict === subdistrict;

const eventOf = (deps: LeadDeps, { account, jurisdiction }: LeadActor, kind: string, lead: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.newId(), jurisdiction, at: deps.now(), kind, actor: account, objectKind: 'lead', objectId: lead, detail });

/** What a desk may ask for: an office any street, a street its own alone. */
export type LeadsWanted = Omit<LeadsAsked, 'jurisdiction' | 'subdistrict'> & { readonly subdistrict?: LeadsAsked['subdistrict']; readonly most: number; readonly from?: number };
const askedOf = ({ jurisdiction, subdistrict }: LeadActor, wanted: Partial<LeadsWanted>): LeadsAsked => ({
  jurisdiction, subdistrict: subdistrict ?? wanted.subdistrict ?? null,
  ...(wanted.isOpen === undefined ? {} : { isOpen: wanted.isOpen }), ...(wanted.found === undefined ? {} : { found: wanted.found }),
});

/** 线索清单 of a desk, oldest first, with how many there are in all. */
export async function listLeads(deps: LeadDeps, actor: LeadActor, wanted: LeadsWanted): Promise<{ readonly leads: readonly Lead[]; readonly total: number }> {
  const asked = askedOf(actor, wanted);
  const [leads, total] = await Promise.all([deps.store.list(asked, wanted.most, wanted.from ?? 0), deps.store.count(asked)]);
  return { leads, total };
}

/** 半年汇总: every lead of a desk found within some days, oldest first, with the last reason given; two queries, however many there are. */
export async function leadsFound(deps: LeadDeps, actor: LeadActor, found: NonNullable<LeadsAsked['found']>): Promise<readonly { readonly lead: Lead; readonly reason: string | null }[]> {
  const asked = askedOf(actor, { found });
  const [leads, reasons] = await Promise.all([deps.store.list(asked, null, 0), deps.store.lastReasons(asked)]);
  return leads.map((lead) => ({ lead, reason: reasons.get(lead.id) ?? null }));
}

/** One lead with its steps; undefined for another street's as for one that never was. */
export async function findLead(deps: LeadDeps, actor: LeadActor, id: string): Promise<{ readonly lead: Lead; readonly moves: readonly LeadMove[] } | undefined> {
  const lead = await deps.store.find(actor.jurisdiction, id);
  return lead && seesLead(actor, lead) ? { lead, moves: await deps.store.moves(id) } : undefined;
}

/** 记一条线索: what somebody saw; a street writes down what lies in it. */
export async function addLead(deps: LeadDeps, actor: LeadActor, id: string, typed: LeadTyped): Promise<Outcome<Lead, 'known' | 'not-your-street' | 'future'>> {
  const subdistrict = typed.subdistrict ?? actor.subdistrict;
  if (actor.subdistrict !== null && subdistrict !== actor.subdistrict) return refused('not-your-street');
  if (typed.foundOn > dayOf(deps.now())) return refused('future');
  const lead: Lead = {
    id, jurisdiction: actor.jurisdiction, name: typed.name, subdistrict, address: typed.address === '' ? null : typed.address, seen: typed.seen, children: typed.children, foundOn: typed.foundOn,
    source: actor.subdistrict === null ? 'clerk' : 'street', times: 1, state: 'found', institution: null, version: 1, createdAt: deps.now(),
  };
  const saved = await deps.store.add(lead, leadKey(typed.name), { at: deps.now(), state: 'found', actor: actor.account, reason: null }, eventOf(deps, actor, 'lead-found', id, { source: lead.source }));
  return saved === 'saved' ? done(lead) : refused('known');
}

/** 线索走一步: by the table of ways, with its reason; 已登记 names the institution it has become. */
export async function moveLead(deps: LeadDeps, actor: LeadActor, chosen: { readonly id: string; readonly version: number }, typed: LeadMoveTyped): Promise<Outcome<Lead, 'not-found' | 'wrong-state' | 'changed-meanwhile' | 'institution-unknown' | 'known'>> {
  const found = await deps.store.find(actor.jurisdiction, chosen.id);
  if (!found || !seesLead(actor, found)) return refused('not-found');
  if (found.version !== chosen.version) return refused('changed-meanwhile');
  if (!nextLeadStates(found.state).includes(typed.to)) return refused('wrong-state');
  const institution = typed.to === 'registered' ? typed.institution : null;
  if (typed.to === 'registered' && (institution === null || !await deps.store.hasInstitution(actor.jurisdiction, institution))) return refused('institution-unknown');
  const lead: Lead = { ...found, state: typed.to, institution, version: found.version + 1 };
  const saved = await deps.store.move(lead, found.version, { at: deps.now(), state: typed.to, actor: actor.account, reason: typed.reason }, eventOf(deps, actor, `lead-${typed.to}`, found.id, {}));
  return saved === 'saved' ? done(lead) : refused(saved);
}
