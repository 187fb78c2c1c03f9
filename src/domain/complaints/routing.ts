import type { Department, Duty, Jurisdiction, Subject } from '#domain/jurisdiction/model.ts';
import type { SubdistrictCode } from '#domain/shared/codes.ts';
import type { Assignment } from '#domain/complaints/model.ts';

/** The row on which a street leads once several laws are touched; a place without it has no such rule. */
export const severalLawsTopic = '涉及多个法律法规';

/** What a case is about, as far as it decides who answers. */
export type RouteAsked = {
  readonly subject: Subject; readonly topic?: string | null | undefined;
  /** Kind of the institution named; null when none is named or its kind is unknown. */
  readonly institutionKind?: string | null | undefined;
  /** Whether several laws are touched; only a clerk can say so. */
  readonly severalLaws?: boolean | undefined;
};

/** 分派: who answers and on which line of the place's document, with its words. */
export type Route = Assignment & {
  readonly quote: string | null;
  /** The document's area has been abolished: the route is history, nobody answers by it today. */
  readonly historical: boolean;
};

type Duties = Pick<Jurisdiction, 'duties' | 'document'>;

const rowOf = ({ duties }: Duties, subject: Subject, topic: string | null): Duty | undefined =>
  duties.find((duty) => duty.subject === subject && duty.topic === topic);

const dutyOf = (place: Duties, subject: Subject, topic: string | null): Duty | undefined =>
  (topic === null ? undefined : rowOf(place, subject, topic)) ?? rowOf(place, subject, null) ?? rowOf(place, 'other', null);

const without = (keys: readonly (string | null)[], lead: string | null): string[] =>
  [...new Set(keys)].flatMap((key) => (key === null || key === lead ? [] : [key]));

/**
 * A class inside a kindergarten is the education department's: it takes the place of whoever supervises institutions in
 * general, and of the register of filings, which such a class does not stand in; elsewhere it joins.
 */
function inKindergarten(duty: Duty, kindergarten: Duty | undefined): Duty {
  if (kindergarten === undefined || duty.basis === 'not-stated' || duty.subject === 'kindergarten') return duty;
  const { lead } = kindergarten;
  if (duty.basis !== 'derived' && duty.subject !== 'unfiled') return { ...duty, joint: without([...duty.joint, lead], duty.lead) };
  if (lead === null) return kindergarten;
  const parties = duty.subject === 'unfiled' ? kindergarten.joint : [...duty.joint, duty.lead];
  return { ...kindergarten, joint: without(parties, lead) };
}

function severalLaws(duty: Duty, street: Duty | undefined): Duty {
  return street === undefined || street.lead === null ? duty : { ...street, joint: without([duty.lead, ...duty.joint], street.lead) };
}

/**
 * 分派: the one body that the place's document makes answerable, or several listed without a lead, or nobody; by rows of
 * duties.csv alone. A topic without a row answers as its subject does, a subject without one as general supervision does.
 */
export function routeOf(place: Duties, { subject, topic = null, institutionKind = null, severalLaws: isSeveral = false }: RouteAsked): Route {
  const historical = place.document.status === 'areaAbolished';
  const found = dutyOf(place, subject, topic);
  if (found === undefined) return { lead: null, joint: [], basis: 'not-stated', line: null, quote: null, historical };
  const own = institutionKind === 'kindergartenClass' ? inKindergarten(found, rowOf(place, 'kindergarten', null)) : found;
  const { lead, joint, basis, line, quote } = isSeveral ? severalLaws(own, rowOf(place, 'other', severalLawsTopic)) : own;
  return { lead, joint, basis, line, quote, historical };
}

type Whereabouts = { readonly subdistrict: SubdistrictCode | null; readonly county: string | null };
type Bodies = Pick<Jurisdiction, 'departments' | 'subdistricts' | 'counties'>;

const streetBody = (place: Bodies, subdistrict: SubdistrictCode): string | undefined => {
  const unit = place.subdistricts.find(({ code }) => code === subdistrict);
  if (unit === undefined) return undefined;
  if (unit.kind === 'street') return `${unit.name}办事处`;
  return unit.kind === 'town' || unit.kind === 'township' ? `${unit.name}人民政府` : undefined;
};

const countyBody = (place: Bodies, key: string, { subdistrict, county }: Whereabouts): string | undefined => {
  const code = county ?? place.subdistricts.find((unit) => unit.code === subdistrict)?.county;
  const found = place.counties.find((one) => one.code === code);
  if (found === undefined) return undefined;
  return key === 'county-governments' ? `${found.name}人民政府` : found.filingAuthority ?? `${found.name}卫生健康部门`;
};

/** 全称 of a department, told as the street's, town's or county's own where it stands for all of them and it is known where the matter lies. */
export function bodyName(place: Bodies, key: string, where: Whereabouts): string {
  const named = place.departments.find((one: Department) => one.key === key)?.name ?? key;
  if (key === 'subdistrict-offices' || key === 'townships') return (where.subdistrict === null ? undefined : streetBody(place, where.subdistrict)) ?? named;
  return key === 'county-health' || key === 'county-governments' ? countyBody(place, key, where) ?? named : named;
}
