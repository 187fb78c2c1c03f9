import type { CallActor, NoticeKind, Reached } from '#domain/notices/model.ts';
import type { OpenedCall } from '#domain/notices/commands.ts';
import { reachedShare } from '#domain/notices/rules.ts';
import { writeInstant } from '#domain/shared/dates.ts';
import type { CallList } from '#server/notices.ts';
import { callsText } from '#text/calls.ts';
import { callScript, callStateText, noticeKindText } from '#text/notices.ts';

/** A row of 电话通知清单 as a page shows it: no number, no name. */
export type CallRowView = {
  readonly id: string; readonly version: number; readonly what: string; readonly host: string; readonly reference: string;
  /** When what it is about begins; null for a free place or a report. */
  readonly startsAt: string | null;
  readonly dueAt: string; readonly state: string; readonly tries: number; readonly needed: boolean;
};
export type CallListView = { readonly rows: readonly CallRowView[]; readonly reached: ReachedView; readonly causes: readonly (readonly [cause: string, told: string, waiting: string, share: string])[] };
type ReachedView = { readonly percent: number | null; readonly told: number; readonly all: number };

const reachedView = (reached: Reached): ReachedView => {
  const told = reached.told + reached.changed;
  return { percent: reachedShare(reached), told, all: told + reached.notReached + reached.open };
};

/** 已通知比例 by cause, the least reached first: where families still do not know. */
const causeRows = (byCause: ReadonlyMap<NoticeKind, Reached>): CallListView['causes'] => [...byCause].map(([kind, reached]) => ({ kind, ...reachedView(reached) }))
  .toSorted((one, other) => (one.percent ?? 100) - (other.percent ?? 100) || other.all - one.all)
  .map(({ kind, percent, told, all }) => [noticeKindText[kind], `${String(told)}／${String(all)}`, String(all - told), percent === null ? callsText.noShare : callsText.share(percent)]);

/** 电话通知清单 of an account, with the place's 已通知比例. Instants with their offset, Asia/Shanghai. */
export async function callListView(callList: CallList, actor: CallActor): Promise<CallListView> {
  const [reached, byCause] = await Promise.all([callList.reached(actor.jurisdiction), actor.side === 'office' ? callList.reachedByCause(actor.jurisdiction) : new Map<NoticeKind, Reached>()]);
  return {
    reached: reachedView(reached), causes: causeRows(byCause),
    rows: (await callList.openRows(actor)).map(({ row, subject }) => ({
      id: row.id, version: row.version, what: noticeKindText[row.kind], host: subject.host.name, reference: subject.reference, startsAt: subject.about === 'booking' ? writeInstant(subject.startsAt) : null,
      dueAt: writeInstant(row.dueAt), state: callStateText[row.state], tries: row.tries, needed: row.needed,
    })),
  };
}

/** One opened row: the number, how to address who answers, and what to read aloud. Never kept in a cache. */
export const openedCallView = ({ row, contact, subject }: OpenedCall): { readonly id: string; readonly version: number; readonly phone: string; readonly contactName: string | null; readonly script: readonly string[] } =>
  ({ id: row.id, version: row.version, phone: contact.phone, contactName: contact.contactName, script: callScript(row.kind, subject, contact) });
