import type { DemandProgress } from '#domain/demand/commands.ts';
import { mostInstitutions, type DemandMatch } from '#domain/demand/model.ts';
import { noticeMonthsAhead } from '#domain/demand/rules.ts';
import { serviceModes } from '#domain/directory/model.ts';
import { freshFreePlaces } from '#domain/directory/places.ts';
import { isoDate, monthNumber, monthOf } from '#domain/shared/dates.ts';
import { answersOf, type KeptReceipt } from '#server/demandReceipt.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { demandFormErrors, demandSentence, demandStarts, demandYears, prefilledDemand, readDemandForm, type DemandFormError, type DemandTyped } from '#server/demandForm.ts';
import type { Typed } from '#server/forms.ts';
import { newId } from '#storage/ids.ts';
import { tooManyTriesText } from '#text/booking.ts';
import { childText, demandNotFoundText, demandReachText, demandRefusalText, demandStateText, demandText } from '#text/demand.ts';
import { dayText, fullDayText, monthText } from '#text/dates.ts';
import { bandText, modeGloss, modeText } from '#text/directory.ts';
import { ageText } from '#text/institution.ts';

/** What the registration page shows next. */
export type DemandStep =
  | { readonly kind: 'form'; readonly typed: DemandTyped; readonly errors: readonly DemandFormError[]; readonly sentence?: string; readonly guess?: string; readonly status: 200 | 409 | 422 | 429 }
  | { readonly kind: 'registered'; readonly kept: KeptReceipt };

const keyOf = ({ key }: DemandTyped): string => (/^[\x21-\x7e]{8,128}$/.test(key) ? key : newId());

/** 登记: the form (filled in from the list's address), then the registration. `given` undefined: the page is only being read. `earlier`: what this device registered just now; the same answers again are the same registration. */
export async function demandStep(app: App, place: Jurisdiction, parameters: URLSearchParams, given: DemandTyped | undefined, from: string, earlier?: KeptReceipt): Promise<DemandStep> {
  if (!given) {
    const { typed, guessedMonths } = prefilledDemand(place, parameters, app.today(), newId());
    return { kind: 'form', typed, errors: [], status: 200, ...(guessedMonths === null ? {} : { guess: demandText.birthGuess(ageText(guessedMonths)) }) };
  }
  const typed = { ...given, key: keyOf(given) };
  const read = readDemandForm(typed);
  if (!read.ok) return { kind: 'form', typed, errors: read.errors, status: 422 };
  const answers = answersOf(app.keys, read.value);
  if (earlier?.answers === answers) return { kind: 'registered', kept: earlier };
  const outcome = await app.demand.register(place.code, typed.key, read.value, from);
  if (outcome.ok) return { kind: 'registered', kept: { receipt: outcome.value.receipt, answers } };
  if (outcome.reason === 'too-many') return { kind: 'form', typed, errors: [], sentence: `操作太频繁，请 ${String(Math.ceil(outcome.seconds / 60))} 分钟后再试，您填写的内容还在。`, status: 429 };
  if (outcome.reason === 'fields') return { kind: 'form', typed, errors: demandFormErrors(outcome.faults), status: 422 };
  if (outcome.reason === 'too-many-for-phone') return { kind: 'form', typed, errors: [{ field: 'phone', message: demandRefusalText['too-many-for-phone'] }], status: 409 };
  if (outcome.reason === 'rules-changed') return { kind: 'form', typed: { ...typed, consent: '' }, errors: [{ field: 'consent', message: demandRefusalText['rules-changed'] }], status: 409 };
  // The answers were changed after this form had been sent: a fresh key makes it a fresh registration.
  return demandStep(app, place, parameters, { ...typed, key: newId() }, from);
}

