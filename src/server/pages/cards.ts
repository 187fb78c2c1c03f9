import { cutAt, highlightsOf } from '#domain/directory/highlight.ts';
import type { ClassBand, Institution } from '#domain/directory/model.ts';
import { freshFreePlaces } from '#domain/directory/places.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { Found } from '#domain/directory/searchDirectory.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { walkMinutes } from '#domain/shared/geo.ts';
import { pauseMarks } from '#server/pages/pauses.ts';
import { acceptsText, credentialText, distanceText, extendedText, kindText, ownershipText } from '#text/directory.ts';
import { affordableText, answerText, endedText, feeMissing, freeText, modesText, monthlyFeeText, notIncludedText, plannedText } from '#text/institution.ts';
import { nearText, walkText } from '#text/near.ts';

/** A short mark beside a name. */
export type Mark = { readonly tone: 'leaf' | 'plain' | 'amber'; readonly text: string; readonly icon?: 'check' | 'info' };

/** 资质与性质: which body keeps the credential, what kind it is, who runs it. */
export const marksOf = (of: Institution, group: Found['group']): readonly Mark[] => {
  if (of.planned) return [{ tone: 'plain', text: plannedText.badge(of.planned.year) }, { tone: 'plain', text: plannedText.filingUnknown }, ...(of.planned.takesChildren ? [] : [{ tone: 'amber', text: plannedText.notCare } as const])];
  const credential: Mark = group === 'ended' ? { tone: 'amber', text: endedText(of).badge, icon: 'info' } : { tone: 'leaf', text: credentialText[of.credential.kind], icon: 'check' };
  const nature = [of.kind && kindText[of.kind], of.ownership && ownershipText[of.ownership]].filter((word) => word !== null).join(' · ');
  return [credential, ...(nature === '' ? [] : [{ tone: 'plain', text: nature } as const])];
};

/** 街道, with its county below a city; the address where neither is known. */
export const whereOf = (of: Institution, place: Jurisdiction): string => {
  const street = place.subdistricts.find(({ code }) => code === of.subdistrict)?.name;
  const county = place.counties.find(({ code }) => code === of.county)?.name;
  return [county, street].filter((name) => name !== undefined).join(' ') || (of.address ?? '地址未填报');
};

/** The day the count of free places rests on: of the counts that still hold the oldest, else the newest that is too old. */
export const freeConfirmedOn = (of: Institution, bands: readonly ClassBand[] | undefined, today: IsoDate): IsoDate | null => {
  const offers = of.bands.filter(({ band, free }) => free !== null && (bands === undefined || bands.includes(band)));
  const fresh = offers.filter((offer) => freshFreePlaces(offer, today) !== null).flatMap(({ confirmedOn }) => confirmedOn ?? []).sort();
  return fresh[0] ?? offers.flatMap(({ confirmedOn }) => confirmedOn ?? []).sort().at(-1) ?? null;
};

const bandsAsked = ({ canCome }: Found, query: DirectoryQuery): readonly ClassBand[] | undefined => {
  const fitting = canCome && canCome.bands.length > 0 ? canCome.bands : undefined;
  if (query.band.length === 0) return fitting;
  return fitting ? fitting.filter((band) => query.band.includes(band)) : query.band;
};

/** The address of an institution's page, which answers for the age that was searched. */
export const hrefOf = (slug: string, id: string, query: Pick<DirectoryQuery, 'months' | 'start'>): string => {
  const age = new URLSearchParams();
  if (query.months !== null) age.set('months', String(query.months));
  if (query.months !== null && query.start !== null) age.set('start', query.start);
  return `/${slug}/institutions/${id}/${age.size > 0 ? `?${age.toString()}` : ''}`;
};

/** What the institution says to the conditions that were asked for: a card must answer them. */
const askedMarks = (of: Institution, query: DirectoryQuery): readonly Mark[] => [
  ...query.accepts.map((one): Mark => ({ tone: of.accepts[one] === true ? 'leaf' : 'plain', text: acceptsText(one, of.accepts[one]) })),
  ...(query.extended && of.extendedUntil !== null ? [{ tone: 'plain', text: extendedText(of.extendedUntil) } as const] : []),
];

/** How far it is, once a starting point is set: without a point of its own it says so. */
const farText = (metres: number | null, isAsked: boolean): string => {
  if (metres === null) return isAsked ? ` · ${nearText.noDistance}` : '';
  return [distanceText(metres), walkText(walkMinutes(metres))].flatMap((part) => (part === null ? [] : ` · ${part}`)).join('');
};

/** One institution found, as its card says it. */
export const cardOf = (found: Found, place: Jurisdiction, query: DirectoryQuery, today: IsoDate) => {
  const { institution: of, group, canCome, monthlyFee, affordable } = found;
  const distance = farText(found.distance, query.near !== null);
  const extra = monthlyFee && notIncludedText(monthlyFee);
  return {
    id: of.id,
    href: hrefOf(place.slug, of.id, query),
    name: of.name,
    nameParts: cutAt(of.name, highlightsOf(of.name, query.q, found.syllables)),
    badges: [...marksOf(of, group), ...pauseMarks(of, today), ...(affordable ? [{ tone: 'leaf', text: affordableText(affordable) } as const] : []), ...askedMarks(of, query)],
    answer: canCome && query.months !== null && group === 'listed' ? answerText(query.months, canCome, today) : null,
    free: group === 'ended' ? endedText(of).title : freeText(found.freePlaces, freeConfirmedOn(of, bandsAsked(found, query), today), of.phone, today),
    where: `${whereOf(of, place)}${distance}`,
    modes: `${modesText(of.modes, of.opensInSchoolHolidays)}${extra ? ` · ${extra}` : ''}`,
    fee: monthlyFeeText(monthlyFee),
    feeMissing,
    sample: of.sample,
  };
};

/** A site that was only planned, as the list says it. */
export const plannedCardOf = ({ institution: of, group }: Found, slug: string) => ({
  href: `/${slug}/institutions/${of.id}/`,
  name: of.name,
  marks: marksOf(of, group),
  lines: [of.address ?? '', of.planned ? `${of.planned.serviceModel}；${of.planned.capacityStated ?? plannedText.capacityMissing}` : ''].filter((line) => line !== ''),
});
