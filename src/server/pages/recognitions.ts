import { affordablePlaces } from '#domain/directory/places.ts';
import { classBands, isInForce, type Institution, type Recognition } from '#domain/directory/model.ts';
import { seenOf, standingOf } from '#domain/recognition/model.ts';
import { addDays, daysBetween, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { actorOf } from '#server/pages/filings.ts';
import { fullDayText } from '#text/dates.ts';
import { bandText } from '#text/directory.ts';
import { affordableText, moneyText } from '#text/institution.ts';
import { recognitionText as words } from '#text/recognitions.ts';

/** Days before its end from which a recognition stands among those that end. */
export const endingDays = 60;
const mostShown = 50;

const ceilingOf = ({ priceCeiling }: Recognition): string => (priceCeiling === null ? words.noCeiling : moneyText(priceCeiling, 'month'));
const placesOf = ({ places }: Recognition): string => places.map(({ band, places: count }) => `${bandText[band]} ${String(count)}`).join('，');
const hrefOf = (id: string): string => `/office/affordable/${id}/`;

type Held = { readonly of: Institution; readonly held: Recognition };
const byEnd = (one: Held, other: Held): number => ((one.held.until ?? '9999') < (other.held.until ?? '9999') ? -1 : 1);
const rowOf = ({ of, held }: Held, today: IsoDate) => [
  { text: of.name, href: hrefOf(of.id) }, placesOf(held), held.priceCeiling === null ? { text: words.noCeiling, muted: true } : ceilingOf(held),
  held.until === null ? { text: words.noEnd, muted: true } : `${fullDayText(held.until)}${held.until >= today && daysBetween(today, held.until) <= endingDays ? words.days(daysBetween(today, held.until)) : ''}`,
];

/** Recognitions in force that end within sixty days, the earliest first. */
export const endingSoon = (institutions: readonly Institution[], today: IsoDate): readonly Held[] => institutions.flatMap((of) => of.recognitions.filter((held) => standingOf(held, today) === 'inForce' && held.until !== null && held.until <= addDays(today, endingDays)).map((held) => ({ of, held }))).toSorted(byEnd);

/** 普惠认定 of a place or a street: those that end soon, those in force, those that are over, and a search for an institution to enter one for. */
export async function recognitionsView(app: App, signedIn: SignedIn, parameters: URLSearchParams) {
  const today = app.today();
  const institutions = (await app.filings.institutions(actorOf(signedIn))).filter(({ planned }) => planned === null);
  const all = institutions.flatMap((of) => of.recognitions.map((held): Held => ({ of, held })));
  const typed = (parameters.get('q') ?? '').normalize('NFKC').trim().slice(0, 60);
  const found = typed === '' ? [] : institutions.filter(({ name, aliases, credential, missingSince }) => isInForce(credential) && missingSince === null && [name, ...aliases].some((one) => one.includes(typed)));
  const running = all.filter(({ held }) => standingOf(held, today) !== 'ended').toSorted(byEnd);
  return {
    ending: endingSoon(institutions, today).map((one) => rowOf(one, today)), running: running.map((one) => rowOf(one, today)), ended: all.filter(({ held }) => standingOf(held, today) === 'ended').toSorted((one, other) => byEnd(other, one)).slice(0, mostShown).map((one) => rowOf(one, today)),
    typed, found: typed === '' ? null : { total: words.found(found.length) + (found.length > mostShown ? words.more(mostShown) : ''), rows: found.slice(0, mostShown).map((of) => { const share = affordablePlaces(of, today); return [{ text: of.name, href: hrefOf(of.id) }, share ? affordableText(share) : { text: words.no, muted: true }]; }) },
    mayWrite: signedIn.may('filing.write'),
  };
}

/** 一家机构的普惠认定: what holds and held, and what is asked for a new one. */
export function recognitionView(of: Institution, slug: string, today: IsoDate) {
  const share = affordablePlaces(of, today);
  return {
    name: of.name, seen: seenOf(of), publicHref: `/${slug}/institutions/${of.id}/`, share: share ? `${affordableText(share)}${share.until === null ? '' : `，有效至 ${fullDayText(share.until)}`}` : null,
    held: of.recognitions.map((held, ordinal) => ({
      ordinal, isOver: standingOf(held, today) === 'ended', isOverCeiling: held.priceCeiling !== null && of.fees.some(({ item, per, amount, mode }) => item === 'care' && per === 'month' && (mode === null || mode === 'fullDay') && amount !== null && held.priceCeiling !== null && amount > held.priceCeiling),
      facts: [
        { name: words.standing, value: words.standings[standingOf(held, today)] }, { name: words.places, value: placesOf(held) }, { name: words.ceiling, value: held.priceCeiling === null ? null : ceilingOf(held), missing: words.noCeiling }, { name: words.authority, value: held.authority },
        { name: words.document, value: held.documentNumber, missing: words.missing }, { name: words.dates, value: `${fullDayText(held.from)}至${held.until === null ? words.noEnd : fullDayText(held.until)}` }, ...(held.audience === null ? [] : [{ name: words.audience, value: held.audience }]),
      ],
    })).toReversed(),
    noBands: of.bands.length === 0,
    bands: classBands.filter((band) => of.bands.length === 0 || of.bands.some((one) => one.band === band)).map((band) => { const places = of.bands.find((one) => one.band === band)?.places ?? null; return { band, label: words.bandPlaces(bandText[band]), hint: places === null ? words.placesUnknown : words.ofPlaces(places) }; }),
  };
}
