import type { CaseView, OpenMessage, OpenTask } from '#domain/complaints/caseViews.ts';
import type { CaseFile } from '#domain/complaints/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { complaintExtras } from '#server/complaintExtras.ts';
import type { CaseStep } from '#server/casePages.ts';
import { leadWords } from '#server/pages/caseQueue.ts';
import { dayWords, dueView, momentWords, saidOf, type CaseNames } from '#server/pages/caseWords.ts';
import { deadlineBasisText, holdText, identityHintText, messageKindText, reasonText, stepText, taskKindText, taskStateText } from '#text/cases.ts';
import { casePageText as words } from '#text/casesForms.ts';

type Fact = { readonly name: string; readonly value: string | null; readonly missing?: string; readonly note?: string; readonly href?: string };
const only = (facts: readonly (Fact | false)[]): readonly Fact[] => facts.filter((fact): fact is Fact => fact !== false);

const sizeWords = (bytes: number): string => (bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${String(Math.max(1, Math.round(bytes / 1_024)))} KB`);
const fileKinds: Readonly<Record<CaseFile['type'], string>> = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP', 'application/pdf': 'PDF' };
const filesOf = (id: string, files: readonly CaseFile[]) => files.map((file, at) => ({ href: `/office/cases/${id}/files/${file.id}/`, text: words.file(at + 1, fileKinds[file.type], sizeWords(file.size)) }));

/** 办理情况: where the case stands, who has it, and what its days rest on. */
export function caseFacts({ complaint, masterReference }: CaseView, names: CaseNames): readonly Fact[] {
  const said = saidOf(complaint);
  const { clock, assignment } = complaint;
  return only([
    { name: words.handler, value: complaint.handler === null ? null : names.account(complaint.handler), missing: words.nobodyHandles },
    { name: words.lead, value: assignment.lead === null ? null : leadWords(complaint, names), missing: words.noLead, ...(assignment.line === null ? {} : { note: words.line(assignment.line) }) },
    assignment.joint.length > 0 && { name: words.joint, value: assignment.joint.map((key) => names.department(key)).join('、') },
    complaint.state === 'received' && { name: words.confirmBy, value: clock.confirmBy && dayWords(clock.confirmBy), missing: words.unknownDay }, { name: words.answerBy, value: clock.answerBy && dayWords(clock.answerBy), missing: words.unknownDay },
    { name: words.clockBasis, value: deadlineBasisText[clock.basis] }, complaint.extendedFrom !== null && { name: words.extended, value: dayWords(complaint.extendedFrom) },
    complaint.waitingSince !== null && { name: words.waiting, value: momentWords(complaint.waitingSince) }, { name: words.received, value: momentWords(complaint.receivedAt) },
    { name: words.channel, value: said.channel }, complaint.externalNumber !== null && { name: words.external, value: complaint.externalNumber }, complaint.externalDeadline !== null && { name: words.externalDeadline, value: dayWords(complaint.externalDeadline) },
    { name: words.street, value: names.street(complaint.subdistrict) || null, missing: '—' }, { name: words.identity, value: said.identity, note: identityHintText[complaint.identity] }, complaint.staffWitness && { name: words.staff, value: words.staffYes },
    complaint.keepUntil !== null && { name: words.kept, value: dayWords(complaint.keepUntil) }, complaint.isMass && { name: words.mass, value: words.massYes },
    complaint.master !== null && { name: words.master, value: masterReference, href: `/office/cases/${complaint.master}/` }, complaint.legalHold !== null && { name: words.hold, value: holdText[complaint.legalHold] },
    complaint.satisfaction !== null && { name: words.satisfaction, value: words.satisfactionOf(complaint.satisfaction) },
  ]);
}

/** 发生时间 in one line. */
export const happenedWords = ({ story }: CaseView): string | null =>
  (story === null ? null : [[story.happenedOn, story.happenedUntil].filter((day) => day !== null).map(dayWords).join('至'), story.happenedAt].filter(Boolean).join(' ') || null);

/** The institution a case is about, by its record or in the parent's words. */
export const institutionWords = ({ institution, story }: CaseView): string | null =>
  institution?.name ?? (story === null || story.institutionName === null ? null : `${story.institutionName}${words.notInDirectory}`);

/** Extra questions of the subject with what was said to each; a question that is no longer asked stands under its key. */
function answersOf({ story, complaint: { subject } }: CaseView): readonly Fact[] {
  const { questions } = complaintExtras({ subject });
  return Object.entries(story?.answers ?? {}).map(([key, value]) => ({ name: questions.find((question) => question.key === key)?.label ?? key, value }));
}

const resultWords = (task: OpenTask): string | null => {
  if (task.result === null || task.kind !== 'policeReport') return task.result;
  const read = /"on":"([\d-]+)","time":"([\d:]+)","number":(?:"([^"]*)"|null)/.exec(task.result);
  return read ? words.reported(dayWords(read[1] ?? ''), read[2] ?? '', read[3] ?? '') : task.result;
};

function taskView(task: OpenTask, names: CaseNames, today: IsoDate, id: string) {
  const late = task.state === 'open' && task.dueOn !== null && task.dueOn < today;
  return {
    id: task.id, isOpen: task.state === 'open', isLate: late, isFirst: task.state === 'open' && (task.kind === 'secureEvidence' || task.kind === 'policeReport'), kind: task.kind, title: [taskKindText[task.kind], names.department(task.department)].filter(Boolean).join('：'), state: late ? words.overdueTask : task.state === 'open' && task.dueOn === today ? words.today : taskStateText[task.state],
    facts: [
      task.documentNumber, reasonText(task.reason), task.dueOn === null ? null : `${words.due}：${dayWords(task.dueOn)}`,
      task.kind === 'handover' || task.kind === 'joint' ? (task.receivedOn === null ? (task.state === 'open' ? words.notSigned : null) : `${words.signed}：${dayWords(task.receivedOn)}`) : null, task.doneAt === null || task.state !== 'done' ? null : `${words.done}：${momentWords(task.doneAt)}`,
    ].filter((part) => part !== null && part !== '').join(' · '),
    result: resultWords(task), paper: task.kind === 'handover' || task.kind === 'joint' ? `/office/cases/${id}/print/?what=handover&task=${task.id}` : task.kind === 'secureEvidence' ? `/office/cases/${id}/print/?what=secureEvidence` : null,
  };
}

const inside = ['note', 'departmentReply', 'institutionReply'];
const messageView = ({ id, at, kind, by, text, files }: OpenMessage, names: CaseNames, caseId: string) =>
  ({ id, at: momentWords(at), kind: messageKindText[kind], isInside: inside.includes(kind), isTheirs: kind === 'addition' || kind === 'reply' || kind === 'reopening', by: names.account(by), text, files: filesOf(caseId, files) });

/** One case as its page shows it, besides the forms. */
export function caseParts({ view, names, query, next }: CaseStep, today: IsoDate) {
  const { complaint, story } = view;
  const [said, id] = [saidOf(complaint), complaint.id];
  const tasks = view.tasks.map((task) => taskView(task, names, today, id));
  return {
    id, version: complaint.version, reference: complaint.reference, state: said.state, tone: said.tone, due: dueView(view.due), head: [said.kind, said.subject, institutionWords(view) ?? words.noInstitution].join(' · '), isForgotten: story === null,
    story: story?.happened ?? null, storyFacts: only([{ name: words.happenedOn, value: happenedWords(view), missing: '—' }, { name: words.institution, value: institutionWords(view), missing: words.noInstitution }, story !== null && story.ownTopic !== null && { name: words.ownTopic, value: story.ownTopic }, ...answersOf(view)]),
    files: filesOf(id, view.files), facts: caseFacts(view, names), messages: view.messages.map((message) => messageView(message, names, id)), first: tasks.filter(({ isFirst }) => isFirst).toSorted((one, other) => Number(other.kind === 'secureEvidence') - Number(one.kind === 'secureEvidence')), tasks,
    forwards: view.forwards.map((one) => ({ id: one.id, to: names.institution(one.institution) ?? words.noInstitution, at: momentWords(one.at), text: one.text, replyBy: one.replyBy && dayWords(one.replyBy), reply: one.reply, repliedAt: one.repliedAt === null ? null : momentWords(one.repliedAt) })),
    history: view.history.map((step) => ({ at: momentWords(step.at), what: [stepText(step.move), names.department(step.department), reasonText(step.reason)].filter(Boolean).join('：'), by: names.account(step.actor) })),
    members: view.members.map((one) => ({ href: `/office/cases/${one.id}/`, text: one.reference, at: momentWords(one.receivedAt) })), hasIdentity: view.hasIdentity, mayForward: view.moves.includes('forward'), mayIdentity: view.moves.includes('openIdentity') && view.hasIdentity,
    back: `/office/cases/${query}`, nextHref: next === null ? null : `/office/cases/${next}/${query}`, next,
  };
}
export type CaseParts = ReturnType<typeof caseParts>;
