import { dayOf, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { caseEvent, caseKey, caseMove, caseNotice, type CaseDesk, type CaseDeps, type Chosen } from '#domain/complaints/deps.ts';
import { plainText, type CaseTask, type Complaint, type ExtensionReason, type HandoverReason } from '#domain/complaints/model.ts';
import { nextState } from '#domain/complaints/moves.ts';
import { sealedWords } from '#domain/complaints/parent.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';
import { move, said, type Asked, type Moved } from '#domain/complaints/staff.ts';

/** Workdays within which a department signs for what was handed to it. */
const signWithin = 1;

const hasDepartment = (deps: CaseDeps, desk: CaseDesk, key: string): boolean => deps.placeOf(desk.jurisdiction).departments.some((one) => one.key === key);

const newTask = (deps: CaseDeps, desk: CaseDesk, kind: CaseTask['kind'], more: Partial<CaseTask> = {}): CaseTask => ({
  id: deps.seals.newId(), kind, state: 'open', department: null, createdAt: deps.now(), dueOn: null, documentNumber: null, reason: null, askedBy: desk.actor, receivedOn: null, basis: 'site', doneAt: null, sealedResult: null, ...more,
});
const openOf = (tasks: readonly CaseTask[], kind: CaseTask['kind']): CaseTask | undefined => tasks.findLast((task) => task.kind === kind && task.state === 'open');

/** 转办: to a department of the place; what was handed over before ends with it. Until it has signed, the case is 已转、等待签收. */
export const handOver = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, to: { readonly department: string; readonly reason: HandoverReason; readonly documentNumber: string | null }): Promise<Moved> =>
  move(deps, desk, chosen, 'handOver', ({ tasks }) => {
    if (!hasDepartment(deps, desk, to.department)) return refused('unknown-department');
    const before = openOf(tasks, 'handover');
    return done({
      reason: to.reason, department: to.department, taskPatches: before ? [{ id: before.id, state: 'dropped', doneAt: deps.now() }] : [],
      tasks: [newTask(deps, desk, 'handover', { department: to.department, reason: to.reason, documentNumber: to.documentNumber, dueOn: deps.rules.later(dayOf(deps.now()), signWithin) })],
    });
  });

const signable = (tasks: readonly CaseTask[], id: string): CaseTask | undefined =>
  tasks.find((task) => task.id === id && task.state === 'open' && task.receivedOn === null && (task.kind === 'handover' || task.kind === 'joint'));

/** 签收: the day the department had it, from its stamp; its own clock begins there, and for the department in charge the case's. */
export const recordReceipt = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, id: string, receivedOn: IsoDate): Promise<Moved> => move(deps, desk, chosen, 'recordReceipt', ({ complaint, tasks }) => {
  const task = signable(tasks, id);
  if (!task || task.department === null || receivedOn > dayOf(deps.now()) || receivedOn < dayOf(task.createdAt)) return refused('unknown-task');
  const clock = deps.rules.signedFor(receivedOn, { department: task.department, channel: complaint.channel, kind: complaint.kind, externalDeadline: complaint.externalDeadline });
  return done({ department: task.department, patch: task.kind === 'handover' ? { clock } : {}, taskPatches: [{ id, receivedOn, basis: clock.basis, dueOn: clock.answerBy }], detail: { receivedOn } });
});

/** A department's account speaks for what was handed to it; the office for all. */
const mayTouch = (desk: CaseDesk, task: CaseTask): boolean => desk.may('complaint.assign') || desk.may('complaint.decide') || desk.department === null || task.department === desk.department;

/** 退回: a wrong address; the clock does not begin anew. */
export const handBack = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> => move(deps, desk, chosen, 'handBack', (asked) => {
  const task = openOf(asked.tasks, 'handover');
  if (!task || !mayTouch(desk, task)) return refused('unknown-task');
  const messages = said(deps, desk, asked, 'note', words);
  return messages.ok ? done({ reason: 'wrongAddress', department: task.department, messages: messages.value, taskPatches: [{ id: task.id, state: 'returned', doneAt: deps.now() }] }) : messages;
});

