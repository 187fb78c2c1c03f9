import type { IsoDate, Instant } from '#domain/shared/dates.ts';
import type { CaseFile, CaseMove, CaseTask, Complaint, Complainant, MessageKind, Story } from '#domain/complaints/model.ts';
import type { CaseInstitution } from '#domain/complaints/ports.ts';
import type { MoveKind } from '#domain/complaints/moves.ts';

/** How a deadline stands on a day: 逾期, 今日到期, days left, 暂停 (waits for the complainant) or 暂不可计算. */
export type DueStanding = { readonly kind: 'overdue' | 'today' | 'ahead'; readonly on: IsoDate; readonly days: number } | { readonly kind: 'paused' | 'unknown' | 'none' };

/** One line of the queue: nothing of it is opened. */
export type CaseRow = { readonly complaint: Complaint; readonly due: DueStanding; readonly firstTask: CaseTask | null; readonly openTasks: number };
export type CasePage = { readonly total: number; readonly page: number; readonly size: number; readonly rows: readonly CaseRow[] };

export type OpenMessage = { readonly id: string; readonly at: Instant; readonly kind: MessageKind; readonly by: string; readonly text: string; readonly files: readonly CaseFile[] };
export type OpenTask = Omit<CaseTask, 'sealedResult'> & { readonly result: string | null };
export type OpenForward = { readonly id: string; readonly institution: string; readonly at: Instant; readonly replyBy: IsoDate | null; readonly text: string; readonly reply: string | null; readonly repliedAt: Instant | null };

/** 办件: one case on one screen. `story` null: its text has been forgotten. */
export type CaseView = {
  readonly complaint: Complaint; readonly story: Story | null; readonly institution: CaseInstitution | null; readonly due: DueStanding;
  /** Whether a name or a number is kept; openIdentity shows them. */
  readonly hasIdentity: boolean;
  readonly messages: readonly OpenMessage[]; readonly files: readonly CaseFile[]; readonly tasks: readonly OpenTask[]; readonly forwards: readonly OpenForward[]; readonly history: readonly CaseMove[];
  readonly members: readonly { readonly id: string; readonly reference: string; readonly receivedAt: Instant }[];
  readonly masterReference: string | null;
  /** Moves this desk may make now. */
  readonly moves: readonly MoveKind[];
};

/** What an institution sees: the words the office wrote for it, and its own. Never the case's number. */
export type ForwardedView = { readonly id: string; readonly version: number; readonly at: Instant; readonly replyBy: IsoDate | null; readonly text: string; readonly reply: string | null; readonly repliedAt: Instant | null };

/** 查看身份, once. */
export type OpenedIdentity = Complainant;
