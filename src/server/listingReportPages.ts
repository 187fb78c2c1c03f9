import { nextStates, reportAnswer, type ReportActor } from '#domain/listing/reports.ts';
import { dayOf } from '#domain/shared/dates.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import type { GroupError } from '#server/listingGroupRead.ts';
import { notHere, seeOther } from '#server/listingPages.ts';
import type { OpenReport } from '#server/listingReports.ts';
import { fullDayText } from '#text/dates.ts';
import { reportDeskText as words, reportStateText, reportTopicText } from '#text/report.ts';

/** Who answers: an institution what concerns itself, the authority all of the place. */
export const reportActorOf = ({ account, place }: SignedIn): ReportActor => ({ account: account.id, jurisdiction: place.code, side: account.institution === null ? 'authority' : 'institution', institution: account.institution });

const isOpen = ({ state }: OpenReport): boolean => state === 'received' || state === 'checked';
const rowOf = (report: OpenReport, names: ReadonlyMap<string, string>) => ({
  id: report.id, reference: report.reference, name: names.get(report.institution) ?? '', topic: reportTopicText[report.topic], state: reportStateText[report.state], at: words.at(fullDayText(dayOf(report.at))), right: report.right, version: report.version,
  notes: report.notes.map((note) => `${fullDayText(note.on)} ${words.side[note.side]}（${reportStateText[note.state]}）：${note.words}`),
});
export type ReportRow = ReturnType<typeof rowOf>;

/** 信息有误: what waits, the oldest first, and what was settled; a form on it says that the institution has looked. */
export async function reportsStep(astro: Guarded, desk: SignedIn) {
  const { app } = astro.locals;
  const actor = reportActorOf(desk);
  let [status, errors, typed]: [number, readonly GroupError[], Typed] = [200, [], {}];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const outcome = await answer(astro, actor, typed['report'] ?? '', { ...typed, to: 'checked' });
    if (outcome instanceof Response) return outcome;
    ({ status, errors } = outcome);
  }
  const reports = await app.listingReports.list(actor);
  const names = new Map((await app.accounts.institutionNames(desk.place.code)).map(({ id, name }) => [id, name]));
  return {
    status, errors, typed, notice: astro.url.searchParams.get('done') === '1' && errors.length === 0 ? { tone: 'leaf' as const, lines: [words.done] } : null,
    open: reports.filter(isOpen).map((one) => ({ ...rowOf(one, names), mayAnswer: nextStates(one, actor).length > 0 })), settled: reports.filter((one) => !isOpen(one)).map((one) => rowOf(one, names)),
  };
}

type Answered = Response | { readonly status: number; readonly errors: readonly GroupError[] };

async function answer(astro: Guarded, actor: ReportActor, id: string, typed: Typed): Promise<Answered> {
  const { app } = astro.locals;
  const read = reportAnswer.safeParse({ to: typed['to'], words: typed['words'] ?? '' });
  const suffix = actor.side === 'institution' ? `-${id}` : '';
  if (!read.success) return { status: 422, errors: [...new Set(read.error.issues.map(({ path }) => (path[0] === 'to' ? 'to' : 'words')))].map((field) => ({ field: `${field}${suffix}`, message: words.faults[field === 'to' ? 'to' : 'words'] })) };
  const outcome = await app.listingReports.answer(actor, id, Number(typed['version'] ?? ''), read.data);
  if (outcome.ok) return seeOther(actor.side === 'institution' ? '/portal/reports/?done=1' : `/office/reports/${id}/?done=1`);
  return outcome.reason === 'not-found' ? notHere() : { status: 409, errors: [{ field: `words${suffix}`, message: words.faults.changed }] };
}

/** 一条报告 at the office: its words, its answer, and its phone only with a reason that is recorded. */
export async function reportStep(astro: Guarded, desk: SignedIn, id: string) {
  const { app } = astro.locals;
  const actor = reportActorOf(desk);
  let [status, errors, typed, phone]: [number, readonly GroupError[], Typed, string | null] = [200, [], {}, null];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    if (typed['act'] === 'phone') {
      const reason = (typed['reason'] ?? '').trim();
      const isSaid = reason.length >= 4 && reason.length <= 200;
      const opened = isSaid ? await app.listingReports.phone(actor, id, reason) : undefined;
      if (opened?.ok === false && opened.reason === 'not-found') return notHere();
      if (opened?.ok) phone = words.phone(opened.value);
      else [status, errors] = [422, [{ field: 'reason', message: isSaid ? words.phoneGone : words.faults.reason }]];
    } else {
      const outcome = await answer(astro, actor, id, typed);
      if (outcome instanceof Response) return outcome;
      ({ status, errors } = outcome);
    }
  }
  const report = await app.listingReports.find(actor, id);
  if (!report) return notHere();
  const names = new Map((await app.accounts.institutionNames(desk.place.code)).map((one) => [one.id, one.name]));
  const entry = await app.directory.find(desk.place.code, report.institution);
  return {
    status, errors, typed, phone, notice: astro.url.searchParams.get('done') === '1' && errors.length === 0 ? { tone: 'leaf' as const, lines: [words.done] } : null,
    row: rowOf(report, names), withPhone: report.withPhone, choices: nextStates(report, actor).map((value) => ({ value, label: reportStateText[value] })),
    publicHref: entry ? `/${desk.place.slug}/institutions/${report.institution}/` : null, enterHref: desk.may('listing.enter') ? `/office/listings/enter/${report.institution}/` : null,
  };
}
