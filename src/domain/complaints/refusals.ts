/** Why a complainant's act is refused; the sentences are in `src/text/complaintMoves.ts`. */
export const parentRefusals = ['wrong-state', 'changed-meanwhile', 'not-answered-yet', 'not-unsatisfied', 'too-late', 'reopened-before', 'too-many-files', 'forgotten'] as const;
export type ParentRefusal = (typeof parentRefusals)[number];

/** Why a desk's move is refused. */
export const caseRefusals = [
  'not-found', 'not-allowed', 'wrong-state', 'changed-meanwhile', 'forgotten', 'unknown-department', 'unknown-institution', 'unknown-account', 'unknown-task', 'unknown-case',
  'extended-before', 'extension-asked', 'no-extension-asked', 'same-person', 'not-waiting', 'waiting', 'no-receipt', 'tasks-open', 'same-case', 'not-a-master', 'no-identity', 'replied-before', 'calendar-ends', 'extension-too-long',
] as const;
export type CaseRefusal = (typeof caseRefusals)[number];
