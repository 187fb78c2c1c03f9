import { assessmentGrades, type Assessment } from '#domain/listing/model.ts';
import { shownDecisions } from '#domain/listing/rules.ts';
import { csvText } from '#domain/shared/csv.ts';
import { daysBetween, type IsoDate } from '#domain/shared/dates.ts';
import type { AnnualDuties } from '#domain/supervision/model.ts';
import { dutiesIn, gradeStanding, latestGrades, yearsAsked, type DueThing } from '#domain/supervision/rules.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { matterTitle } from '#server/pages/supervision.ts';
import { supervisionActorOf } from '#server/supervision.ts';
import { fullDayText } from '#text/dates.ts';
import { decisionKindText, withdrawalText } from '#text/listing.ts';
import { assessmentGradeText, supervisionText as words } from '#text/supervision.ts';

const most = 100;
const mostFound = 50;
const home = '/office/supervision/';
type Reader = Pick<App, 'supervision' | 'today'>;
type Desk = Pick<SignedIn, 'account' | 'place' | 'may'>;
type Cell = string | { readonly text: string; readonly href?: string; readonly muted?: boolean };

const titleOf = (rules: AnnualDuties, { kind, key, year }: DueThing): string => words.dueName(matterTitle(rules, kind, key), year);
const streetNameOf = ({ place }: Pick<SignedIn, 'place'>, code: string | null): string => place.subdistricts.find((one) => one.code === code)?.name ?? words.noStreet;

/** One line for each institution: what it has to do, by its earliest day. */
function rowsOf(signedIn: SignedIn, rules: AnnualDuties, things: readonly DueThing[], today: IsoDate): readonly (readonly Cell[])[] {
  return [...Map.groupBy(things, ({ institution }) => institution.id).values()].flatMap((theirs): readonly (readonly Cell[])[] => {
    const [first] = theirs;
    if (!first) return [];
    const when = fullDayText(first.dueOn);
    return [[
      { text: first.institution.name, href: `${home}${first.institution.id}/` }, streetNameOf(signedIn, first.institution.subdistrict), words.matters(theirs.map((one) => titleOf(rules, one))),
      first.standing === 'overdue' ? words.late(when, daysBetween(first.dueOn, today)) : words.left(when, daysBetween(today, first.dueOn)),
    ]];
  });
}

/** The place through the eyes of a desk: institutions, what is due, and the street that was chosen. */
async function readPlace(app: Reader, signedIn: Desk, asked: string | null) {
  const actor = supervisionActorOf(signedIn);
  if (!actor || actor.side === 'institution') return undefined;
  const [watched, due] = await Promise.all([app.supervision.watched(actor), app.supervision.due(actor)]);
  const street = signedIn.place.subdistricts.find(({ code }) => code === asked && actor.subdistrict === null)?.code ?? null;
  const here = <One extends { readonly subdistrict: string | null }>(one: One): boolean => street === null || one.subdistrict === street;
  return { actor, watched, street, institutions: watched.institutions.filter(here), due: due.filter(({ institution }) => here(institution)) };
}

type Place = NonNullable<Awaited<ReturnType<typeof readPlace>>>;

function streetRows(app: App, signedIn: SignedIn, { watched, due, actor, institutions }: Place): readonly (readonly Cell[])[] {
  const { rules } = app.supervision;
  const [today, standing] = [app.today(), institutions.filter(({ isWatched }) => isWatched)];
  const year = Number(today.slice(0, 4));
  const done = Map.groupBy(watched.duties.filter((one) => one.year === year && one.state === 'done'), ({ institution }) => institution);
  return [...Map.groupBy(standing, ({ subdistrict }) => subdistrict)].map(([code, theirs]) => {
    const things = due.filter(({ institution }) => institution.subdistrict === code);
    const asked = theirs.filter((one) => yearsAsked(rules, one, today).includes(year)).length * dutiesIn(rules, actor.jurisdiction).length;
    const finished = theirs.reduce((sum, { id }) => sum + (done.get(id)?.length ?? 0), 0);
    const link = code === null || actor.subdistrict !== null ? streetNameOf(signedIn, code) : { text: streetNameOf(signedIn, code), href: `${home}?street=${code}` };
    return { overdue: things.filter((one) => one.standing === 'overdue').length, row: [link, String(theirs.length), String(things.filter((one) => one.standing === 'overdue').length), String(things.filter((one) => one.standing === 'soon').length), words.of(finished, asked)] };
  }).toSorted((one, other) => other.overdue - one.overdue).map(({ row }) => row);
}

