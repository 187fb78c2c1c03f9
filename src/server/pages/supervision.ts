import { z } from 'zod';
import type { Decision } from '#domain/listing/model.ts';
import { dayOf, daysBetween, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import type { Amendment, AnnualDuties, DutyRecord, Entry, EntryKind, Held, SupervisionActor, SupervisionRecord } from '#domain/supervision/model.ts';
import { dutiesIn, dutyDueOn, dutyStanding, latestChecks, yearsAsked } from '#domain/supervision/rules.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { fullDayText } from '#text/dates.ts';
import { assessmentText, decisionKindText, decisionStandsText, withdrawalText } from '#text/listing.ts';
import { amendmentText, checkerText, dutyStateText, entryKindText, sideText, standingText, supervisionText as words } from '#text/supervision.ts';

/** What a duty or a staff check is called. */
export const matterTitle = ({ duties, staffChecks }: Pick<AnnualDuties, 'duties' | 'staffChecks'>, kind: 'duty' | 'staffCheck', key: string): string =>
  (kind === 'duty' ? duties : staffChecks).find((one) => one.key === key)?.title ?? key;

/** What a form is about, in one line; null of something new. */
export function entryTitle(rules: AnnualDuties, entry: Entry | null, duty: { readonly key: string; readonly year: number } | null): string | null {
  if (duty) return words.actOf(matterTitle(rules, 'duty', duty.key), duty.year);
  if (!entry) return null;
  switch (entry.kind) {
    case 'assessment': return `${assessmentText(entry.of, true)}，${entry.of.body}，${fullDayText(entry.of.assessedOn)}`;
    case 'decision': return `${decisionKindText[entry.of.kind]}，${entry.of.number}，${fullDayText(entry.of.decidedOn)}`;
    case 'duty': return words.actOf(matterTitle(rules, 'duty', entry.of.duty), entry.of.year);
    case 'staffCheck': return `${matterTitle(rules, 'staffCheck', entry.of.check)}，${fullDayText(entry.of.checkedOn)}`;
  }
}

type Link = { readonly href: string; readonly text: string; readonly label: string };
type View = { readonly app: App; readonly actor: SupervisionActor; readonly base: string; readonly mayWrite: boolean; readonly today: IsoDate };

const linksOf = ({ base, mayWrite }: Pick<View, 'base' | 'mayWrite'>, about: string, ...links: readonly (readonly [string, string] | null)[]): readonly Link[] =>
  (mayWrite ? links.flatMap((link) => (link === null ? [] : [{ href: `${base}${link[0]}`, text: link[1], label: `${link[1]}：${about}` }])) : []);

const assessmentViews = (view: View, { assessments }: SupervisionRecord) => assessments.map(({ of }) => ({
  title: assessmentText(of, of.validUntil === null || view.today <= of.validUntil),
  facts: [{ name: '评估年度', value: of.year === null ? null : words.year(of.year), missing: words.missing }, { name: '评估标准', value: of.standard }, { name: '评估单位', value: of.body }, { name: '评估日期', value: fullDayText(of.assessedOn) }, { name: '文号', value: of.documentNumber, missing: words.missing }, ...(of.note === null ? [] : [{ name: '说明', value: of.note }])],
  links: view.actor.side === 'institution' ? [] : linksOf(view, `${of.grade} 级 ${fullDayText(of.assessedOn)}`, [`assessment/?entry=${of.id}`, words.correct], [`removal/?kind=assessment&entry=${of.id}`, words.takeOut]),
}));

const decisionLinks = (view: View, of: Decision, isOver: boolean): readonly Link[] => (view.actor.side === 'institution'
  ? linksOf(view, of.number, isOver ? null : [`reply/?entry=${of.id}`, of.reply ? words.replyAgain : words.reply])
  : linksOf(view, of.number, [`decision/?entry=${of.id}`, words.correct], of.withdrawn ? null : [`withdrawal/?entry=${of.id}`, words.withdraw], of.reply ? [`take-down-reply/?entry=${of.id}`, words.takeDownReply] : null, [`removal/?kind=decision&entry=${of.id}`, words.takeOut]));

const decisionViews = (view: View, { decisions }: SupervisionRecord) => decisions.map(({ of }) => {
  const isOver = of.until !== null && of.until < view.today;
  return {
    title: decisionKindText[of.kind], badge: [...(of.withdrawn ? [withdrawalText[of.withdrawn.kind]] : []), ...(isOver ? [words.shownOver] : of.withdrawn ? [] : [words.shownNow])].join('，'), tone: of.withdrawn || isOver ? 'plain' as const : 'amber' as const, about: of.about, stands: of.withdrawn ? decisionStandsText(of) : null,
    facts: [{ name: '文号', value: of.number }, { name: '作出单位', value: of.body }, { name: '作出日期', value: fullDayText(of.decidedOn) }, { name: words.shownUntil, value: of.until === null ? null : fullDayText(of.until), missing: words.ends }, ...(of.reply ? [{ name: words.replyShown, value: of.reply.text, note: fullDayText(of.reply.on) }] : [])],
    links: decisionLinks(view, of, isOver),
  };
});

const dutySaidText = ({ of }: Held<DutyRecord>): string => {
  const who = sideText[of.by];
  return `${of.doneOn === null ? words.dutyUndone(who) : words.dutyDone(fullDayText(of.doneOn), who)}${of.note === null ? '' : `：${of.note}`}`;
};
const dueText = (dueOn: IsoDate, today: IsoDate): string => (dueOn < today ? words.late(fullDayText(dueOn), daysBetween(dueOn, today)) : words.left(fullDayText(dueOn), daysBetween(today, dueOn)));

const dutyViews = (view: View, record: SupervisionRecord) => {
  const { rules } = view.app.supervision;
  const asked = dutiesIn(rules, view.actor.jurisdiction);
  return yearsAsked(rules, record.institution, view.today).map((year) => ({
    title: words.year(year),
    rows: asked.map((duty) => {
      const said = record.duties.find(({ of }) => of.duty === duty.key && of.year === year);
      const standing = dutyStanding(rules, duty, year, said?.of, view.today);
      const due = dutyDueOn(duty, year);
      return {
        title: duty.title, due: standing === 'done' ? fullDayText(due) : dueText(due, view.today), state: said ? dutySaidText(said) : standingText.open, badge: standingText[standing], tone: ({ done: 'leaf', overdue: 'red', soon: 'amber', open: 'plain' } as const)[standing],
        links: linksOf(view, words.actOf(duty.title, year), [`duty/?duty=${duty.key}&year=${String(year)}`, said ? words.actAgain : words.act]),
      };
    }),
  }));
};

const checkViews = (view: View, { staffChecks }: SupervisionRecord) => {
  const latest = new Set(latestChecks(staffChecks.map(({ of }) => of)).map(({ id }) => id));
  return staffChecks.map(({ of }) => ({
    title: matterTitle(view.app.supervision.rules, 'staffCheck', of.check), isLatest: latest.has(of.id), isLate: latest.has(of.id) && of.nextDue < view.today,
    facts: [{ name: '核查日期', value: fullDayText(of.checkedOn) }, { name: '已完成', value: words.people(of.done) }, { name: '没有完成', value: words.people(of.notDone) }, { name: '由谁核查', value: `${checkerText[of.checkedBy]}（${sideText[of.by]}）` }, { name: '下次最晚', value: latest.has(of.id) ? dueText(of.nextDue, view.today) : fullDayText(of.nextDue) }],
    links: view.actor.side === 'institution' && of.by !== 'institution' ? [] : linksOf(view, fullDayText(of.checkedOn), [`staff-check/?entry=${of.id}`, words.correct], view.actor.side === 'institution' ? null : [`removal/?kind=staffCheck&entry=${of.id}`, words.takeOut]),
  }));
};

const beforeShape = z.looseObject({ grade: z.string(), number: z.string(), until: z.string().nullable(), about: z.string().nullable(), state: z.enum(['done', 'notDone']), doneOn: z.string().nullable(), done: z.number(), notDone: z.number() }).partial();
/** What an entry said before it was amended, in a few words. */
function beforeText(kind: EntryKind, before: string): string {
  const { grade, number, until, about, state, doneOn, done, notDone } = beforeShape.parse(JSON.parse(before));
  if (about === null && number === undefined) return words.forgotten;
  if (kind === 'assessment') return `${grade ?? ''} 级`;
  if (kind === 'decision') return [number, until === null || until === undefined ? words.ends : `${words.shownUntil}${fullDayText(isoDate.parse(until))}`, about === null ? words.forgotten : about].filter((part) => part !== undefined).join('，');
  if (kind === 'duty') return `${state ? dutyStateText[state] : ''}${doneOn ? ` ${fullDayText(isoDate.parse(doneOn))}` : ''}`;
  return `${words.people(done ?? 0)}／${words.people(notDone ?? 0)}`;
}

const amendmentViews = (record: SupervisionRecord, nameOf: (amendment: Amendment) => string) => record.amendments.map((one) => ({
  line: `${fullDayText(dayOf(one.at))} ${entryKindText[one.kind]}：${amendmentText[one.act]}（${nameOf(one)}）`, reason: one.reason, before: one.act === 'corrected' || one.act === 'takenOut' ? words.before(beforeText(one.kind, one.before)) : null,
}));

/** Which duties and checks there are, and where each is written. */
const basisOf = (rules: AnnualDuties, actor: SupervisionActor) => [...dutiesIn(rules, actor.jurisdiction), ...rules.staffChecks].map(({ title, what, citation, confidence }) => ({ title, what, source: `${words.source(citation.document, citation.article)}${words.confidence(confidence)}`, quote: citation.quote }));

/** 监督记录 of one institution: all of it, with what the reader may do to each entry. */
export async function recordView(app: App, signedIn: SignedIn, actor: SupervisionActor, record: SupervisionRecord, base: string) {
  const isPortal = actor.side === 'institution';
  const view: View = { app, actor, base, mayWrite: signedIn.may(isPortal ? 'supervision.report' : 'supervision.write'), today: app.today() };
  const accounts = isPortal ? [] : await app.accounts.deps.store.list(signedIn.place.code);
  const nameOf = ({ by, account }: Amendment): string => { const known = accounts.find(({ id }) => id === account); return by === 'institution' ? words.institutionSide : isPortal ? words.authoritySide : known?.title ?? known?.login ?? words.authoritySide; };
  const { institution } = record;
  return {
    name: institution.name, isWatched: institution.isWatched, isPortal, publicHref: `/${signedIn.place.slug}/institutions/${institution.id}/`, street: signedIn.place.subdistricts.find(({ code }) => code === institution.subdistrict)?.name ?? words.noStreet,
    add: isPortal ? linksOf(view, institution.name, ['staff-check/', words.addCheck]) : linksOf(view, institution.name, ['assessment/', words.addAssessment], ['decision/', words.addDecision], ['staff-check/', words.addCheck]),
    assessments: assessmentViews(view, record), decisions: decisionViews(view, record), duties: institution.isWatched ? dutyViews(view, record) : [], checks: checkViews(view, record), amendments: amendmentViews(record, nameOf),
    basis: basisOf(app.supervision.rules, actor), standing: words.rulesNote(app.supervision.rules.standing),
  };
}
