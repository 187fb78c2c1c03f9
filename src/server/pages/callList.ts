import type { CallActor } from '#domain/notices/model.ts';
import type { OpenedCall } from '#domain/notices/commands.ts';
import { reachedShare } from '#domain/notices/rules.ts';
import { writeInstant } from '#domain/shared/dates.ts';
import type { CallList } from '#server/notices.ts';
import { callScript, callStateText, noticeKindText } from '#text/notices.ts';

/** A row of 电话通知清单 as a page shows it: no number, no name. */
export type CallRowView = {
  readonly id: string; readonly version: number; readonly what: string; readonly host: string; readonly reference: string;
  /** When what it is about begins; null for a free place or a report. */
  readonly startsAt: string | null;
  readonly dueAt: string; readonly state: string; readonly tries: number; readonly needed: boolean;
};
export type CallListView = { readonly rows: readonly CallRowView[]; readonly reached: { readonly percent: number | null; readonly told: number; readonly all: number } };

/** 电话通知清单 of an account, with the place's 已通知比例. Instants with their offset, Asia/Shanghai. */
export async function callListView(callList: CallList, actor: CallActor): Promise<CallListView> {
  const reached = await callList.reached(actor.jurisdiction);
  const told = reached.told + reached.changed;
  return {
    reached: { percent: reachedShare(reached), told, all: told + reached.notReached + reached.open },
    rows: (await callList.openRows(actor)).map(({ row, subject }) => ({
      id: row.id, version: row.version, what: noticeKindText[row.kind], host: subject.host.name, reference: subject.reference, startsAt: subject.about === 'booking' ? writeInstant(subject.startsAt) : null,
      dueAt: writeInstant(row.dueAt), state: callStateText[row.state], tries: row.tries, needed: row.needed,
    })),
  };
}

/** One opened row: the number, how to address who answers, and what to read aloud. Never kept in a cache. */
export const openedCallView = ({ row, contact, subject }: OpenedCall): { readonly id: string; readonly version: number; readonly phone: string; readonly contactName: string | null; readonly script: readonly string[] } =>
  ({ id: row.id, version: row.version, phone: contact.phone, contactName: contact.contactName, script: callScript(row.kind, subject, contact) });
