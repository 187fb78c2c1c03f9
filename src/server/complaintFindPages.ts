import { unsatisfiedUpTo } from '#domain/complaints/find.ts';
import { wordsOf } from '#domain/complaints/model.ts';
import type { ParentRefusal } from '#domain/complaints/refusals.ts';
import type { ComplaintProgress } from '#domain/complaints/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { complaintText } from '#text/complaintForm.ts';
import { complaintFindText as words, parentRefusalText } from '#text/complaintFind.ts';
import type { App } from '#server/app.ts';
import type { ComplaintClaim, OpenedFile, TooMany } from '#server/complaints.ts';
import type { FormError } from '#server/complaintForm.ts';
import { unlessFull, type Incoming } from '#server/complaintPages.ts';
import type { Typed } from '#server/forms.ts';

export type FindNotice = { readonly tone: 'amber' | 'leaf'; readonly title: string; readonly sentence: string };
type Status = 200 | 404 | 409 | 422 | 429 | 503;
type Told = { readonly typed: Typed; readonly errors: readonly FormError[]; readonly notice: FindNotice | null; readonly status: Status };

/** What the page that follows a case shows. */
export type ComplaintFindStep =
  | (Told & { readonly kind: 'ask' })
  | (Told & { readonly kind: 'found' | 'ask-withdraw'; readonly progress: ComplaintProgress })
  | { readonly kind: 'file'; readonly file: OpenedFile };
type Shown = Exclude<ComplaintFindStep, { readonly kind: 'file' }>;

type Asked = { readonly app: App; readonly place: Jurisdiction; readonly incoming: Incoming; readonly claim: ComplaintClaim; readonly from: string };

const amber = (title: string, sentence: string): FindNotice => ({ tone: 'amber', title, sentence });
const leaf = (title: string, sentence: string): FindNotice => ({ tone: 'leaf', title, sentence });

/** Unknown, wrong and malformed alike; what was typed as a code is not shown again. */
function notOpened(typed: Typed, failed: TooMany | { readonly ok: false; readonly reason: string }): Shown {
  const isWait = failed.reason === 'too-many' && 'seconds' in failed;
  const minutes = isWait ? Math.ceil(failed.seconds / 60) : 0;
  return {
    kind: 'ask', typed: { reference: (typed['reference'] ?? '').slice(0, 40) }, status: isWait ? 429 : 404, errors: [],
    notice: isWait ? amber(words.tooManyTitle, `${words.tooMany(minutes)}${words.hotline}`) : amber(words.notFoundTitle, words.notFound),
  };
}

/** The case as it stands now, whatever was asked of it. */
async function shown({ app, place, incoming, claim, from }: Asked, more: Partial<Told> & { readonly kind?: 'ask-withdraw' } = {}): Promise<Shown> {
  const found = await app.complaints.find(place.code, claim, from);
  if (!found.ok) return notOpened(incoming.typed, found);
  return { kind: 'found', typed: incoming.typed, errors: [], notice: null, status: 200, ...more, progress: found.value };
}

type Outcome = Awaited<ReturnType<App['complaints']['reply']>>;
/** A kind word for the case as it stands after the act. */
type Thanks = FindNotice | ((progress: ComplaintProgress) => FindNotice);
const isParentRefusal = (reason: string): reason is ParentRefusal => Object.hasOwn(parentRefusalText, reason);

/** What an act led to: the case anew with a kind word, or as it stands with why not. */
async function after(asked: Asked, outcome: Outcome, thanks: Thanks): Promise<Shown> {
  if (outcome.ok) {
    const { reference, queryCode } = asked.claim;
    return { kind: 'found', typed: { reference, queryCode }, errors: [], notice: typeof thanks === 'function' ? thanks(outcome.value) : thanks, status: 200, progress: outcome.value };
  }
  if (!isParentRefusal(outcome.reason)) return notOpened(asked.incoming.typed, outcome);
  return shown(asked, { notice: amber(words.notDone, parentRefusalText[outcome.reason]), status: 409 });
}

/** Does what writes; on a full disk the case is shown as it stands, with what was typed. */
async function written(asked: Asked, act: () => Promise<Outcome>, thanks: Thanks): Promise<Shown> {
  const outcome = await unlessFull(asked.app, act);
  return outcome === 'disk-full' ? shown(asked, { notice: amber(words.notDone, complaintText.diskLow), status: 503 }) : after(asked, outcome, thanks);
}

