import { caseFieldText as words } from '#text/casesForms.ts';

/** What each field of a move's form is called, by its name on the page. */
export const caseFieldLabels: Readonly<Record<string, string>> = {
  'assign-account': words.account, 'notAccept-reason': words.notAcceptReason, 'notAccept-words': words.whereToGo, 'handOver-department': words.department, 'handOver-reason': words.handOverReason, 'handOver-documentNumber': words.documentNumber,
  'recordReceipt-task': words.task, 'recordReceipt-receivedOn': words.receivedOn, 'handBack-words': words.handBackWords, 'recordReply-task': words.replyTask, 'recordReply-words': words.replyWords, 'addTask-kind': words.taskKind, 'addTask-department': words.taskDepartment, 'addTask-dueOn': words.taskDueOn,
  'closeTask-task': words.task, 'closeTask-words': words.closeWords, 'policeReport-on': words.policeOn, 'policeReport-time': words.policeTime, 'policeReport-number': words.policeNumber, 'ask-words': words.askWords, 'note-words': words.noteWords,
  'askExtension-reason': words.extensionReason, 'askExtension-workdays': words.workdays, 'answer-words': words.answerWords, 'recordCall-result': words.callResult, 'recordCall-words': words.callWords, 'merge-master': words.masterReference, 'merge-reason': words.mergeReason,
  'uphold-words': words.reviewWords, 'redo-words': words.reviewWords, 'hold-reason': words.holdReason,
};
