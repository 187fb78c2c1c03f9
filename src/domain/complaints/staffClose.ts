import { readReference } from '#domain/shared/codes.ts';
import { done, refused } from '#domain/shared/outcome.ts';
import type { CaseDesk, CaseDeps, Chosen } from '#domain/complaints/deps.ts';
import type { CaseTask, Complaint, FollowUpResult, MergeReason } from '#domain/complaints/model.ts';
import { resumedClock } from '#domain/complaints/parent.ts';
import { findSeen, move, said, type Moved } from '#domain/complaints/staff.ts';

const dropped = (tasks: readonly CaseTask[], kinds: readonly CaseTask['kind'][], at: CaseTask['createdAt'], state: 'done' | 'dropped') =>
  tasks.filter((task) => task.state === 'open' && kinds.includes(task.kind)).map(({ id }) => ({ id, state, doneAt: at }));

/** 答复: the one public answer; every joining department has been heard or let go before. */
export const answer = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> => move(deps, desk, chosen, 'answer', (asked) => {
  if (asked.tasks.some(({ kind, state }) => kind === 'joint' && state === 'open')) return refused('tasks-open');
  const messages = said(deps, desk, asked, 'answer', words);
  return messages.ok ? done({ messages: messages.value, patch: { ...resumedClock(deps, asked.complaint), handler: asked.complaint.handler ?? desk.actor }, taskPatches: dropped(asked.tasks, ['extension', 'handover'], deps.now(), 'dropped') }) : messages;
});

/** 办结: with the cases that go on in this one. */
export const close = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> =>
  move(deps, desk, chosen, 'close', () => done({ patch: { closedAt: deps.now() }, membersFollow: true }));

const stars: Readonly<Partial<Record<FollowUpResult, number>>> = { satisfied: 5, partly: 3, unsatisfied: 1 };

/** 电话回访: what was said counts as a rating where the complainant has given none. */
export const recordCall = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, result: FollowUpResult, words: string | null): Promise<Moved> => move(deps, desk, chosen, 'recordCall', (asked) => {
  const messages = words === null ? done([]) : said(deps, desk, asked, 'note', words);
  if (!messages.ok) return messages;
  const satisfaction = asked.complaint.satisfaction ?? stars[result] ?? null;
  return done({ reason: result, messages: messages.value, patch: { satisfaction }, taskPatches: result === 'notReached' ? [] : dropped(asked.tasks, ['callBack'], deps.now(), 'done') });
});

const canLead = ({ state, master }: Complaint): boolean => master === null && state !== 'withdrawn' && state !== 'notAccepted';

/** 合并: goes on in another case, as its duplicate or as one of many families'; the other must be seen by this desk and stand by itself. */
export const merge = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, masterReference: string, reason: MergeReason): Promise<Moved> => move(deps, desk, chosen, 'merge', async ({ complaint, tasks }) => {
  const named = await deps.store.findByReference(desk.jurisdiction, readReference('T', masterReference) ?? '');
  const master = named && await findSeen(deps, desk, named.complaint.id);
  if (!master) return refused('unknown-case');
  if (master.complaint.id === complaint.id) return refused('same-case');
  if (!canLead(master.complaint) || (reason === 'massCase' && !master.complaint.isMass) || (await deps.store.members(complaint.id)).length > 0) return refused('not-a-master');
  return done({
    reason, patch: { master: master.complaint.id, waitingSince: null, closedAt: master.complaint.closedAt }, taskPatches: dropped(tasks, ['handover', 'joint', 'extension', 'callBack'], deps.now(), 'dropped'),
    detail: { master: master.complaint.id },
  });
});

/** 群体事项: a case that many families' may go on in. */
export const massCase = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> => move(deps, desk, chosen, 'massCase', () => done({ patch: { isMass: true } }));
