import { dayOf } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { caseEvent, caseKey, caseMove, type CaseDesk, type CaseDeps, type Chosen } from '#domain/complaints/deps.ts';
import { streetDepartments, type CaseTask, type Complaint, type ComplaintState, type HoldReason, type MessageKind, type NotAcceptedReason } from '#domain/complaints/model.ts';
import { moves, nextState, type MoveKind } from '#domain/complaints/moves.ts';
import { resumedClock, sealedWords } from '#domain/complaints/parent.ts';
import type { CaseChange, CaseScope, FoundComplaint } from '#domain/complaints/ports.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';

export type Moved = Outcome<{ readonly version: number }, CaseRefusal>;

/** What a move does beyond changing the state; the rest of its change is the same for all. */
export type Effect = Partial<Pick<CaseChange, 'patch' | 'messages' | 'tasks' | 'taskPatches' | 'forwards' | 'membersFollow' | 'notice'>> & {
  readonly reason?: string | null; readonly department?: string | null; readonly detail?: CaseChange['event']['detail'];
};
/** What a deciding function may look at: the case, its tasks, the key of its texts, and the state the move leads to. */
export type Asked = { readonly complaint: Complaint; readonly tasks: readonly CaseTask[]; readonly key: string | undefined; readonly next: ComplaintState };
type Decide = (asked: Asked) => Promise<Outcome<Effect, CaseRefusal>> | Outcome<Effect, CaseRefusal>;

/** 可见范围: the office sees its place, a department what was handed to it, a street what lies in it and was entered by or handed to it; undefined: nothing. */
export function scopeOf(desk: CaseDesk): CaseScope | undefined {
  if (desk.may('complaint.assign') || desk.may('complaint.decide')) return { kind: 'place' };
  if (desk.department !== null && desk.may('complaint.handle')) return { kind: 'department', department: desk.department };
  return desk.subdistrict !== null && (desk.may('complaint.handle') || desk.may('complaint.intake')) ? { kind: 'street', subdistrict: desk.subdistrict, account: desk.actor } : undefined;
}

const isHeld = ({ state }: CaseTask): boolean => state === 'open' || state === 'done';

/** Whether a case lies in a scope; a task given back or dropped no longer shows it. */
export function isInScope(scope: CaseScope, complaint: Complaint, tasks: readonly CaseTask[]): boolean {
  switch (scope.kind) {
    case 'place': return true;
    case 'department': return tasks.some((task) => task.department === scope.department && isHeld(task));
    case 'street': return complaint.subdistrict === scope.subdistrict
      && (complaint.enteredBy === scope.account || tasks.some((task) => task.department !== null && streetDepartments.includes(task.department) && isHeld(task)));
  }
}

/** A case that this desk may see, with its tasks; undefined for what is not there and what is not its own alike. */
export async function findSeen(deps: CaseDeps, desk: CaseDesk, id: string): Promise<(FoundComplaint & { readonly tasks: readonly CaseTask[] }) | undefined> {
  const scope = scopeOf(desk);
  const found = scope && await deps.store.findById(desk.jurisdiction, id);
  if (!found) return undefined;
  const tasks = await deps.store.tasks(id);
  return isInScope(scope, found.complaint, tasks) ? { ...found, tasks } : undefined;
}

/** 办理一步: finds what the desk may see, asks permission, version and state, lets the move decide, and writes it in one transaction. */
export async function move(deps: CaseDeps, desk: CaseDesk, chosen: Chosen, kind: MoveKind, decide: Decide = () => done({})): Promise<Moved> {
  const seen = await findSeen(deps, desk, chosen.id);
  if (!seen) return refused('not-found');
  const { complaint, tasks } = seen;
  const { by } = moves[kind];
  if (by === 'parent' || !desk.may(by)) return refused('not-allowed');
  if (complaint.version !== chosen.version) return refused('changed-meanwhile');
  const next = nextState(complaint.state, kind);
  if (!next.ok) return next;
  const effect = await decide({ complaint, tasks, key: await caseKey(deps, complaint.id, 'story'), next: next.value });
  if (!effect.ok) return effect;
  const { patch, reason, department, detail, ...rest } = effect.value;
  const saved = await deps.store.commit({
    ...rest, complaint, patch: { ...patch, state: next.value }, move: caseMove(deps, kind, next.value, desk.actor, { reason: reason ?? null, department: department ?? null }),
    event: caseEvent(deps, complaint.jurisdiction, kind, complaint.id, { ...detail, ...(typeof reason === 'string' ? { reason } : {}), ...(typeof department === 'string' ? { department } : {}) }, desk.actor),
  });
  return saved === 'saved' ? done({ version: complaint.version + 1 }) : refused('changed-meanwhile');
}