const clocks = (fromHour: number, toHour: number): readonly string[] =>
  Array.from({ length: (toHour - fromHour) * 2 + 1 }, (_, half) => `${String(fromHour + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const options = (values: readonly string[]): readonly { readonly value: string; readonly label: string }[] => [{ value: '', label: demandText.anyTime }, ...values.map((value) => ({ value, label: value }))];

/** Most institutions offered to be ticked besides those named already. */
const mostOffered = 12;

/** Everything the form offers to choose from. */
export async function demandChoices(app: App, place: Jurisdiction, typed: DemandTyped) {
  const today = app.today();
  const { entries } = await app.directory.snapshot(place.code);
  const listed = entries.filter(({ group }) => group === 'listed').map(({ institution }) => institution);
  const named = listed.filter(({ id }) => typed.institutions.includes(id));
  const street = listed.filter(({ id, subdistrict }) => typed.subdistrict !== '' && subdistrict === typed.subdistrict && !typed.institutions.includes(id));
  const others = listed.length <= mostOffered ? listed.filter((one) => !named.includes(one)) : street.slice(0, mostOffered);
  const isCity = place.counties.length > 0;
  return {
    years: demandYears(today),
    starts: [{ value: '', label: demandText.pickStreet }, ...demandStarts(today).map((month, ahead) => ({ value: month, label: ahead === 0 ? `尽快（${monthText(month)}）` : monthText(month) }))],
    streets: isCity
      ? place.counties.map(({ code, name }) => ({ name, streets: place.subdistricts.filter(({ county }) => county === code).map((one) => ({ value: one.code, label: one.name })) }))
      : [{ name: '', streets: place.subdistricts.map((one) => ({ value: one.code, label: one.name })) }],
    modes: serviceModes.map((mode) => ({ value: mode, label: modeText[mode], hint: modeGloss[mode] })),
    from: options(clocks(6, 10)), until: options(clocks(11, 20)),
    institutions: [...named, ...others].map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** 可能合适的空位 as a list: name, whether it is wanted or near, free places with their day. */
export async function matchViews(app: App, place: Jurisdiction, matches: readonly DemandMatch[]) {
  const today = app.today();
  const views = await Promise.all(matches.slice(0, mostInstitutions).map(async (match) => {
    const institution = (await app.directory.find(place.code, match.institution))?.institution;
    const offers = (institution?.bands ?? []).filter(({ band }) => match.bands.includes(band));
    const free = offers.flatMap((offer) => {
      const count = freshFreePlaces(offer, today);
      return count === null || count === 0 || offer.confirmedOn === null ? [] : [`${bandText[offer.band]}空余 ${String(count)} 个，${dayText(offer.confirmedOn, today)}核对`];
    });
    return {
      href: `/${place.slug}/institutions/${match.institution}/`, name: match.name, phone: institution?.phone ?? null,
      marks: [...(match.chosen ? [demandText.chosen] : []), ...(match.sameStreet ? [demandText.sameStreet] : [])],
      free: free.length > 0 ? free : ['有计时托时段可以预约'],
    };
  }));
  return { views, more: Math.max(0, matches.length - views.length) };
}

/** The list of institutions with free places for this child, months of age at most in its address. */
export const listFor = (place: Jurisdiction, { birthMonth, modes }: DemandProgress, today: string): string => {
  const months = birthMonth === null ? null : monthNumber(monthOf(isoDate.parse(today))) - monthNumber(birthMonth);
  const parameters = new URLSearchParams({ free: '1' });
  for (const mode of modes) parameters.append('mode', mode);
  if (months !== null && months >= -10 && months <= 47) parameters.set('months', String(months));
  return `/${place.slug}/institutions/?${parameters.toString()}`;
};

/** Whether free places are not compared yet because the beginning is far off. */
export const isFarOff = ({ start }: DemandProgress, today: string): boolean => monthNumber(start) - monthNumber(monthOf(isoDate.parse(today))) > noticeMonthsAhead;

/** What was registered, as rows; the phone itself is never shown again. */
export async function demandFacts(app: App, place: Jurisdiction, progress: DemandProgress) {
  const today = app.today();
  const words = demandText.facts;
  const missing = demandText.none;
  const [state, madeOn] = [{ name: words.state, value: demandStateText[progress.state] }, { name: words.madeOn, value: fullDayText(progress.madeAt.slice(0, 10)) }];
  if (progress.birthMonth === null) return [state, madeOn];
  const names = (await Promise.all(progress.institutions.map((id) => app.directory.find(place.code, id)))).flatMap((entry) => entry?.institution.name ?? []);
  const street = place.subdistricts.find(({ code }) => code === progress.subdistrict);
  return [
    state,
    { name: words.street, value: street ? `${place.counties.length > 0 ? street.countyName : ''}${street.name}` : progress.subdistrict },
    { name: words.child, value: childText(progress.birthMonth, today) },
    { name: words.modes, value: progress.modes.map((mode) => modeText[mode]).join('、') },
    { name: words.start, value: monthText(progress.start) },
    { name: words.reach, value: demandReachText[progress.reach] },
    { name: words.fee, value: progress.maxFee === null ? null : `¥${progress.maxFee.toLocaleString('en-US')}`, missing },
    { name: words.hours, value: progress.hours === null ? null : `${progress.hours.from} 送，${progress.hours.until} 接`, missing },
    { name: words.institutions, value: names.length === 0 ? null : names.join('、'), missing },
    { name: words.phone, value: progress.phone ? demandText.phoneKept : null, missing: demandText.phoneNone },
    madeOn,
    { name: words.lapsesOn, value: fullDayText(progress.lapsesOn) },
  ];
}

/** What the page for looking again shows. */
export type DemandFindStep =
  | { readonly kind: 'ask'; readonly typed: Typed; readonly errors: readonly DemandFormError[]; readonly status: 200 | 404 | 422 | 429 }
  | { readonly kind: 'found' | 'ask-withdraw' | 'withdrawn' | 'renewed'; readonly typed: Typed; readonly progress: DemandProgress; readonly status: 200 };

/** 查看、继续、撤回: by POST only, so that the code never stands in an address. */
export async function demandFindStep(app: App, place: Jurisdiction, typed: Typed | undefined, from: string): Promise<DemandFindStep> {
  if (!typed) return { kind: 'ask', typed: {}, errors: [], status: 200 };
  const claim = { reference: (typed['reference'] ?? '').trim(), queryCode: (typed['queryCode'] ?? '').trim() };
  const missing = (['reference', 'queryCode'] as const).filter((name) => claim[name] === '');
  if (missing.length > 0) return { kind: 'ask', typed: { reference: claim.reference }, errors: missing.map((field) => ({ field, message: demandSentence(field, 'required') })), status: 422 };
  const step = typed['step'];
  const kind = step === 'withdraw' ? 'withdrawn' : step === 'renew' ? 'renewed' : step === 'ask-withdraw' ? 'ask-withdraw' : 'found';
  const outcome = await app.demand[step === 'withdraw' || step === 'renew' ? step : 'find'](place.code, claim, from);
  if (outcome.ok) return { kind: kind === 'renewed' && outcome.value.state === 'withdrawn' ? 'found' : kind, typed: claim, progress: outcome.value, status: 200 };
  return outcome.reason === 'too-many'
    ? { kind: 'ask', typed: { reference: claim.reference }, errors: [{ field: 'reference', message: tooManyTriesText }], status: 429 }
    : { kind: 'ask', typed: { reference: claim.reference }, errors: [{ field: 'reference', message: demandNotFoundText }], status: 404 };
}