/** 部门答复: written down for a department without an account, or by its own; the task is done. Only the office sees the words. */
export const recordReply = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, id: string | null, words: string): Promise<Moved> => move(deps, desk, chosen, 'recordReply', (asked) => {
  const task = id === null ? openOf(asked.tasks, 'handover') : asked.tasks.find((one) => one.id === id && one.state === 'open' && (one.kind === 'handover' || one.kind === 'joint'));
  if (!task || !mayTouch(desk, task)) return refused('unknown-task');
  const messages = said(deps, desk, asked, 'departmentReply', words);
  return messages.ok ? done({ department: task.department, messages: messages.value, taskPatches: [{ id: task.id, state: 'done', doneAt: deps.now() }] }) : messages;
});

/** 协办, 回访, 证据保全: something more to do, by a department or the office. */
export const addTask = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, kind: 'joint' | 'callBack' | 'secureEvidence', department: string | null, dueOn: IsoDate | null): Promise<Moved> =>
  move(deps, desk, chosen, 'addTask', () => {
    if (kind === 'joint' ? department === null || !hasDepartment(deps, desk, department) : department !== null) return refused('unknown-department');
    return done({ department, tasks: [newTask(deps, desk, kind, { department, dueOn })], detail: { task: kind } });
  });

const sealedResult = (deps: CaseDeps, { complaint, key }: Asked, task: string, words: string): Outcome<string, 'forgotten'> =>
  (key === undefined ? refused('forgotten') : done(deps.seals.seal(key, `${complaint.id}|task|${task}`, words)));

/** 任务完成, with what came of it. */
export const closeTask = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, id: string, words: string): Promise<Moved> => move(deps, desk, chosen, 'closeTask', (asked) => {
  const task = asked.tasks.find((one) => one.id === id && one.state === 'open' && one.kind !== 'extension');
  if (!task || !mayTouch(desk, task)) return refused('unknown-task');
  const result = sealedResult(deps, asked, id, plainText(words));
  return result.ok ? done({ department: task.department, taskPatches: [{ id, state: 'done', doneAt: deps.now(), sealedResult: result.value }], detail: { task: task.kind } }) : result;
});

/** 报警: when the police were told, and 接警单号 where there is one. */
export const policeReport = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, reported: { readonly on: IsoDate; readonly time: string; readonly number: string | null }): Promise<Moved> =>
  move(deps, desk, chosen, 'policeReport', (asked) => {
    const waiting = openOf(asked.tasks, 'policeReport');
    const fresh = newTask(deps, desk, 'policeReport', { state: 'done', doneAt: deps.now() });
    const result = sealedResult(deps, asked, waiting?.id ?? fresh.id, JSON.stringify(reported));
    if (!result.ok) return result;
    return done(waiting ? { taskPatches: [{ id: waiting.id, state: 'done', doneAt: deps.now(), sealedResult: result.value }] } : { tasks: [{ ...fresh, sealedResult: result.value }] });
  });

/** 申请延期: with a reason and so many workdays, no more than the law or this site's promise allows; an outside deadline is not ours to move. */
export const askExtension = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, reason: ExtensionReason, workdays: number): Promise<Moved> => move(deps, desk, chosen, 'askExtension', ({ complaint, tasks }) => {
  if (complaint.extendedFrom !== null) return refused('extended-before');
  if (openOf(tasks, 'extension')) return refused('extension-asked');
  if (complaint.clock.answerBy === null) return refused('calendar-ends');
  const signed = tasks.findLast((task) => task.kind === 'handover' && task.receivedOn !== null)?.department ?? null;
  const later = deps.rules.extended(complaint.clock.answerBy, workdays, { department: signed, channel: complaint.channel, kind: complaint.kind, externalDeadline: complaint.externalDeadline });
  return later.ok ? done({ reason, tasks: [newTask(deps, desk, 'extension', { reason, dueOn: later.value })], detail: { workdays } }) : later;
});

