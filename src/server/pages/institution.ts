import { canComeHere, type SearchedChild } from '#domain/directory/admissionFit.ts';
import { monthlyFee } from '#domain/directory/fees.ts';
import { classBands, type Institution } from '#domain/directory/model.ts';
import { alternativesTo, nearbyOf } from '#domain/directory/nearby.ts';
import { affordablePlaces, freePlacesIn } from '#domain/directory/places.ts';
import { readPageQuery } from '#domain/directory/readQuery.ts';
import type { DirectoryEntry } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Listing } from '#domain/listing/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { freeConfirmedOn, marksOf, type Mark } from '#server/pages/cards.ts';
import { bandsView } from '#server/pages/institutionBands.ts';
import { careView, feesDisclosed, healthView, hoursView, mealsView, securityView, startView } from '#server/pages/institutionDay.ts';
import { closedView } from '#server/pages/closed.ts';
import { credentialFacts, credentialGist, mapFacts, phoneOf } from '#server/pages/institutionFacts.ts';
import { feeView } from '#server/pages/institutionFees.ts';
import { assessmentsView, decisionsCount, decisionsView, historyView, nearbyView, photosView } from '#server/pages/institutionTrust.ts';
import { jsonLdOf } from '#server/pages/jsonLd.ts';
import { shareText } from '#text/share.ts';
import { pauseLines, pauseMarks } from '#server/pages/pauses.ts';
import { plannedFacts } from '#server/pages/plannedFacts.ts';
import { fullDayText } from '#text/dates.ts';
import { bandText, notStated } from '#text/directory.ts';
import { admissionText, affordableText, answerText, credentialTitle, endedText, freeText, institutionText, monthlyFeeText, notIncludedText } from '#text/institution.ts';

const answerOf = (of: Institution, child: SearchedChild | null, today: IsoDate) => {
  const can = child === null ? null : canComeHere(of, child, today);
  const bands = can && can.bands.length > 0 ? can.bands : undefined;
  const fee = monthlyFee(of, bands);
  const affordable = affordablePlaces(of, today, bands);
  const bandsHeld = classBands.filter((band) => of.bands.some((offer) => offer.band === band));
  const held = bandsHeld.map((band) => bandText[band]).join('、');
  const extra = fee && notIncludedText(fee);
  return {
    title: can && child !== null ? answerText(child.months, can, today) : of.admission ? admissionText(of.admission, today) : held === '' ? `收托月龄${notStated}` : held,
    fits: can?.fits ?? 'yes',
    lines: [
      freeText(freePlacesIn(of, today, bands), freeConfirmedOn(of, bands, today), of.phone, today),
      ...(fee ? [`全部费用${monthlyFeeText(fee) ?? ''}${extra ? `，${extra}` : ''}`] : [institutionText.feeMissing]),
      ...(affordable ? [`${affordableText(affordable)}${affordable.until === null ? '' : `，有效至 ${fullDayText(affordable.until)}`}`] : []),
    ],
    note: institutionText.free,
    askAge: child === null,
  };
};

/** What else can be booked: care by the hour where the institution says it gives it; classes have a page of their own that says whether there are any. */
const alsoOf = ({ modes }: Institution, slots: string) => [
  ...(modes.some((mode) => mode === 'hourly' || mode === 'temporary') ? [{ href: `${slots}?kind=care`, label: institutionText.bookCare }] : []),
  { href: `${slots}?kind=class`, label: institutionText.bookClass },
];

const childOf = (parameters: URLSearchParams): SearchedChild | null => {
  const { months, start } = readPageQuery(parameters);
  return months === null ? null : { months, start };
};

const decisionMark = (count: number): readonly Mark[] => (count === 0 ? [] : [{ tone: 'amber', text: institutionText.decisionMark(count), icon: 'info' }]);

const viewOf = (entry: DirectoryEntry, listing: Listing, place: Jurisdiction, app: Pick<App, 'listings'>, child: SearchedChild | null, today: IsoDate) => {
  const { institution: of } = entry;
  const { words, changes } = listing;
  return {
    answer: answerOf(of, child, today), also: alsoOf(of, `/${place.slug}/institutions/${of.id}/slots/`), admission: of.admission ? admissionText(of.admission, today) : null,
    bands: bandsView(of, words, app.listings, today, changes), hours: hoursView(of, words, today, changes), fees: { ...feeView(of, words, today, changes), disclosed: feesDisclosed(words) },
    care: careView(of, words, today, changes), meals: mealsView(of, words, today, changes), health: healthView(words, today), security: securityView(words, today), start: { ...startView(words, today), checks: `/${place.slug}/health-points/?kind=entryCheck` },
    photos: photosView(listing, `/${place.slug}/institutions/${of.id}/`),
  };
};

/** What a family sends on: what this is, what filing means, and the page. */
const shareOf = (of: Institution, marks: readonly string[], link: string) => ({ link, text: [`${of.name}：${marks.join('，')}`, shareText.filingNote, link].join('\n') });

/** 机构: everything one institution's page says, whichever way it stands; `instead`: as it would stand with these (预览). Undefined where no such institution is public here. */
export async function institutionView(app: App, place: Jurisdiction, id: string, parameters: URLSearchParams, origin: string, instead?: { readonly institution: Institution; readonly listing: Listing }) {
  const found = await app.directory.find(place.code, id);
  if (!found) return undefined;
  const today = app.today();
  const entry = instead ? { ...found, institution: instead.institution } : found;
  const listing = instead?.listing ?? await app.listings.find(place.code, id);
  const { institution: of, group } = entry;
  const child = childOf(parameters);
  const base = `/${place.slug}/institutions/${of.id}/`;
  const shared = {
    id: of.id, base, poster: group === 'listed', name: of.name, sample: of.sample, marks: [...marksOf(of, group), ...(group === 'listed' ? pauseMarks(of, today) : []), ...decisionMark(decisionsCount(listing, today))],
    pauses: pauseLines(of, today),
    contact: { address: of.address, maps: mapFacts(of), phone: phoneOf(of) },
    credential: credentialFacts(of, place, today), credentialTitle: credentialTitle[of.credential.kind], credentialGist: credentialGist(of),
    jsonLd: group === 'ended' ? undefined : jsonLdOf(of, place, origin, listing.photos),
    share: shareOf(of, marksOf(of, group).map(({ text }) => text), `${origin}${base}`),
    assessments: assessmentsView(listing, today), decisions: decisionsView(listing, today), history: historyView(of, listing, today),
  };
  if (of.planned) return { ...shared, stands: 'planned' as const, planned: plannedFacts(of, of.planned) };
  const snapshot = await app.directory.snapshot(place.code);
  if (group === 'ended') {
    const [reason, closed] = await Promise.all([app.filings.publicReason(place.code, id), closedView(app, place, of)]);
    return { ...shared, stands: 'ended' as const, ended: endedText(of, reason), closed, nearby: nearbyView(alternativesTo(snapshot, entry, child), place.slug, child, today) };
  }
  const nearby = nearbyView(nearbyOf(snapshot, entry, child), place.slug, child, today);
  return { ...shared, stands: 'listed' as const, nearby, ...viewOf(entry, listing, place, app, child, today) };
}
