import { z } from 'zod';
import type { DeletionNumbers, PackReader } from '#domain/audit/ports.ts';
import type { ReadDb, Storage } from '#storage/schema.ts';

const purge = z.looseObject({ bookings: z.number().optional(), demands: z.number().optional() });
const fetched = z.looseObject({ what: z.string().default(''), rows: z.number().default(0) });
const forgetting = ['personal-data-purged', 'demand-withdrawn', 'case-identity-forgotten', 'case-text-forgotten'];

const detailsOf = async (db: ReadDb, jurisdiction: string, kinds: readonly string[], from: number, to: number) =>
  db.selectFrom('audit_event').select(['kind', 'detail']).where('jurisdiction_code', '=', jurisdiction).where('kind', 'in', kinds).where('at', '>=', from).where('at', '<', to).execute();

async function deletionsOf(db: ReadDb, jurisdiction: string, from: number, to: number): Promise<DeletionNumbers> {
  const events = await detailsOf(db, jurisdiction, forgetting, from, to);
  const of = (kind: string) => events.filter((event) => event.kind === kind);
  const purged = of('personal-data-purged').map(({ detail }) => purge.parse(JSON.parse(detail)));
  return {
    purges: purged.length, bookings: purged.reduce((sum, { bookings = 0 }) => sum + bookings, 0), demands: purged.reduce((sum, { demands = 0 }) => sum + demands, 0),
    withdrawn: of('demand-withdrawn').length, caseIdentities: of('case-identity-forgotten').length, caseTexts: of('case-text-forgotten').length,
  };
}

/** 合规审计包 in numbers, on either engine. */
export const packReader = ({ read }: Pick<Storage, 'read'>): PackReader => {
  const counted = async (query: { readonly executeTakeFirstOrThrow: () => Promise<{ readonly count: number | string | bigint }> }): Promise<number> => Number((await query.executeTakeFirstOrThrow()).count);
  return {
    held: async (jurisdiction) => ({
      bookings: await counted(read.selectFrom('booking').select((eb) => eb.fn.countAll().as('count')).where('jurisdiction_code', '=', jurisdiction).where('sealed_contact', '<>', '')),
      bookingChildren: await counted(read.selectFrom('booking_child').innerJoin('booking', 'booking.id', 'booking_child.booking_id').select((eb) => eb.fn.countAll().as('count')).where('booking.jurisdiction_code', '=', jurisdiction)),
      demands: await counted(read.selectFrom('demand').select((eb) => eb.fn.countAll().as('count')).where('jurisdiction_code', '=', jurisdiction).where('sealed', '<>', '')),
      caseIdentities: await counted(read.selectFrom('complaint').select((eb) => eb.fn.countAll().as('count')).where('jurisdiction_code', '=', jurisdiction).where('sealed_identity', 'is not', null).where('sealed_identity', '<>', '')),
      reportPhones: await counted(read.selectFrom('correction_report').select((eb) => eb.fn.countAll().as('count')).where('jurisdiction_code', '=', jurisdiction).where('sealed_phone', 'is not', null)),
    }),
    consents: async (jurisdiction, from, to) => {
      const bookings = await read.selectFrom('booking').select(['rules_version', 'acting_as']).select((eb) => eb.fn.countAll().as('count'))
        .where('jurisdiction_code', '=', jurisdiction).where('created_at', '>=', from).where('created_at', '<', to).groupBy(['rules_version', 'acting_as']).orderBy('rules_version').orderBy('acting_as').execute();
      const demands = await read.selectFrom('demand').select('rules_version').select((eb) => eb.fn.countAll().as('count'))
        .where('jurisdiction_code', '=', jurisdiction).where('made_at', '>=', from).where('made_at', '<', to).groupBy('rules_version').orderBy('rules_version').execute();
      return [
        ...bookings.map((row) => ({ what: 'booking' as const, rulesVersion: row.rules_version, actingAs: row.acting_as, count: Number(row.count) })),
        ...demands.map((row) => ({ what: 'demand' as const, rulesVersion: row.rules_version, actingAs: null, count: Number(row.count) })),
      ];
    },
    deletions: (jurisdiction, from, to) => deletionsOf(read, jurisdiction, from, to),
    exports: async (jurisdiction, from, to) => {
      const files = (await detailsOf(read, jurisdiction, ['export-downloaded'], from, to)).map(({ detail }) => fetched.parse(JSON.parse(detail)));
      return [...Map.groupBy(files, ({ what }) => what)].map(([what, all]) => ({ what, downloads: all.length, rows: all.reduce((sum, { rows }) => sum + rows, 0) })).toSorted((one, other) => (one.what < other.what ? -1 : 1));
    },
  };
};
