import { tellable, type NoticeDeps } from '#domain/notices/commands.ts';
import { noticeKind, officeNoticeKind, type CallRow, type LeasedRow, type Notice, type NoticeContact, type NoticeKind, type NoticeSubject, type OfficeNoticeKind } from '#domain/notices/model.ts';
import type { Delivery, MailSender, Settlement, SmsSender } from '#domain/notices/ports.ts';
import { backoff, concernsDesk, mostAttempts, needsCall, nextWaking, officeFrom, tellableAt } from '#domain/notices/rules.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { isSealError } from '#server/crypto.ts';
import { calendarOf } from '#server/noticeCalendar.ts';
import { calendarText, deskMail, listingMail, officeMail, placesMail, reportMail, smsText } from '#text/notices.ts';

/** What delivering needs; `chance` answers a number in [0, 1). */
export type DeliverDeps = NoticeDeps & {
  readonly sms: SmsSender | null; readonly mail: MailSender | null; readonly chance: () => number;
  /** 通知邮箱 of an institution, or of the office when `institution` is null; null: none. */
  readonly addressOf: (jurisdiction: JurisdictionCode, institution: string | null) => string | null;
};

type Told = { readonly notice: Notice; readonly subject: NoticeSubject; readonly openContact: () => NoticeContact | undefined };

const later = (deps: DeliverDeps, row: LeasedRow, fault: string, call: CallRow | null): Settlement =>
  (row.attempts >= mostAttempts ? { kind: 'dead', fault, call }
    : { kind: 'later', dueAt: instant.parse(deps.now() + backoff(row.attempts, deps.chance())), attempt: true, fault });

function callFor(deps: DeliverDeps, row: LeasedRow, kind: NoticeKind, subject: NoticeSubject): CallRow {
  const due = nextWaking(deps.now());
  // An institution calls its own families first; for anything else there is nobody but the office.
  const owner = subject.about === 'booking' && subject.host.kind === 'institution' ? subject.host.id : null;
  return {
    id: row.id, jurisdiction: row.jurisdiction, kind, sealed: row.sealed, institution: owner, subdistrict: subject.host.subdistrict, needed: needsCall(kind), dueAt: due,
    officeAt: owner === null ? due : officeFrom(due, kind), state: 'open', version: 1, tries: 0, workedBy: null, workedAt: null,
  };
}

const settled = (deps: DeliverDeps, row: LeasedRow, delivery: Delivery, call: CallRow | null): Settlement => {
  if (delivery.kind === 'sent') return { kind: 'sent' };
  return delivery.kind === 'never' ? { kind: 'dead', fault: delivery.fault, call } : later(deps, row, delivery.fault, call);
};

async function toMailbox(deps: DeliverDeps, row: LeasedRow, { notice, subject }: Told): Promise<Settlement> {
  const to = deps.addressOf(row.jurisdiction, notice.kind === 'correction-reported-regulator' ? null : subject.host.id);
  const call = notice.kind === 'correction-reported-institution' && subject.host.phone !== null ? callFor(deps, row, notice.kind, subject) : null;
  if (to === null || deps.mail === null) return call === null ? { kind: 'desk' } : { kind: 'listed', call };
  const key = `notice-${row.id}`;
  if (subject.about === 'places') return settled(deps, row, await deps.mail.send({ to, ...placesMail(subject), key, calendar: null }), null);
  if (subject.about === 'listing') return settled(deps, row, await deps.mail.send({ to, ...listingMail(subject), key, calendar: null }), null);
  if (subject.about !== 'booking' || notice.kind !== 'desk-booking') return settled(deps, row, await deps.mail.send({ to, ...reportMail(subject), key, calendar: null }), call);
  const calendar = calendarOf({
    uid: `booking-${subject.reference}`, sequence: subject.version - 1, title: calendarText.title(subject, subject.host.name), address: null, startsAt: subject.startsAt, endsAt: subject.endsAt,
    stamp: deps.now(), cancelled: subject.state === 'cancelled', organiser: subject.host.name,
  });
  return settled(deps, row, await deps.mail.send({ to, ...deskMail(notice.body.of, subject), key, calendar }), call);
}

async function toPhone(deps: DeliverDeps, row: LeasedRow, kind: NoticeKind, { subject, openContact }: Told): Promise<Settlement> {
  const contact = openContact();
  if (!contact) return { kind: 'void' };
  const call = callFor(deps, row, kind, subject);
  const text = smsText(kind, subject);
  // A message to a landline goes nowhere: somebody calls.
  if (deps.sms === null || text === undefined || !/^1\d{10}$/.test(contact.phone)) return { kind: 'listed', call };
  return settled(deps, row, await deps.sms.send({ phone: contact.phone, text, key: row.id }), call);
}

/** An institution with a mailbox is told by mail besides; written once, whoever delivers the family's notice and how often. */
async function tellDesk(deps: DeliverDeps, row: LeasedRow, { notice, subject }: Told): Promise<void> {
  if (deps.mail === null || subject.about !== 'booking' || notice.kind === 'desk-booking' || !concernsDesk(notice.kind)) return;
  if (deps.addressOf(row.jurisdiction, subject.host.id) === null) return;
  const id = deps.newId();
  const at = deps.now();
  await deps.outbox.plan([{ id, jurisdiction: row.jurisdiction, kind: 'desk-booking', sealed: deps.seal(id, { booking: subject.id, of: notice.kind }), dedupKey: `desk:${row.id}`, at, dueAt: at }]);
}

const isToMailbox = (kind: NoticeKind): boolean => kind === 'desk-booking' || kind === 'free-places-due' || kind === 'listing-decided' || kind.startsWith('correction-reported-');

/** The office is told by mail that there is something to read, never what; without a mailbox its list says so. */
async function toOffice(deps: DeliverDeps, row: LeasedRow, kind: OfficeNoticeKind): Promise<Settlement> {
  const to = deps.addressOf(row.jurisdiction, null);
  return to === null || deps.mail === null ? { kind: 'desk' } : settled(deps, row, await deps.mail.send({ to, ...officeMail(kind), key: `notice-${row.id}`, calendar: null }), null);
}

/** Delivers one leased row, as things stand now, and answers what became of it. Never throws for a fault of the row itself. */
export async function deliver(deps: DeliverDeps, row: LeasedRow): Promise<Settlement> {
  const office = officeNoticeKind.safeParse(row.kind);
  const kind = noticeKind.safeParse(row.kind);
  try {
    if (office.success) return await toOffice(deps, row, office.data);
    if (!kind.success) return { kind: 'dead', fault: 'unknown-kind', call: null };
    const told = await tellable(deps, { ...row, kind: kind.data });
    if (!told) return { kind: 'void' };
    if (isToMailbox(kind.data)) return await toMailbox(deps, row, told);
    await tellDesk(deps, row, told);
    const now = deps.now();
    const dueAt = tellableAt(kind.data, now);
    if (dueAt > now) return { kind: 'later', dueAt, attempt: false, fault: null };
    return await toPhone(deps, row, kind.data, told);
  } catch (fault) {
    if (isSealError(fault)) return { kind: 'dead', fault: 'sealed', call: null };
    return later(deps, row, fault instanceof Error ? fault.name.slice(0, 40) : 'fault', null);
  }
}
