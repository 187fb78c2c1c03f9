import { may } from '#domain/accounts/model.ts';
import { isInForce, type Institution } from '#domain/directory/model.ts';
import type { FilingMove } from '#domain/filing/model.ts';
import { clocksOf, pendingOf, secondFor, statesAfter } from '#domain/filing/rules.ts';
import { warningsOf } from '#domain/listing/warnings.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import { accountNames, actorOf, deadlineOf, moveName, stateText } from '#server/pages/filings.ts';
import { fullDayText, slotStartText } from '#text/dates.ts';
import { credentialText, natureText } from '#text/directory.ts';
import { effectText, filingsText, moveWords, oneFilingText as words, settledText } from '#text/filings.ts';
import { warningForStaff } from '#text/warnings.ts';
import { writeInstant } from '#domain/shared/dates.ts';

const day = (on: string | null): string | null => on && fullDayText(on);

/** 登记情况 as recorded here, for the page and for the sheet to check by. */
export const filingFacts = (of: Institution) => {
  const { credential } = of;
  const { missing } = words;
  return [
    { name: words.now, value: credential.kind === 'kindergarten' ? `${stateText(credential)}（${words.kindergarten}）` : stateText(credential) },
    { name: words.nature, value: of.nature && natureText[of.nature], missing }, { name: words.code, value: of.creditCode, missing }, { name: words.address, value: of.address, missing },
    { name: credential.kind === 'filing' ? words.authority : credentialText[credential.kind], value: credential.authority, missing }, { name: words.number, value: credential.number, missing },
    { name: words.receiptedOn, value: day(credential.receiptedOn), missing },
    ...(credential.since === null ? [] : [{ name: words.since, value: day(credential.since) }]), ...(credential.decisionNumber === null ? [] : [{ name: words.decision, value: credential.decisionNumber }]),
    { name: words.source, value: of.source.title, note: fullDayText(of.source.readOn) },
  ];
};

const historyRow = (whoIs: (id: string) => string) => (move: FilingMove) => ({
  what: moveName(move), on: fullDayText(move.on), reason: move.reason, decision: move.decisionNumber, at: slotStartText(writeInstant(move.at)), who: whoIs(move.by),
  effect: effectText[move.bookings](move.bookingCount), isQuiet: move.bookings === 'none',
  settled: move.second === 'none' ? null : move.settled === null ? filingsText.pending : move.settled.how === 'superseded' ? settledText.superseded : `${settledText[move.settled.how]}：${whoIs(move.settled.by)}`,
});

/** What a second person sees of a move; `who` says whether this account may decide, and why not. */
async function pendingView(app: App, signedIn: SignedIn, move: FilingMove | undefined, whoIs: (id: string) => string) {
  if (!move) return null;
  const { place, account } = signedIn;
  const profile = app.accounts.deps.profileOf(place.code);
  const others = (await app.accounts.deps.store.list(place.code)).filter((one) => one.id !== move.by && may(one, 'institution.takeDown', profile));
  const who = move.by === account.id ? 'mine' : signedIn.may('institution.takeDown') ? 'may' : 'not';
  return {
    id: move.id, name: moveName(move), who: whoIs(move.by), reason: move.reason, on: fullDayText(move.on), decision: move.decisionNumber, means: move.second === 'before' ? words.secondBefore : words.secondAfter,
    due: move.dueOn === null ? filingsText.dueUnknown : move.dueOn < app.today() ? filingsText.overdue : filingsText.dueBy(fullDayText(move.dueOn)), isOver: move.dueOn !== null && move.dueOn < app.today(),
    mayDecide: who === 'may', why: who === 'may' ? null : who === 'mine' ? (others.length === 0 ? words.nobody : words.mine) : words.notMay,
  };
}

/** One filing at the office: how it stands, what may follow, what waits for a second person, what warns; undefined for another place's or street's. */
export async function oneFilingView(app: App, signedIn: SignedIn, id: string) {
  const found = await app.filings.find(actorOf(signedIn), id);
  if (!found || found.institution.credential.state === 'planned') return undefined;
  const { institution: of, moves } = found;
  const [whoIs, today] = [await accountNames(app, signedIn), app.today()];
  const clocks = clocksOf(of.credential, app.filings.terms, app.filings.calendar, today);
  const { words: said } = await app.listings.find(signedIn.place.code, id);
  const choices = statesAfter(of.credential).map((to) => {
    const { to: label, does } = moveWords(of.credential.kind, of.credential.state, to);
    return { value: to, label, hint: does };
  });
  return {
    id, name: of.name, sample: of.sample, facts: filingFacts(of), seen: moves[0]?.id ?? '', today,
    isPublic: isInForce(of.credential) || of.credential.state === 'suspended' || of.credential.state === 'withdrawn',
    clocks: clocks && [{ name: filingsText.receiptBy, ...deadlineOf(clocks.receipt, today) }, { name: filingsText.refusalBy, ...deadlineOf(clocks.refusal, today) }],
    rule: filingsText.clocksRule(app.filings.terms.title, app.filings.terms.article, app.filings.terms.standing), clocksUnknown: clocks?.refusal.day === null,
    choices, asksBookings: choices.some(({ value }) => value === 'suspended' && secondFor(of.credential.state, value) === 'after'), asksNumber: choices.some(({ value }) => value === 'receipted') && of.credential.state !== 'suspended',
    mayWrite: signedIn.may('filing.write'), pending: await pendingView(app, signedIn, pendingOf(moves), whoIs), warnings: warningsOf(of, said, app.listings).map(warningForStaff), history: moves.map(historyRow(whoIs)),
  };
}
export type OneFilingView = NonNullable<Awaited<ReturnType<typeof oneFilingView>>>;
