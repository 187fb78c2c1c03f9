import { freePlacesHoldDays } from '#domain/directory/places.ts';
import { classBands, type ClassBand, type Institution } from '#domain/directory/model.ts';
import { seenOf } from '#domain/listing/freePlaces.ts';
import { warningsOf } from '#domain/listing/warnings.ts';
import { addDays } from '#domain/shared/dates.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { fullDayText } from '#text/dates.ts';
import { bandText } from '#text/directory.ts';
import { freePlacesText as words } from '#text/freePlaces.ts';
import { warningForStaff } from '#text/warnings.ts';

type PageError = { readonly field: string; readonly message: string };
const most = 2_000;

/** A number as typed: a whole one, none where the field is empty, undefined where it is neither. */
const readCount = (typed: string | undefined): number | null | undefined => {
  const plain = (typed ?? '').normalize('NFKC').trim();
  if (plain === '') return null;
  return /^\d{1,4}$/.test(plain) && Number(plain) <= most ? Number(plain) : undefined;
};

function readForm(of: Institution, typed: Typed): { readonly said: ReadonlyMap<ClassBand, number | null>; readonly errors: readonly PageError[] } {
  const read = of.bands.map(({ band, places }) => ({ band, places, free: readCount(typed[`free-${band}`]) }));
  const errors = read.filter(({ free, places }) => free === undefined || (free !== null && places !== null && free > places)).map(({ band, places }) => ({ field: `free-${band}`, message: words.bad(bandText[band], places) }));
  return { said: new Map(read.map(({ band, free }) => [band, free ?? null])), errors };
}

const rowsOf = (of: Institution, typed: Typed, today: string) => classBands.flatMap((name) => {
  const offer = of.bands.find(({ band }) => band === name);
  if (!offer) return [];
  const { band, places, free, confirmedOn } = offer;
  const until = confirmedOn && addDays(confirmedOn, freePlacesHoldDays);
  const kept = until === null ? words.never : `${words.confirmed(fullDayText(confirmedOn ?? until))}；${until < today ? words.faded : words.until(fullDayText(until))}`;
  return [{ field: `free-${band}`, name: bandText[band], value: typed[`free-${band}`] ?? (free === null ? '' : String(free)), hint: `${places === null ? words.placesUnknown : words.of(places)}；${kept}` }];
});

/** 空位 at the desk of an institution: reads the numbers; a form confirms or changes them. */
export async function freePlacesStep(astro: Guarded, signedIn: SignedIn) {
  const { app } = astro.locals;
  const { account, place } = signedIn;
  if (account.institution === null) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
  const actor = { account: account.id, jurisdiction: place.code, institution: account.institution };
  let of = await app.freePlaces.find(actor);
  if (!of) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
  let [status, errors, typed]: [number, readonly PageError[], Typed] = [200, [], {}];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const isStill = typed['act'] === 'still';
    const form = isStill ? null : readForm(of, typed);
    errors = form?.errors ?? [];
    const outcome = errors.length > 0 ? undefined : await app.freePlaces.say(actor, typed['seen'] ?? '', form?.said ?? 'still-right');
    if (outcome?.ok) return new Response(null, { status: 303, headers: { location: `/portal/places/?done=${isStill ? 'still' : 'saved'}`, 'cache-control': 'no-store' } });
    status = outcome ? 409 : 422;
    if (outcome) {
      errors = [{ field: 'list', message: words.changedMeanwhile }];
      typed = {};
    }
    of = await app.freePlaces.find(actor) ?? of;
  }
  const done = errors.length > 0 ? null : astro.url.searchParams.get('done');
  const { words: listed } = await app.listings.find(place.code, of.id);
  return {
    status, errors, seen: seenOf(of.bands), rows: rowsOf(of, typed, app.today()), notice: done === 'still' ? words.confirmedToday : done === 'saved' ? words.saved : null,
    mayConfirm: of.bands.some(({ free }) => free !== null), warnings: warningsOf(of, listed, app.listings).map(warningForStaff), publicHref: `/${place.slug}/institutions/${of.id}/`,
  };
}
