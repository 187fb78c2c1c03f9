import { daysBetween, dayOf, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { CasePage, CaseView, DueStanding, ForwardedView, OpenedIdentity } from '#domain/complaints/caseViews.ts';
import { caseEvent, caseKey, type CaseDesk, type CaseDeps } from '#domain/complaints/deps.ts';
import { openFile } from '#domain/complaints/find.ts';
import { complainant, dueDayOf, noDueDay, openStates, story, type CaseFile, type CaseMessage, type CaseTask, type Channel, type Complaint, type ComplaintState, type IdentityReason } from '#domain/complaints/model.ts';
import { movesOpenTo } from '#domain/complaints/moves.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';
import { findSeen, scopeOf } from '#domain/complaints/staff.ts';
import type { Subject } from '#domain/jurisdiction/model.ts';
import { readReference, type SubdistrictCode } from '#domain/shared/codes.ts';

/** What a desk filters its queue by; absent means all. `states` absent: the open ones. */
export type QueueFilter = {
  readonly states?: readonly ComplaintState[]; readonly subject?: Subject; readonly department?: string; readonly channel?: Channel; readonly subdistrict?: SubdistrictCode; readonly institution?: string; readonly mine?: boolean;
};
export const queueSize = 30;

/** How a case's next deadline stands on a day. */
export function dueStanding(complaint: Pick<Complaint, 'state' | 'clock' | 'waitingSince'>, today: IsoDate): DueStanding {
  if (complaint.state === 'answered' || !openStates.some((state) => state === complaint.state)) return { kind: 'none' };
  if (complaint.waitingSince !== null) return { kind: 'paused' };
  const due = complaint.state === 'received' ? complaint.clock.confirmBy ?? complaint.clock.answerBy : complaint.clock.answerBy;
  if (due === null || dueDayOf(complaint) === noDueDay) return { kind: 'unknown' };
  const days = daysBetween(today, due);
  return { kind: days < 0 ? 'overdue' : days === 0 ? 'today' : 'ahead', on: due, days: Math.abs(days) };
}

const taskOrder: Readonly<Record<CaseTask['kind'], number>> = { policeReport: 0, secureEvidence: 1, extension: 2, handover: 3, joint: 4, callBack: 5 };

/** 办件队列: oldest deadline first; nothing of a case is opened. */
export async function caseQueueOf(deps: CaseDeps, desk: CaseDesk, filter: QueueFilter, page: number): Promise<CasePage> {
  const scope = scopeOf(desk);
  if (!scope) return { total: 0, page, size: queueSize, rows: [] };
  const { total, rows } = await deps.store.queue(desk.jurisdiction, {
    states: filter.states ?? openStates, subject: filter.subject ?? null, department: filter.department ?? null, channel: filter.channel ?? null, subdistrict: filter.subdistrict ?? null, institution: filter.institution ?? null,
    handler: filter.mine === true ? desk.actor : null, scope,
  }, (page - 1) * queueSize, queueSize);
  const today = dayOf(deps.now());
  return {
    total, page, size: queueSize,
    rows: rows.map(({ complaint, tasks }) => ({ complaint, due: dueStanding(complaint, today), firstTask: tasks.toSorted((one, other) => taskOrder[one.kind] - taskOrder[other.kind])[0] ?? null, openTasks: tasks.length })),
  };
}

const openMessages = (deps: CaseDeps, complaint: string, key: string, messages: readonly CaseMessage[], files: readonly CaseFile[]): CaseView['messages'] =>
  messages.map(({ id, at, kind, by, sealed }) => ({ id, at, kind, by, text: deps.seals.open(key, `${complaint}|message|${id}`, sealed), files: files.filter(({ message }) => message === id) }));

const openTasks = (deps: CaseDeps, complaint: string, key: string | undefined, tasks: readonly CaseTask[]): CaseView['tasks'] =>
  tasks.map(({ sealedResult, ...task }) => ({ ...task, result: sealedResult === null || key === undefined ? null : deps.seals.open(key, `${complaint}|task|${task.id}`, sealedResult) }));

/** 办件: one case opened; that it was looked at is recorded before anything is shown. */
export async function openCase(deps: CaseDeps, desk: CaseDesk, id: string): Promise<Outcome<CaseView, 'not-found'>> {
  const seen = await findSeen(deps, desk, id);
  if (!seen) return refused('not-found');
  const { complaint, sealedStory, sealedIdentity, tasks } = seen;
  await deps.store.record(caseEvent(deps, complaint.jurisdiction, 'opened', id, {}, desk.actor));
  const key = await caseKey(deps, id, 'story');
  const [messages, files, forwards, history, members] = await Promise.all([deps.store.messages(id), deps.store.files(id), deps.store.forwards(id), deps.store.moves(id), deps.store.members(id)]);
  const master = complaint.master === null ? undefined : await deps.store.findById(complaint.jurisdiction, complaint.master);
  return done({
    complaint, story: key === undefined || sealedStory === '' ? null : story.parse(JSON.parse(deps.seals.open(key, `${id}|story`, sealedStory))),
    institution: complaint.institution === null ? null : await deps.store.findInstitution(complaint.jurisdiction, complaint.institution) ?? null,
    due: dueStanding(complaint, dayOf(deps.now())), hasIdentity: sealedIdentity !== null, messages: key === undefined ? [] : openMessages(deps, id, key, messages, files),
    files: files.filter(({ message }) => message === null), tasks: openTasks(deps, id, key, tasks),
    forwards: key === undefined ? [] : forwards.map((one) => ({
      id: one.id, institution: one.institution, at: one.at, replyBy: one.replyBy, text: deps.seals.open(key, `${id}|forward|${one.id}`, one.sealedText),
      reply: one.sealedReply === null ? null : deps.seals.open(key, `${id}|reply|${one.id}`, one.sealedReply), repliedAt: one.repliedAt,
    })),
    history, members: members.map(({ id: member, reference, receivedAt }) => ({ id: member, reference, receivedAt })), masterReference: master?.complaint.reference ?? null,
    moves: movesOpenTo(complaint, desk.may),
  });
}

/** 按编号找: the id of a case by its number as typed; undefined for what a desk may not see. */
export async function caseIdOf(deps: CaseDeps, desk: CaseDesk, typed: string): Promise<string | undefined> {
  const reference = readReference('T', typed);
  const found = reference && await deps.store.findByReference(desk.jurisdiction, reference);
  return found ? (await findSeen(deps, desk, found.complaint.id))?.complaint.id : undefined;
}

/** 查看身份: name and phone, after who, which and why have been recorded. */
export async function openIdentity(deps: CaseDeps, desk: CaseDesk, id: string, reason: IdentityReason): Promise<Outcome<OpenedIdentity, CaseRefusal>> {
  const seen = await findSeen(deps, desk, id);
  if (!seen) return refused('not-found');
  if (!desk.may('complaint.identity')) return refused('not-allowed');
  if (seen.sealedIdentity === null) return refused('no-identity');
  const key = await caseKey(deps, id, 'identity');
  if (key === undefined) return refused('forgotten');
  await deps.store.record(caseEvent(deps, desk.jurisdiction, 'identity-opened', id, { reason }, desk.actor));
  return done(complainant.parse(JSON.parse(deps.seals.open(key, `${id}|identity`, seen.sealedIdentity))));
}

/** One file of a case, recorded before it is shown. */
export async function openCaseFile(deps: CaseDeps, desk: CaseDesk, id: string, file: string): Promise<Outcome<{ readonly type: CaseFile['type']; readonly bytes: Uint8Array }, 'not-found'>> {
  const seen = await findSeen(deps, desk, id);
  if (!seen) return refused('not-found');
  const opened = await openFile(deps, seen.complaint, file, () => true);
  if (opened.ok) await deps.store.record(caseEvent(deps, desk.jurisdiction, 'file-opened', id, { file }, desk.actor));
  return opened;
}

/** 转来的诉求: what an institution may read, newest first; never a number, a name or the words of who complained. */
export async function forwardedTo(deps: CaseDeps, desk: CaseDesk): Promise<readonly ForwardedView[]> {
  if (desk.institution === null || !desk.may('complaint.reply')) return [];
  const views: ForwardedView[] = [];
  for (const { complaint, forward } of await deps.store.forwardsTo(desk.jurisdiction, desk.institution)) {
    const key = await caseKey(deps, complaint, 'story');
    if (key === undefined) continue;
    const { id, version, at, replyBy, sealedText, sealedReply, repliedAt } = forward;
    views.push({
      id, version, at, replyBy, repliedAt, text: deps.seals.open(key, `${complaint}|forward|${id}`, sealedText),
      reply: sealedReply === null ? null : deps.seals.open(key, `${complaint}|reply|${id}`, sealedReply),
    });
  }
  return views;
}