/** Words of a move, sealed; refused once the case's texts have been forgotten. */
export const said = (deps: CaseDeps, desk: CaseDesk, { complaint, key }: Asked, kind: MessageKind, words: string): Outcome<CaseChange['messages'] & object, 'forgotten'> =>
  (key === undefined ? refused('forgotten') : done([sealedWords(deps, complaint.id, key, kind, desk.actor, words)]));

/** A move whose whole effect is some words. */
const saying = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, kind: MoveKind, message: MessageKind, words: string, effect: (asked: Asked) => Effect = () => ({})): Promise<Moved> =>
  move(deps, desk, chosen, kind, (asked) => {
    const messages = said(deps, desk, asked, message, words);
    return messages.ok ? done({ ...effect(asked), messages: messages.value }) : messages;
  });

/** 领办: whoever takes a case has it in hand. */
export const take = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> => move(deps, desk, chosen, 'take', () => done({ patch: { handler: desk.actor } }));

/** 指派 to an account of the place that may handle cases. */
export const assignTo = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, account: string): Promise<Moved> => move(deps, desk, chosen, 'assign', async () =>
  (await deps.mayHandle(desk.jurisdiction, account) ? done({ patch: { handler: account }, detail: { account } }) : refused('unknown-account')));

/** 受理. */
export const accept = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> =>
  move(deps, desk, chosen, 'accept', ({ complaint }) => done({ patch: { handler: complaint.handler ?? desk.actor } }));

/** 不予受理: with a reason, and in words where to go instead. */
export const notAccept = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, reason: NotAcceptedReason, whereToGo: string): Promise<Moved> =>
  saying(deps, desk, chosen, 'notAccept', 'notice', whereToGo, () => ({ reason, patch: { closedAt: deps.now(), waitingSince: null } }));

/** 办理. */
export const investigate = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> => move(deps, desk, chosen, 'investigate');

/** 补充材料: asks the complainant; the clock stands still until an answer comes. */
export const ask = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> =>
  saying(deps, desk, chosen, 'ask', 'question', words, ({ complaint }) => ({ patch: { waitingSince: complaint.waitingSince ?? deps.now() } }));

/** 不再等待: the clock runs on without an answer. */
export const askNoLonger = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> =>
  move(deps, desk, chosen, 'askNoLonger', ({ complaint }) => (complaint.waitingSince === null ? refused('not-waiting') : done({ patch: resumedClock(deps, complaint) })));

/** 内部备注. */
export const note = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> => saying(deps, desk, chosen, 'note', 'note', words);

/** 复核维持: the answer stands; said to the complainant. */
export const uphold = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> => saying(deps, desk, chosen, 'uphold', 'notice', words);

/** 复核重办: it is gone into again under a new clock. */
export const redo = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> =>
  saying(deps, desk, chosen, 'redo', 'notice', words, ({ complaint }) => {
    const { answerBy } = deps.rules.received(dayOf(deps.now()), { kind: complaint.kind, channel: complaint.channel, externalDeadline: null });
    return { patch: { closedAt: null, clock: { ...complaint.clock, answerBy, basis: 'site' } }, membersFollow: true };
  });

/** 暂不删除: administrative review, court or investigation stops forgetting. */
export const hold = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, reason: HoldReason): Promise<Moved> => move(deps, desk, chosen, 'hold', () => done({ patch: { legalHold: reason }, reason }));

/** 解除暂不删除. */
export const releaseHold = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> => move(deps, desk, chosen, 'releaseHold', () => done({ patch: { legalHold: null } }));
