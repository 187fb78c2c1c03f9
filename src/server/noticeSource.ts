import { z } from 'zod';
import type { NoticeSource } from '#domain/notices/ports.ts';
import { phone } from '#domain/booking/model.ts';
import { bookingSubject, closedHost, hostWithStalePlaces, listingSubject, noticeHost, reportSubject } from '#storage/noticeSubjects.ts';
import type { Storage } from '#storage/schema.ts';
import type { Keyring } from '#server/crypto.ts';
import type { Demands } from '#server/demand.ts';

const bookingContact = z.object({ contactName: z.string(), phone: z.string() });

/** An institution's line as it can be called: the first number of what it gave, as written. */
const lineOf = (given: string | null): string | undefined => {
  const read = phone.safeParse(given ?? '');
  return read.success ? read.data : given ?? undefined;
};

/** What notices are about, from the records as they stand now; a family's number is opened only when it is asked for. */
export const noticeSource = (storage: Pick<Storage, 'read'>, keys: Keyring, demand: Pick<Demands, 'contactFor' | 'contactWhileStanding'>): NoticeSource => ({
  find: async (jurisdiction, notice) => {
    const { read } = storage;
    switch (notice.kind) {
      case 'demand-free-place': {
        const contact = await demand.contactFor(jurisdiction, notice.body);
        const host = await noticeHost(read, jurisdiction, notice.body.institution);
        return contact && host && { subject: { about: 'demand', hasEnded: false, id: notice.body.demand, reference: contact.reference, host }, openContact: () => ({ phone: contact.phone, contactName: null }) };
      }
      case 'demand-institution-closed': {
        const contact = await demand.contactWhileStanding(jurisdiction, notice.body);
        const host = await closedHost(read, jurisdiction, notice.body.institution);
        return contact && host && { subject: { about: 'demand', hasEnded: true, id: notice.body.demand, reference: contact.reference, host }, openContact: () => ({ phone: contact.phone, contactName: null }) };
      }
      case 'free-places-due': {
        const host = await hostWithStalePlaces(read, jurisdiction, notice.body.institution, notice.body.month);
        return host && { subject: { about: 'places', id: notice.body.institution, reference: notice.body.month, host }, openContact: () => undefined };
      }
      case 'listing-decided': {
        const subject = await listingSubject(read, jurisdiction, notice.body.draft, notice.body.version);
        return subject && { subject, openContact: () => undefined };
      }
      case 'correction-reported-institution': case 'correction-reported-regulator': {
        const subject = await reportSubject(read, jurisdiction, notice.body.report);
        return subject && {
          subject, openContact: () => {
            const line = notice.kind === 'correction-reported-institution' ? lineOf(subject.host.phone) : undefined;
            return line === undefined ? undefined : { phone: line, contactName: null };
          },
        };
      }
      default: {
        const found = await bookingSubject(read, jurisdiction, notice.body.booking);
        return found && { subject: found.subject, openContact: () => bookingContact.parse(JSON.parse(keys.open('booking-contact', found.subject.id, found.sealedContact))) };
      }
    }
  },
});
