import { moves, type MoveKind } from '#domain/complaints/moves.ts';
import type { CaseStep } from '#server/casePages.ts';
import { fieldsOf, isUseful, type FieldContext } from '#server/pages/caseMoves.ts';
import { caseTemplates, isFor } from '#text/caseTemplates.ts';
import { caseActText, type CaseAct } from '#text/casesForms.ts';

/** Keys of the moves, in the order their buttons stand: what comes next in a case first. */
const keys: readonly (readonly [CaseAct, string])[] = [
  ['policeReport', 'l'], ['closeTask', 'd'], ['accept', 'a'], ['handOver', 'h'], ['recordReceipt', 'g'], ['recordReply', 'r'], ['answer', 'w'], ['close', 'c'], ['recordCall', 'v'], ['take', 't'], ['investigate', 'i'], ['extend', 'y'], ['askNoLonger', 's'], ['ask', 'q'], ['notAccept', 'x'],
  ['note', 'b'], ['assign', 'z'], ['addTask', 'o'], ['handBack', ''], ['askExtension', 'e'], ['merge', 'm'], ['massCase', ''], ['uphold', ''], ['redo', ''], ['hold', ''], ['releaseHold', ''],
];
/** Moves that lead on from where the case stands; the others lie folded together. */
const leading: readonly CaseAct[] = ['take', 'accept', 'notAccept', 'investigate', 'handOver', 'recordReceipt', 'recordReply', 'ask', 'askNoLonger', 'answer', 'close', 'recordCall', 'extend', 'policeReport', 'closeTask', 'handBack'];

const isOpen = (act: CaseAct, open: readonly MoveKind[]): boolean => Object.hasOwn(moves, act) && open.includes(act);

/** The forms of a case: each move that is open and makes sense, with its fields, what was typed into it and what was wrong with it. */
export function moveForms(step: CaseStep, context: FieldContext) {
  const errorOf = (name: string): string | undefined => step.errors.find(({ field }) => field === name)?.message;
  const reportIsDue = step.view.tasks.some(({ kind, state }) => kind === 'policeReport' && state === 'open');
  const forms = keys.filter(([act]) => isOpen(act, step.view.moves) && isUseful(act, step.view, step.desk.actor)).map(([act, key]) => {
    const fields = fieldsOf(act, context).map((one) => ({ ...one, value: step.typed['act'] === act ? step.typed[one.name] ?? '' : one.value, error: errorOf(one.name) }));
    const templates = (caseTemplates[act] ?? []).filter((template) => isFor(template, step.view.complaint.subject)).map(({ key: value, name }) => ({ value, label: name }));
    return { act, key, ...caseActText[act], templates, fields, isOpen: step.typed['act'] === act, isLeading: leading.includes(act) && (act !== 'policeReport' || reportIsDue) };
  });
  return { leading: forms.filter((form) => form.isLeading), others: forms.filter((form) => !form.isLeading) };
}
export type MoveForm = ReturnType<typeof moveForms>['leading'][number];
