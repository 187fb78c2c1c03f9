import { credentialStates, isInForce, type Credential, type Institution } from '#domain/directory/model.ts';
import type { FilingActor } from '#domain/filing/commands.ts';
import type { FilingMove } from '#domain/filing/model.ts';
import { clocksOf, registrationQueues, type Clock } from '#domain/filing/rules.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';
import type { QueuedRegistration } from '#server/filings.ts';
import { fullDayText } from '#text/dates.ts';
import { credentialStateText, credentialText } from '#text/directory.ts';
import { filingsText as words, moveWords, queueText, registrationStateText } from '#text/filings.ts';
import { roleText } from '#text/desk.ts';

/** Whom a page of the office acts for: the whole place for who may write, else one's own street, and nothing where there is none. */
export const actorOf = ({ account, place, may }: Pick<SignedIn, 'account' | 'place' | 'may'>): FilingActor =>
  ({ account: account.id, jurisdiction: place.code, subdistrict: may('filing.write') ? null : account.subdistrict ?? '' });

/** 资质状态 as it is called: a kindergarten class is never called filed. */
export const stateText = ({ kind, state }: Pick<Credential, 'kind' | 'state'>): string =>
  (kind !== 'filing' && (state === 'receipted' || state === 'changed') ? credentialText[kind] : credentialStateText[state]);

/** What a move is called. */
export const moveName = ({ from, to, before }: Pick<FilingMove, 'from' | 'to' | 'before'>): string => moveWords(before.kind, from, to).to;

/** Accounts of a place by id, as the pages name them: the post, never a person. */
export async function accountNames(app: Pick<App, 'accounts'>, { place }: Pick<SignedIn, 'place'>): Promise<(id: string) => string> {
  const names = new Map((await app.accounts.deps.store.list(place.code)).map((one) => [one.id, one.title ?? one.roles.map((role) => roleText[role]).join('、')]));
  return (id) => names.get(id) ?? words.somebody;
}

const hrefOf = (id: string): string => `/office/filings/${id}/`;

type Deadline = { readonly text: string; readonly tone: 'plain' | 'amber' | 'red' };

/** A clock in words: the day, and whether it is today or over. */
export const deadlineOf = ({ day, isOver }: Clock, today: IsoDate): Deadline => {
  if (day === null) return { text: words.notYet, tone: 'plain' };
  if (isOver) return { text: `${fullDayText(day)}，${words.over}`, tone: 'red' };
  return day === today ? { text: `${fullDayText(day)}，${words.dueToday}`, tone: 'amber' } : { text: fullDayText(day), tone: 'plain' };
};

const pendingRow = (move: FilingMove, nameOf: ReadonlyMap<string, Institution>, whoIs: (id: string) => string, today: IsoDate) => ({
  href: hrefOf(move.institution), name: nameOf.get(move.institution)?.name ?? '', what: moveName(move), who: words.by(whoIs(move.by)),
  due: move.dueOn === null ? words.dueUnknown : move.dueOn < today ? words.overdue : words.dueBy(fullDayText(move.dueOn)), isOver: move.dueOn !== null && move.dueOn < today,
});

const mostShown = 100;

const isState = (text: string | null): text is Credential['state'] => credentialStates.some((one) => one === text);

/** 全部机构: those whose name bears the words and whose credential stands so, by name. */
function institutionRows(institutions: readonly Institution[], parameters: URLSearchParams) {
  const [typed, asked] = [(parameters.get('q') ?? '').normalize('NFKC').trim().slice(0, 60), parameters.get('state')];
  const state = isState(asked) ? asked : null;
  const found = institutions.filter(({ name, aliases, credential }) => credential.state !== 'planned' && (state === null || credential.state === state) && [name, ...aliases].some((one) => one.includes(typed)));
  const sinceOf = ({ state: now, receiptedOn, since }: Credential): IsoDate | null => (now === 'receipted' ? receiptedOn : since ?? receiptedOn);
  return {
    typed, state: state ?? '', total: found.length, most: mostShown,
    rows: found.slice(0, mostShown).map((one) => {
      const since = sinceOf(one.credential);
      return [{ text: one.name, href: hrefOf(one.id) }, { text: stateText(one.credential), muted: !isInForce(one.credential) }, since === null ? { text: words.unnamed, muted: true } : fullDayText(since)];
    }),
  };
}

const queueRow = ({ registration, institution }: QueuedRegistration) => ({
  href: `/office/filings/registrations/${registration.id}/`, name: registration.name, state: registrationStateText[registration.state], on: fullDayText(registration.on), institution: institution?.name ?? null,
});

/** 备案情况: what waits for a second person, running clocks, queues of registrations, and every institution. */
export async function filingsView(app: App, signedIn: SignedIn, parameters: URLSearchParams) {
  const actor = actorOf(signedIn);
  const { filings } = app;
  const [institutions, pending, whoIs, today] = [await filings.institutions(actor), await filings.pending(actor), await accountNames(app, signedIn), app.today()];
  const byId = new Map(institutions.map((one) => [one.id, one]));
  const queued = signedIn.may('filing.write') ? await filings.queues(actor.jurisdiction) : [];
  const { disposal } = filings.rulesOf(actor.jurisdiction);
  const clocks = institutions.flatMap((one) => {
    const running = clocksOf(one.credential, filings.terms, filings.calendar, today);
    return running ? [{ href: hrefOf(one.id), name: one.name, since: one.credential.since ?? today, receipt: deadlineOf(running.receipt, today), refusal: deadlineOf(running.refusal, today), isUnknown: running.refusal.day === null }] : [];
  }).toSorted((one, other) => (one.since < other.since ? -1 : 1));
  return {
    pending: pending.map((move) => pendingRow(move, byId, whoIs, today)), clocks, rule: words.clocksRule(filings.terms.title, filings.terms.article, filings.terms.standing), clocksUnknown: clocks.some(({ isUnknown }) => isUnknown),
    disposal: disposal && words.disposal(disposal.quote, disposal.line),
    queues: registrationQueues.map((queue) => ({ queue, ...queueText[queue], rows: queued.filter((one) => one.queue === queue).map(queueRow) })).filter(({ rows }) => rows.length > 0),
    mayWrite: signedIn.may('filing.write'), all: institutionRows(institutions, parameters),
    states: [{ value: '', label: words.anyState }, ...credentialStates.filter((state) => state !== 'planned').map((state) => ({ value: state, label: credentialStateText[state] }))],
  };
}
export type FilingsView = Awaited<ReturnType<typeof filingsView>>;
