import type { AuditDraft } from '#domain/audit/model.ts';
import { readNotice, type CallActor, type CallReason, type CallRefusal, type CallResult, type CallRow, type Notice, type NoticeContact, type NoticeKind, type NoticeSubject } from '#domain/notices/model.ts';
import type { CallStore, NoticeSource, OutboxStore } from '#domain/notices/ports.ts';
import { planAheadMs, refusalFor, reminderDue, reminderKey, stillTrue } from '#domain/notices/rules.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** What notices need; `now` is the domain's day and time. */
export type NoticeDeps = {
  readonly outbox: OutboxStore; readonly calls: CallStore; readonly source: NoticeSource; readonly now: () => Instant; readonly newId: () => string;
  readonly seal: (id: string, body: unknown) => string;
  readonly open: (id: string, sealed: string) => unknown;
};

/** A notice as it may be told now, with what it is about; undefined when there is nothing (any more) to tell. */
export async function tellable(deps: Pick<NoticeDeps, 'source' | 'open' | 'now'>, row: { readonly id: string; readonly jurisdiction: CallRow['jurisdiction']; readonly kind: NoticeKind; readonly sealed: string }):
  Promise<{ readonly notice: Notice; readonly subject: NoticeSubject; readonly openContact: () => NoticeContact | undefined } | undefined> {
  const notice = readNotice(row.kind, deps.open(row.id, row.sealed));
  const found = await deps.source.find(row.jurisdiction, notice);
  if (!found) return undefined;
  if (notice.kind === 'demand-free-place' || notice.kind === 'demand-institution-closed' || notice.kind === 'correction-reported-institution' || notice.kind === 'correction-reported-regulator' || notice.kind === 'free-places-due' || notice.kind === 'listing-decided') return { notice, ...found };
  if (found.subject.about !== 'booking') return undefined;
  if (notice.kind === 'desk-booking') return stillTrue(notice.body.of, found.subject, deps.now()) ? { notice, ...found } : undefined;
  return stillTrue(notice.kind, found.subject, deps.now(), notice.body.startsAt) ? { notice, ...found } : undefined;
}

/** 排提醒: writes the reminders of what begins soon, once each, however often it is asked and by how many. Answers how many were new. */
export async function planReminders(deps: Pick<NoticeDeps, 'outbox' | 'now' | 'newId' | 'seal'>): Promise<number> {
  const now = deps.now();
  const soon = await deps.outbox.unreminded(now, instant.parse(now + planAheadMs));
  return deps.outbox.plan(soon.flatMap(({ booking, jurisdiction, startsAt, bookedAt }) => {
    const dueAt = reminderDue(startsAt, bookedAt, now);
    if (dueAt === null) return [];
    const id = deps.newId();
    return [{ id, jurisdiction, kind: 'reminder', sealed: deps.seal(id, { booking, startsAt }), dedupKey: reminderKey(booking, startsAt), at: now, dueAt }];
  }));
}

const eventOf = (deps: NoticeDeps, actor: { readonly account: string }, row: CallRow, kind: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.newId(), jurisdiction: row.jurisdiction, at: deps.now(), kind, actor: actor.account, objectKind: 'call', objectId: row.id, detail: { notice: row.kind, ...detail } });

const isWaiting = (row: CallRow): boolean => row.state === 'open' || row.state === 'notReached';

async function allowed(deps: NoticeDeps, actor: CallActor, id: string): Promise<Outcome<CallRow, CallRefusal>> {
  const row = await deps.calls.find(actor.jurisdiction, id);
  if (!row) return refused('not-found');
  const reason = refusalFor(actor, row, deps.now());
  return reason === undefined ? done(row) : refused(reason === 'not-yours' ? 'not-found' : reason);
}

/** What one who calls sees: the number, how to address who answers, and what it is about. */
export type OpenedCall = { readonly row: CallRow; readonly contact: NoticeContact; readonly subject: NoticeSubject };

/** 打开电话: shows the number of one row to one who may call, after the opening has been recorded. A row with nothing left to tell is closed instead. */
export async function openCallRow(deps: NoticeDeps, actor: CallActor, id: string, reason: CallReason): Promise<Outcome<OpenedCall, CallRefusal>> {
  const mine = await allowed(deps, actor, id);
  if (!mine.ok) return mine;
  const row = mine.value;
  if (!isWaiting(row)) return refused('no-longer-needed');
  const found = await tellable(deps, row);
  const contact = found?.openContact();
  if (!found || !contact) {
    await deps.calls.mark(row, 'void', 'system', deps.now(), eventOf(deps, { account: 'system' }, row, 'call-void', {}));
    return refused('no-longer-needed');
  }
  await deps.calls.record(eventOf(deps, actor, row, 'call-opened', { reason }));
  return done({ row, contact, subject: found.subject });
}

/** 记通话结果: 已通知, 未接 or 改期; each counts as a try. Refused when someone else wrote meanwhile. */
export async function markCallRow(deps: NoticeDeps, actor: CallActor, id: string, version: number, result: CallResult): Promise<Outcome<CallResult, CallRefusal>> {
  const mine = await allowed(deps, actor, id);
  if (!mine.ok) return mine;
  const row = mine.value;
  if (row.version !== version) return refused('changed-meanwhile');
  if (!isWaiting(row)) return refused('no-longer-needed');
  const saved = await deps.calls.mark(row, result, actor.account, deps.now(), eventOf(deps, actor, row, 'call-marked', { result, tries: row.tries + 1 }));
  return saved === 'saved' ? done(result) : refused('changed-meanwhile');
}
