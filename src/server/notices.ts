import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { markCallRow, openCallRow, tellable, type OpenedCall } from '#domain/notices/commands.ts';
import type { CallActor, CallReason, CallRefusal, CallResult, CallRow, NoticeKind, NoticeSubject, Reached } from '#domain/notices/model.ts';
import type { DeadLetter } from '#domain/notices/ports.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { callStore } from '#storage/callRows.ts';
import { loadNotifyAddresses } from '#storage/files/notifyAddresses.ts';
import { newId } from '#storage/ids.ts';
import { outboxStore } from '#storage/notices.ts';
import type { Storage } from '#storage/schema.ts';
import type { Config } from '#server/config.ts';
import type { Keyring } from '#server/crypto.ts';
import type { DeliverDeps } from '#server/deliver.ts';
import type { Demands } from '#server/demand.ts';
import { mailSender } from '#server/mail.ts';
import { noticeSource } from '#server/noticeSource.ts';
import { keepDelivering, machineNow, type Outbox } from '#server/outbox.ts';
import { smsSender } from '#server/sms.ts';

/** A row of the list with what it is about; no number. */
export type ListedCall = { readonly row: CallRow; readonly subject: NoticeSubject };

/** 电话通知清单 and 未送达 as desk pages use them. */
export type CallList = {
  /** Rows this account may work on now; what is no longer so is left out. */
  readonly openRows: (actor: CallActor) => Promise<readonly ListedCall[]>;
  readonly open: (actor: CallActor, id: string, reason: CallReason) => Promise<Outcome<OpenedCall, CallRefusal>>;
  readonly mark: (actor: CallActor, id: string, version: number, result: CallResult) => Promise<Outcome<CallResult, CallRefusal>>;
  /** 已通知比例 of the last 30 days. */
  readonly reached: (jurisdiction: JurisdictionCode) => Promise<Reached>;
  /** The same by what the calls were about. */
  readonly reachedByCause: (jurisdiction: JurisdictionCode) => Promise<ReadonlyMap<NoticeKind, Reached>>;
  readonly deadLetters: (jurisdiction: JurisdictionCode) => Promise<readonly DeadLetter[]>;
  /** Tries a dead letter anew, recorded under the account's name; false when it is none. */
  readonly revive: (jurisdiction: JurisdictionCode, id: string, account: string) => Promise<boolean>;
};

/** The parts notices are made of; a test puts its own channels and clock in. */
export function noticeDeps(given: { readonly storage: Storage; readonly keys: Keyring; readonly demand: Pick<Demands, 'contactFor' | 'contactWhileStanding'>; readonly config: Pick<Config, 'mailUrl' | 'smsUrl' | 'dataDir'>; readonly now: () => Instant }): DeliverDeps {
  const { storage, keys, demand, config, now } = given;
  const addresses = loadNotifyAddresses(join(config.dataDir, 'notify.json'));
  return {
    outbox: outboxStore(storage), calls: callStore(storage), source: noticeSource(storage, keys, demand), now, newId,
    seal: (id, body) => keys.seal('outbox', id, JSON.stringify(body)), open: (id, sealed) => JSON.parse(keys.open('outbox', id, sealed)),
    sms: smsSender(config.smsUrl, Date.now), mail: mailSender(config.mailUrl), chance: () => randomInt(1_000_000) / 1_000_000,
    addressOf: (jurisdiction, institution) => (institution === null ? addresses[jurisdiction]?.office : addresses[jurisdiction]?.institutions[institution]) ?? null,
  };
}

/** 电话通知清单 over its parts. */
export const makeCallList = (deps: DeliverDeps): CallList => ({
  openRows: async (actor) => {
    const listed: ListedCall[] = [];
    for (const row of await deps.calls.openRows(actor, deps.now())) {
      const found = await tellable(deps, row);
      if (found) listed.push({ row, subject: found.subject });
    }
    return listed;
  },
  open: (actor, id, reason) => openCallRow(deps, actor, id, reason),
  mark: (actor, id, version, result) => markCallRow(deps, actor, id, version, result),
  reached: (jurisdiction) => deps.calls.reached(jurisdiction, instant.parse(deps.now() - 30 * 86_400_000)),
  reachedByCause: (jurisdiction) => deps.calls.reachedByCause(jurisdiction, instant.parse(deps.now() - 30 * 86_400_000)),
  deadLetters: (jurisdiction) => deps.outbox.deadLetters(jurisdiction),
  revive: (jurisdiction, id, account) => deps.outbox.revive(jurisdiction, id, deps.now(),
    { id: newId(), jurisdiction, at: deps.now(), kind: 'notice-revived', actor: account, objectKind: 'notice', objectId: id, detail: {} }),
});

/** The storage whose every write wakes the outbox after its commit. */
export const waking = (storage: Storage, wake: () => void): Storage =>
  ({ ...storage, write: async (work) => { const result = await storage.write(work); wake(); return result; } });

/** The call list and the worker of this process, at work from now on. */
export function startNotices(given: Parameters<typeof noticeDeps>[0], report: (fault: unknown) => void): { readonly callList: CallList; readonly outbox: Outbox } {
  const deps = noticeDeps(given);
  return { callList: makeCallList(deps), outbox: keepDelivering(deps, machineNow, report) };
}