/** Grades of the institutions in force, the newest of each; and those whose validity is over or ends soon, the earliest first. */
function gradesOf(app: App, signedIn: SignedIn, { watched, institutions }: Place, today: IsoDate) {
  const latest = latestGrades(watched.assessments);
  const standing = institutions.filter(({ isWatched }) => isWatched);
  const count = (grade: Assessment['grade']): number => standing.filter(({ id }) => latest.get(id)?.grade === grade).length;
  const ending = standing.flatMap((of) => { const held = latest.get(of.id); return held && gradeStanding(app.supervision.rules, held, today) !== 'open' && held.validUntil !== null ? [{ of, held, until: held.validUntil }] : []; }).toSorted((one, other) => (one.until < other.until ? -1 : 1));
  return {
    line: words.grades([...assessmentGrades.map((grade) => ({ grade, count: count(grade) })).filter((one) => one.count > 0)], standing.filter(({ id }) => !latest.has(id)).length),
    ending: ending.slice(0, most).map(({ of, held, until }): readonly Cell[] => [{ text: of.name, href: `${home}${of.id}/` }, streetNameOf(signedIn, of.subdistrict), assessmentGradeText(held.grade), until < today ? words.late(fullDayText(until), daysBetween(until, today)) : words.left(fullDayText(until), daysBetween(today, until))]),
  };
}

/** Decisions that the public sees today, the one that ends first before the others. */
const shownNow = (signedIn: SignedIn, { watched, institutions }: Place, today: IsoDate): readonly (readonly Cell[])[] => {
  const here = new Map(institutions.map((of) => [of.id, of]));
  return shownDecisions(watched.decisions, today).toSorted((one, other) => ((one.until ?? '9999') < (other.until ?? '9999') ? -1 : 1)).flatMap((one): readonly (readonly Cell[])[] => {
    const of = here.get(watched.decisions.find(({ id }) => id === one.id)?.institution ?? '');
    return of ? [[{ text: of.name, href: `${home}${of.id}/` }, streetNameOf(signedIn, of.subdistrict), `${decisionKindText[one.kind]}，${one.number}${one.withdrawn ? `（${withdrawalText[one.withdrawn.kind]}）` : ''}`, one.until === null ? { text: words.ends, muted: true } : fullDayText(one.until)]] : [];
  });
};

/** 评估与监督 of a place or a street: what is overdue and due soon, the streets, and a search for one institution's record. */
export async function overviewView(app: App, signedIn: SignedIn, parameters: URLSearchParams) {
  const read = await readPlace(app, signedIn, parameters.get('street'));
  if (!read) return undefined;
  const { rules } = app.supervision;
  const { institutions, due, street, actor } = read;
  const typed = (parameters.get('q') ?? '').normalize('NFKC').trim().slice(0, 60);
  const found = typed === '' ? [] : institutions.filter(({ name }) => name.includes(typed));
  const [overdue, soon] = [due.filter(({ standing }) => standing === 'overdue'), due.filter(({ standing }) => standing === 'soon')];
  const [overdueRows, soonRows] = [rowsOf(signedIn, rules, overdue, app.today()), rowsOf(signedIn, rules, soon, app.today())];
  return {
    numbers: words.numbers(institutions.filter(({ isWatched }) => isWatched).length, overdue.length, soon.length), soonTitle: words.soon(rules.soonDays), soonTotal: soonRows.length, typed, street: street ?? '',
    overdue: overdueRows.slice(0, most), soon: soonRows.slice(0, most), more: overdueRows.length > most || soonRows.length > most ? words.moreRows(most) : null,
    grades: gradesOf(app, signedIn, read, app.today()), shown: shownNow(signedIn, read, app.today()).slice(0, most),
    streets: streetRows(app, signedIn, read), choices: actor.subdistrict === null ? [{ value: '', label: words.allStreets }, ...signedIn.place.subdistricts.map(({ code, name }) => ({ value: code, label: name }))] : [],
    found: typed === '' ? null : { total: words.foundTotal(found.length, mostFound), rows: found.slice(0, mostFound).map((one): readonly Cell[] => [{ text: one.name, href: `${home}${one.id}/` }, one.isWatched ? streetNameOf(signedIn, one.subdistrict) : { text: words.ended, muted: true }]) },
    exportHref: `${home}table/${street === null ? '' : `?street=${street}`}`, standing: words.rulesNote(rules.standing),
  };
}

/** 逾期清单 as a table for spreadsheets, the longest overdue first; undefined for somebody who has no office. */
export async function overdueTable(app: Reader, signedIn: Desk, parameters: URLSearchParams): Promise<string | undefined> {
  const read = await readPlace(app, signedIn, parameters.get('street'));
  if (!read) return undefined;
  const { rules } = app.supervision;
  const rows = read.due.filter(({ standing }) => standing === 'overdue').map((one) => [
    one.institution.name, streetNameOf(signedIn, one.institution.subdistrict), matterTitle(rules, one.kind, one.key), one.year, one.dueOn, daysBetween(one.dueOn, app.today()),
    one.isFoundUndone ? (one.kind === 'duty' ? words.undone : words.peopleUndone) : one.kind === 'duty' ? words.unsaid : '',
  ]);
  return csvText([words.csvColumns, ...rows]);
}
