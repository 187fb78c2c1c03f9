import { readQueryCode, readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, dayOf, writeInstant, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { caseKey, type ComplaintDeps } from '#domain/complaints/deps.ts';
import { extensionReasons, notAcceptedReasons, openStates, sharedMessageKinds, type CaseFile, type CaseMessage, type CaseMove, type CaseTask, type Complaint } from '#domain/complaints/model.ts';
import { moves, type MoveKind } from '#domain/complaints/moves.ts';
import type { FoundComplaint } from '#domain/complaints/ports.ts';
import { bodyName } from '#domain/complaints/routing.ts';
import { clockView } from '#domain/complaints/submit.ts';
import type { ComplaintProgress, ProgressEvent } from '#domain/complaints/views.ts';

/** Reference and code as typed. */
export type Claim = { readonly reference: string; readonly queryCode: string };

/** The case that reference and code open; undefined alike for unknown, wrong and malformed, in like time. */
export async function openClaimed(deps: ComplaintDeps, jurisdiction: JurisdictionCode, typed: Claim): Promise<FoundComplaint | undefined> {
  const reference = readReference('T', typed.reference) ?? 'T-00000000';
  const code = readQueryCode(typed.queryCode) ?? '0000000000000000';
  const found = await deps.store.findByReference(jurisdiction, reference);
  // An unknown reference costs the same hash and comparison as a known one.
  const same = deps.seals.sameHash(deps.seals.hashQueryCode(reference, code), found?.queryCodeHash ?? deps.seals.hashQueryCode('T-00000000', 'none'));
  return found && found.queryCodeHash !== '' && same ? found : undefined;
}

/** Days after an unsatisfied closing in which a case may be opened again. */
export const reopenDays = 14;
/** 很不满意 (1) and 不满意 (2) are an unsatisfied closing; 一般 (3) is not. */
export const unsatisfiedUpTo = 2;
/** The last day on which a complainant may have it reopened; null where it is not closed, was reopened before, or was not unsatisfying. */
export const reopenUntil = ({ state, closedAt, satisfaction, reopenedAt }: Pick<Complaint, 'state' | 'closedAt' | 'satisfaction' | 'reopenedAt'>): IsoDate | null =>
  (state === 'closed' && closedAt !== null && reopenedAt === null && satisfaction !== null && satisfaction <= unsatisfiedUpTo ? addDays(dayOf(closedAt), reopenDays) : null);

const eventOf: Readonly<Partial<Record<string, ProgressEvent>>> = {
  received: 'received', entered: 'received', accept: 'accepted', notAccept: 'notAccepted', investigate: 'investigating', handOver: 'transferred', recordReceipt: 'signedFor', handBack: 'handedBack', ask: 'asked',
  extend: 'extended', answer: 'answered', close: 'closed', recordCall: 'called', rate: 'rated', reopen: 'reopened', withdraw: 'withdrawn', merge: 'merged', uphold: 'reviewed', redo: 'reviewed',
};
const stepsOf = (history: readonly CaseMove[], nameOf: (key: string) => string): ComplaintProgress['steps'] => history.flatMap(({ at, move, reason, department }) => {
  const event = move === 'reply' && reason === 'answered' ? 'answeredQuestion' : eventOf[move];
  return event === undefined ? [] : [{ at: writeInstant(at), event, department: department === null ? null : nameOf(department) }];
});

const fileView = ({ id, type, size }: CaseFile) => ({ id, type, size });

/** Words a complainant may read, opened. */
function wordsOf(deps: ComplaintDeps, complaint: string, key: string, messages: readonly CaseMessage[], files: readonly CaseFile[]): ComplaintProgress['messages'] {
  return messages.flatMap((message) => {
    const { id, at, kind } = message;
    if (kind === 'note' || kind === 'departmentReply' || kind === 'institutionReply') return [];
    const from = kind === 'addition' || kind === 'reply' || kind === 'reopening' ? 'you' as const : 'office' as const;
    return [{ id, at: writeInstant(at), from, kind, text: deps.seals.open(key, `${complaint}|message|${id}`, message.sealed), files: files.filter((file) => file.message === id).map(fileView) }];
  });
}

/** 已转: where the case lies and whether it has been signed for. */
const handoverOf = (tasks: readonly CaseTask[], nameOf: (key: string) => string): ComplaintProgress['handover'] => {
  const last = tasks.findLast(({ kind, state }) => kind === 'handover' && (state === 'open' || state === 'done'));
  return last === undefined || last.department === null ? null : { department: nameOf(last.department), sentOn: dayOf(last.createdAt), signedOn: last.receivedOn };
};

const lastMove = (history: readonly CaseMove[], move: MoveKind): CaseMove | undefined => history.findLast((one) => one.move === move);
const among = <Value extends string>(values: readonly Value[], given: string | null | undefined): Value | null => values.find((value) => value === given) ?? null;

function mayDo(complaint: Complaint, shown: Complaint, today: IsoDate): ComplaintProgress['may'] {
  const until = reopenUntil(complaint);
  const isRatable = shown.state === 'answered' || shown.state === 'closed';
  return [
    ...(openStates.some((state) => state === complaint.state) ? ['reply' as const] : []),
    ...(moves.withdraw.from.some((state) => state === complaint.state) ? ['withdraw' as const] : []),
    ...(isRatable ? ['rate' as const] : []),
    ...(until !== null && today <= until ? ['reopen' as const] : []),
  ];
}

/** Public answers of the case this one goes on in: written by the office for every family, never another family's words. */
async function masterOf(deps: ComplaintDeps, complaint: Complaint): Promise<{ readonly complaint: Complaint; readonly answers: ComplaintProgress['messages'] } | undefined> {
  const master = complaint.master === null ? undefined : await deps.store.findById(complaint.jurisdiction, complaint.master);
  if (!master) return undefined;
  const key = await caseKey(deps, master.complaint.id, 'story');
  const messages = key === undefined ? [] : (await deps.store.messages(master.complaint.id)).filter(({ kind }) => kind === 'answer');
  return { complaint: master.complaint, answers: key === undefined ? [] : wordsOf(deps, master.complaint.id, key, messages, []) };
}

/** 办理进度 of a case as its complainant may see it. */
export async function progressOf(deps: ComplaintDeps, complaint: Complaint): Promise<ComplaintProgress> {
  const place = deps.placeOf(complaint.jurisdiction);
  const nameOf = (key: string): string => bodyName(place, key, { subdistrict: complaint.subdistrict, county: null });
  const [history, messages, tasks, files] = await Promise.all([deps.store.moves(complaint.id), deps.store.messages(complaint.id), deps.store.tasks(complaint.id), deps.store.files(complaint.id)]);
  const key = await caseKey(deps, complaint.id, 'story');
  const master = await masterOf(deps, complaint);
  const shown = master?.complaint ?? complaint;
  const own = key === undefined ? [] : wordsOf(deps, complaint.id, key, messages.filter(({ kind }) => sharedMessageKinds.includes(kind)), files);
  const extension = lastMove(history, 'extend');
  const refusal = lastMove(history, 'notAccept');
  return {
    reference: complaint.reference, kind: complaint.kind, subject: complaint.subject, topic: complaint.topic, institutionId: complaint.institution, identity: complaint.identity, channel: complaint.channel,
    state: shown.state, receivedAt: writeInstant(complaint.receivedAt), ...clockView(deps, place, { ...complaint, assignment: shown.assignment, clock: shown.clock }),
    waitingSince: complaint.waitingSince === null ? null : writeInstant(complaint.waitingSince), handover: handoverOf(tasks, nameOf),
    extension: complaint.extendedFrom === null ? null : { from: complaint.extendedFrom, reason: among(extensionReasons, extension?.reason) },
    notAccepted: complaint.state === 'notAccepted' ? { reason: among(notAcceptedReasons, refusal?.reason) } : null, together: master !== undefined,
    closedOn: shown.closedAt === null ? null : dayOf(shown.closedAt), satisfaction: complaint.satisfaction, may: mayDo(complaint, shown, dayOf(deps.now())), reopenUntil: reopenUntil(complaint),
    steps: stepsOf(history, nameOf), messages: [...own, ...master?.answers ?? []].toSorted((one, other) => (one.at < other.at ? -1 : 1)), files: files.filter(({ message }) => message === null).map(fileView),
  };
}

/** 查办理进度: by reference and code; unknown, wrong and malformed answer alike. */
export async function findComplaint(deps: ComplaintDeps, jurisdiction: JurisdictionCode, typed: Claim): Promise<Outcome<ComplaintProgress, 'not-found'>> {
  const found = await openClaimed(deps, jurisdiction, typed);
  return found ? done(await progressOf(deps, found.complaint)) : refused('not-found');
}

/** One file of a case that a complainant may have: one's own, or one sent with words meant for them. */
export async function openFile(deps: ComplaintDeps, complaint: Complaint, file: string, mayRead: (message: CaseMessage) => boolean): Promise<Outcome<{ readonly type: CaseFile['type']; readonly bytes: Uint8Array }, 'not-found'>> {
  const known = (await deps.store.files(complaint.id)).find(({ id }) => id === file);
  const message = known === undefined || known.message === null ? undefined : (await deps.store.messages(complaint.id)).find(({ id }) => id === known.message);
  if (!known || (known.message !== null && (!message || !mayRead(message)))) return refused('not-found');
  const [key, sealed] = [await caseKey(deps, complaint.id, 'story'), await deps.blobs.get(known.blob)];
  return key === undefined || !sealed ? refused('not-found') : done({ type: known.type, bytes: deps.seals.openBytes(key, `${complaint.id}|file|${known.id}`, sealed) });
}

/** A complainant's own file. */
export async function openOwnFile(deps: ComplaintDeps, jurisdiction: JurisdictionCode, typed: Claim, file: string) {
  const found = await openClaimed(deps, jurisdiction, typed);
  return found ? openFile(deps, found.complaint, file, ({ kind }) => sharedMessageKinds.includes(kind)) : refused('not-found');
}