/** 同意延期: once; under 三员分立 by another than who asked. */
export const extend = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen): Promise<Moved> => move(deps, desk, chosen, 'extend', ({ complaint, tasks }) => {
  const task = openOf(tasks, 'extension');
  if (complaint.extendedFrom !== null) return refused('extended-before');
  if (!task || task.dueOn === null) return refused('no-extension-asked');
  if (desk.profile === 'separated' && task.askedBy === desk.actor) return refused('same-person');
  return done({
    reason: task.reason, patch: { extendedFrom: complaint.clock.answerBy, clock: { ...complaint.clock, answerBy: task.dueOn } }, taskPatches: [{ id: task.id, state: 'done', doneAt: deps.now() }],
    detail: { asker: task.askedBy, until: task.dueOn },
  });
});

/** 转给机构: exactly these words; the case's own are never shown there. */
export const forward = (deps: CaseDeps, desk: CaseDesk, chosen: Chosen, to: { readonly institution: string; readonly words: string; readonly replyBy: IsoDate | null }): Promise<Moved> =>
  move(deps, desk, chosen, 'forward', async ({ complaint, key }) => {
    if (!await deps.store.findInstitution(desk.jurisdiction, to.institution)) return refused('unknown-institution');
    if (key === undefined) return refused('forgotten');
    const id = deps.seals.newId();
    return done({
      forwards: [{ id, institution: to.institution, at: deps.now(), replyBy: to.replyBy, sealedText: deps.seals.seal(key, `${complaint.id}|forward|${id}`, plainText(to.words)), sealedReply: null, repliedAt: null, version: 1 }],
      detail: { institution: to.institution },
    });
  });

/** 机构说明: an institution's word on what was forwarded to it, once; it knows neither the case's number nor its version, so a move in between is read again. */
export async function institutionReply(deps: CaseDeps, desk: CaseDesk, chosen: Chosen, words: string): Promise<Moved> {
  if (desk.institution === null || !desk.may('complaint.reply')) return refused('not-allowed');
  for (let tries = 0; tries < 4; tries += 1) {
    const own = (await deps.store.forwardsTo(desk.jurisdiction, desk.institution)).find(({ forward: { id } }) => id === chosen.id);
    const found = own && await deps.store.findById(desk.jurisdiction, own.complaint);
    if (!own || !found) return refused('not-found');
    const written = await writeReply(deps, desk, found.complaint, own.forward, chosen, words);
    if (written !== 'again') return written;
  }
  return refused('changed-meanwhile');
}

async function writeReply(deps: CaseDeps, desk: CaseDesk, complaint: Complaint, { id, version, sealedReply }: { readonly id: string; readonly version: number; readonly sealedReply: string | null }, chosen: Chosen, words: string):
Promise<Outcome<{ readonly version: number }, CaseRefusal> | 'again'> {
  if (sealedReply !== null) return refused('replied-before');
  if (version !== chosen.version) return refused('changed-meanwhile');
  const [next, key] = [nextState(complaint.state, 'institutionReply'), await caseKey(deps, complaint.id, 'story')];
  if (!next.ok) return next;
  if (key === undefined) return refused('forgotten');
  const saved = await deps.store.commit({
    complaint, patch: {}, move: caseMove(deps, 'institutionReply', next.value, desk.actor), messages: [sealedWords(deps, complaint.id, key, 'institutionReply', desk.actor, words)],
    forwardReply: { id, version, sealedReply: deps.seals.seal(key, `${complaint.id}|reply|${id}`, plainText(words)), at: deps.now() },
    event: caseEvent(deps, complaint.jurisdiction, 'institutionReply', complaint.id, {}, desk.actor), notice: caseNotice(deps, 'complaint-words', complaint.id),
  });
  return saved === 'saved' ? done({ version: version + 1 }) : 'again';
}
