import { mostChildren, type CountActor, type CountedInstitution, type CountSaid, type MonthlyCount } from '#domain/counts/model.ts';
import { askedOf, childrenIn, countDueOn, openMonths, overfullBands } from '#domain/counts/rules.ts';
import { classBands, serviceModes, type ClassBand, type ServiceMode } from '#domain/directory/model.ts';
import { dayOf, type YearMonth } from '#domain/shared/dates.ts';
import { seeOther, unknown } from '#server/bookingDeskPages.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { countRefusalText, countText as words } from '#text/counts.ts';
import { fullDayText, monthText } from '#text/dates.ts';
import { bandText, modeText } from '#text/directory.ts';

type PageError = { readonly field: string; readonly message: string };
const fieldOf = (band: ClassBand, mode: ServiceMode): string => `${band}-${mode}`;
const others = ['affordable', 'migrant', 'careWorkers'] as const;

/** A number as typed: null where the field is empty, undefined where it is none that is taken. */
const readNumber = (typed: string | undefined): number | null | undefined => {
  const plain = (typed ?? '').normalize('NFKC').trim();
  if (plain === '') return null;
  return /^\d{1,4}$/.test(plain) && Number(plain) <= mostChildren ? Number(plain) : undefined;
};

/** Reads what was typed: every number that is one, and a sentence for every one that is not. */
function readCount(typed: Typed, of: CountedInstitution): { readonly said: CountSaid; readonly errors: readonly PageError[] } {
  const { bands, modes } = askedOf(of);
  const cells = bands.flatMap((band) => modes.map((mode) => ({ band, mode, field: fieldOf(band, mode), children: readNumber(typed[fieldOf(band, mode)]) })));
  const rest = others.map((field) => ({ field, value: readNumber(typed[field]) }));
  const bad = [...cells.filter(({ children }) => children === undefined).map(({ field, band, mode }) => ({ field, message: words.badNumber(`${bandText[band]}${modeText[mode]}`) })), ...rest.filter(({ value }) => value === undefined).map(({ field }) => ({ field, message: words.badNumber(words[field]) }))];
  const first = cells[0];
  const empty = bad.length === 0 && first !== undefined && cells.every(({ children }) => children === null) ? [{ field: first.field, message: words.nothing }] : [];
  const value = (field: (typeof others)[number]): number | null => rest.find((one) => one.field === field)?.value ?? null;
  return {
    said: { parts: cells.flatMap(({ band, mode, children }) => (children === null || children === undefined || children === 0 ? [] : [{ band, mode, children }])), affordable: value('affordable'), migrant: value('migrant'), careWorkers: value('careWorkers') },
    errors: [...bad, ...empty],
  };
}

const filled = (said: CountSaid | undefined, typed: Typed, isTyped: boolean) => ({
  cell: (band: ClassBand, mode: ServiceMode): string => (isTyped ? typed[fieldOf(band, mode)] ?? '' : said === undefined ? '' : String(childrenIn(said, band, mode))),
  other: (field: (typeof others)[number]): string => (isTyped ? typed[field] ?? '' : String(said?.[field] ?? '')),
});

const heldWords = (actor: CountActor, held: MonthlyCount): string => {
  const day = fullDayText(dayOf(held.reportedAt));
  if (held.by === 'street') return actor.side === 'street' ? words.heldOwn(day) : words.heldStreet(day);
  return actor.side === 'street' ? words.heldByOwn(day) : words.heldOwn(day);
};

function bandRows(of: CountedInstitution, values: ReturnType<typeof filled>) {
  const { bands, modes } = askedOf(of);
  return classBands.filter((band) => bands.includes(band)).map((band) => {
    const places = of.bands.find((one) => one.band === band)?.places ?? null;
    return { band, name: bandText[band], places: places === null ? words.placesUnknown : words.places(places), cells: serviceModes.filter((mode) => modes.includes(mode)).map((mode) => ({ field: fieldOf(band, mode), label: modeText[mode], value: values.cell(band, mode) })) };
  });
}

async function viewOf(astro: Guarded, actor: CountActor, of: CountedInstitution, month: YearMonth, typed: Typed, isTyped: boolean) {
  const { counts, today } = astro.locals.app;
  const all = await counts.ofInstitution(actor.jurisdiction, of.id);
  const [held, before] = [all.find((one) => one.month === month), all.find((one) => one.month < month)];
  const values = filled(held?.said ?? before?.said, typed, isTyped);
  const path = astro.url.pathname;
  return {
    name: of.name, month, version: held?.version ?? 0, heading: words.ofMonth(monthText(month)), intro: words.intro(fullDayText(countDueOn(month, counts.terms.dueDay))),
    origin: held ? heldWords(actor, held) : before ? words.prefilled(monthText(before.month)) : words.firstTime, isWhole: askedOf(of).isWhole, isOnBehalf: actor.side === 'street',
    bands: bandRows(of, values), others: { affordable: values.other('affordable'), migrant: values.other('migrant'), careWorkers: values.other('careWorkers') },
    warnings: held ? overfullBands(of, held.said).map(({ band, children, places }) => words.overfull(bandText[band], children, places)) : [],
    months: openMonths(today(), counts.terms.monthsBack).map((one) => ({ href: `${path}?month=${one}`, text: `${monthText(one)}${all.some((count) => count.month === one) ? '（已报）' : ''}`, isHere: one === month })),
    notice: astro.url.searchParams.get('done') === '1' && held ? words.saved(monthText(month), childrenIn(held.said)) : null,
  };
}
export type CountView = Awaited<ReturnType<typeof viewOf>>;

/** 月报在托人数 of one institution: shows it filled in from last time; a form on it reports. 404 for an institution that is not the actor's. */
export async function countStep(astro: Guarded, { place }: Pick<SignedIn, 'place'>, actor: CountActor, institution: string): Promise<Response | { readonly status: number; readonly errors: readonly PageError[]; readonly view: CountView | null }> {
  const { app } = astro.locals;
  const of = await app.counts.find(actor, institution);
  if (!of) return actor.side === 'institution' && (await app.accounts.institutionNames(place.code)).some(({ id }) => id === institution) ? { status: 200, errors: [], view: null } : unknown();
  const typed = astro.request.method === 'POST' ? await readTyped(astro.request) : {};
  const open = openMonths(app.today(), app.counts.terms.monthsBack);
  const month = open.find((one) => one === (typed['month'] ?? astro.url.searchParams.get('month'))) ?? open[0];
  if (month === undefined) return unknown();
  const show = async (status: number, errors: readonly PageError[], isTyped: boolean) => ({ status, errors, view: await viewOf(astro, actor, of, month, typed, isTyped) });
  if (astro.request.method !== 'POST') return show(200, [], false);
  const read = readCount(typed, of);
  if (read.errors.length > 0) return show(422, read.errors, true);
  const version = /^\d{1,6}$/.test(typed['version'] ?? '') ? Number(typed['version']) : 0;
  const outcome = await app.counts.report(actor, institution, month, version, read.said);
  if (outcome.ok) return seeOther(`${astro.url.pathname}?month=${month}&done=1`);
  if (outcome.reason === 'not-found') return unknown();
  const isTooMany = outcome.reason === 'too-many-affordable' || outcome.reason === 'too-many-migrant';
  return show(isTooMany ? 422 : 409, [{ field: outcome.reason === 'too-many-migrant' ? 'migrant' : outcome.reason === 'too-many-affordable' ? 'affordable' : 'count', message: countRefusalText[outcome.reason] }], isTooMany);
}
