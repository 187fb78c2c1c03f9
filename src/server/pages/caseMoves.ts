import type { CaseView, OpenTask } from '#domain/complaints/caseViews.ts';
import { callResults, extensionReasons, handoverReasons, holdReasons, mergeReasons, notAcceptedReasons, streetDepartments } from '#domain/complaints/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { CaseNames } from '#server/pages/caseWords.ts';
import { callResultText, extensionText, handoverText, holdText, mergeText, notAcceptedText, taskKindText } from '#text/cases.ts';
import { caseFieldText as words, type CaseAct } from '#text/casesForms.ts';
import { caseFieldLabels } from '#text/casesFields.ts';

type Choice = { readonly value: string; readonly label: string };
/** One field of a move's form. `value` is what stands in it to begin with. */
export type MoveField = { readonly kind: 'line' | 'words' | 'pick' | 'day' | 'time' | 'number'; readonly name: string; readonly label: string; readonly hint?: string; readonly options?: readonly Choice[]; readonly value: string; readonly required: boolean };
export type FieldContext = { readonly view: CaseView; readonly names: CaseNames; readonly place: Jurisdiction; readonly colleagues: readonly Choice[]; readonly today: IsoDate; readonly time: string };

const listed = <const Key extends string>(keys: readonly Key[], texts: Readonly<Record<Key, string>>): readonly Choice[] => keys.map((value) => ({ value, label: texts[value] }));
const picked = (options: readonly Choice[]): readonly Choice[] => [{ value: '', label: words.pick }, ...options];
const field = (kind: MoveField['kind'], name: string, more: Partial<MoveField> = {}): MoveField => ({ kind, name, label: caseFieldLabels[name] ?? '', value: '', required: true, ...more });

const isOut = ({ kind, state }: OpenTask): boolean => state === 'open' && (kind === 'handover' || kind === 'joint');
const taskWords = (task: OpenTask, names: CaseNames): string => [taskKindText[task.kind], names.department(task.department)].filter(Boolean).join('：');
const tasksAs = ({ view, names }: FieldContext, which: (task: OpenTask) => boolean): readonly Choice[] => view.tasks.filter(which).map((task) => ({ value: task.id, label: taskWords(task, names) }));
const departmentsOf = ({ place }: FieldContext): readonly Choice[] => place.departments.map(({ key, name }) => ({ value: key, label: name }));

/** Why it is handed on, as the case suggests: handed back before, several laws with a street in charge, or simply by duty. */
const handoverReason = ({ view: { complaint, tasks } }: FieldContext): string =>
  (tasks.some(({ kind, state }) => kind === 'handover' && state === 'returned') ? 'wrongAddress' : complaint.assignment.lead !== null && streetDepartments.includes(complaint.assignment.lead) && complaint.assignment.joint.length > 0 ? 'severalLaws' : 'duty');

const firstOf = (choices: readonly Choice[]): string => choices[0]?.value ?? '';
const waitsForReceipt = (task: OpenTask): boolean => isOut(task) && task.receivedOn === null;

const fields: Partial<Readonly<Record<CaseAct, (context: FieldContext) => readonly MoveField[]>>> = {
  assign: ({ colleagues }) => [field('pick', 'assign-account', { options: picked(colleagues) })],
  notAccept: () => [field('pick', 'notAccept-reason', { options: picked(listed(notAcceptedReasons, notAcceptedText)) }), field('words', 'notAccept-words', { hint: words.whereToGoHint })],
  handOver: (context) => [
    field('pick', 'handOver-department', { options: picked(departmentsOf(context)), value: context.view.complaint.assignment.lead ?? '' }), field('pick', 'handOver-reason', { options: listed(handoverReasons, handoverText), value: handoverReason(context) }),
    field('line', 'handOver-documentNumber', { hint: words.documentNumberHint, required: false }),
  ],
  recordReceipt: (context) => { const tasks = tasksAs(context, waitsForReceipt); return [field('pick', 'recordReceipt-task', { options: tasks, value: firstOf(tasks) }), field('day', 'recordReceipt-receivedOn', { value: context.today })]; },
  handBack: () => [field('words', 'handBack-words')],
  recordReply: (context) => { const tasks = tasksAs(context, isOut); return [field('pick', 'recordReply-task', { options: tasks, value: firstOf(tasks) }), field('words', 'recordReply-words')]; },
  addTask: (context) => [
    field('pick', 'addTask-kind', { options: listed(['joint', 'callBack', 'secureEvidence'], taskKindText), value: 'joint' }), field('pick', 'addTask-department', { options: [{ value: '', label: words.nobody }, ...departmentsOf(context)], required: false, value: context.view.complaint.assignment.joint[0] ?? '' }),
    field('day', 'addTask-dueOn', { required: false }),
  ],
  closeTask: (context) => { const tasks = tasksAs(context, ({ state, kind }) => state === 'open' && kind !== 'extension'); return [field('pick', 'closeTask-task', { options: tasks, value: firstOf(tasks) }), field('words', 'closeTask-words', { hint: words.closeWordsHint })]; },
  policeReport: ({ today, time }) => [field('day', 'policeReport-on', { value: today }), field('time', 'policeReport-time', { value: time }), field('line', 'policeReport-number', { hint: words.policeNumberHint, required: false })],
  ask: () => [field('words', 'ask-words')],
  note: () => [field('words', 'note-words')],
  askExtension: () => [field('pick', 'askExtension-reason', { options: picked(listed(extensionReasons, extensionText)) }), field('number', 'askExtension-workdays', { value: '5' })],
  answer: () => [field('words', 'answer-words')],
  recordCall: () => [field('pick', 'recordCall-result', { options: picked(listed(callResults, callResultText)) }), field('words', 'recordCall-words', { required: false })],
  merge: () => [field('line', 'merge-master'), field('pick', 'merge-reason', { options: listed(mergeReasons, mergeText), value: 'duplicate' })],
  uphold: () => [field('words', 'uphold-words')],
  redo: () => [field('words', 'redo-words')],
  hold: () => [field('pick', 'hold-reason', { options: picked(listed(holdReasons, holdText)) })],
};

/** The fields of a move's form; none: the button alone is enough. */
export const fieldsOf = (act: CaseAct, context: FieldContext): readonly MoveField[] => fields[act]?.(context) ?? [];

const has = (tasks: readonly OpenTask[], which: (task: OpenTask) => boolean): boolean => tasks.some(which);

/** Whether a move the state allows makes sense now: nothing to sign for, nothing to wait for, not taken by oneself already. */
export function isUseful(act: CaseAct, { complaint, tasks }: CaseView, me: string): boolean {
  switch (act) {
    case 'take': return complaint.handler !== me;
    case 'recordReceipt': return has(tasks, waitsForReceipt);
    case 'recordReply': return has(tasks, isOut);
    case 'handBack': return has(tasks, ({ kind, state }) => kind === 'handover' && state === 'open');
    case 'closeTask': return has(tasks, ({ kind, state }) => state === 'open' && kind !== 'extension');
    case 'ask': return complaint.waitingSince === null;
    case 'askNoLonger': return complaint.waitingSince !== null;
    case 'askExtension': return complaint.extendedFrom === null && !has(tasks, ({ kind, state }) => kind === 'extension' && state === 'open');
    case 'extend': return has(tasks, ({ kind, state }) => kind === 'extension' && state === 'open');
    case 'massCase': return !complaint.isMass && complaint.master === null;
    case 'hold': return complaint.legalHold === null;
    case 'releaseHold': return complaint.legalHold !== null;
    default: return true;
  }
}