const longest = 2_000;
/** Words to add or to have it reopened with; or the sentence that says what is wrong with them. */
function readWords(typed: Typed, name: string): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: FormError } {
  const read = wordsOf(2, longest).safeParse(typed[name] ?? '');
  if (read.success) return { ok: true, value: read.data };
  const code = read.error.issues[0]?.message;
  return { ok: false, error: { field: name, message: code === 'too-long' ? words.words['too-long'] : code === 'too-short' ? words.words['too-short'] : words.words.required } };
}

/** 补充: words, and files with them. */
async function reply(asked: Asked): Promise<Shown> {
  const { app, place, incoming, claim, from } = asked;
  const read = readWords(incoming.typed, 'words');
  const errors = [...(read.ok ? [] : [read.error]), ...incoming.fileErrors];
  if (incoming.busy) return shown(asked, { notice: amber(words.notDone, complaintText.tooBusy), status: 503 });
  if (!read.ok || errors.length > 0) return shown(asked, { errors, status: 422 });
  return written(asked, () => app.complaints.reply(place.code, claim, read.value, from, incoming.files), leaf(words.added, words.addedWhat));
}

/** Whether it has been done again already; that is possible once. */
export const wasReopened = ({ steps }: ComplaintProgress): boolean => steps.some(({ event }) => event === 'reopened');

async function rate(asked: Asked): Promise<Shown> {
  const { app, place, incoming, claim, from } = asked;
  const given = incoming.typed['satisfaction'] ?? '';
  if (!/^[1-5]$/.test(given)) return shown(asked, { errors: [{ field: 'satisfaction', message: words.required5 }], status: 422 });
  return written(asked, () => app.complaints.rate(place.code, claim, Number(given), from), (progress) => {
    const isBad = Number(given) <= unsatisfiedUpTo;
    return leaf(words.rated, !isBad ? words.ratedWhat : wasReopened(progress) ? words.ratedBadAgain : words.ratedBad);
  });
}

async function reopen(asked: Asked): Promise<Shown> {
  const { app, place, incoming, claim, from } = asked;
  const read = readWords(incoming.typed, 'why');
  if (!read.ok) return shown(asked, { errors: [read.error], status: 422 });
  return written(asked, () => app.complaints.reopen(place.code, claim, read.value, from), leaf(words.reopened, words.reopenedWhat));
}

async function openFile(asked: Asked): Promise<ComplaintFindStep> {
  const { app, place, incoming, claim, from } = asked;
  const opened = await app.complaints.file(place.code, claim, incoming.typed['file'] ?? '', from);
  return opened.ok ? { kind: 'file', file: opened.value } : notOpened(incoming.typed, opened);
}

/** 查进度、补充、撤回、评价、要求重办: by POST only, so that the code never stands in an address and reading changes nothing. */
export async function complaintFindStep(app: App, place: Jurisdiction, incoming: Incoming | undefined, from: string): Promise<ComplaintFindStep> {
  if (!incoming) return { kind: 'ask', typed: {}, errors: [], notice: null, status: 200 };
  const { typed } = incoming;
  const claim = { reference: (typed['reference'] ?? '').trim(), queryCode: (typed['queryCode'] ?? '').trim() };
  const missing = (['reference', 'queryCode'] as const).filter((name) => claim[name] === '');
  if (missing.length > 0) return { kind: 'ask', typed: { reference: claim.reference.slice(0, 40) }, errors: missing.map((field) => ({ field, message: words.required[field] })), notice: null, status: 422 };
  const asked = { app, place, incoming, claim, from };
  switch (typed['step']) {
    case 'reply': return reply(asked);
    case 'rate': return rate(asked);
    case 'reopen': return reopen(asked);
    case 'withdraw': return written(asked, () => app.complaints.withdraw(place.code, claim, from), leaf(words.withdrawn, words.withdrawnWhat));
    case 'ask-withdraw': return shown(asked, { kind: 'ask-withdraw' });
    case 'file': return openFile(asked);
    default: return shown(asked);
  }
}
