import type { Institution } from '#domain/directory/model.ts';
import { addDays, instantAt, weekdayOf, type IsoDate } from '#domain/shared/dates.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';
import type { Database, WriteTx } from '#storage/schema.ts';

const slotNamespace = '5b0a8f7e-3f1c-5d2a-9c41-6a1f0e2d7b90';
const daysAhead = 28;
const visitTimes = ['09:30', '10:30', '15:00'] as const;

type Row = Database['slot'];

const row = (of: Institution, kind: string, day: IsoDate, opens: string, minutes: number, capacity: number, bands: readonly string[] = []): Row => {
  const startsAt = instantAt(day, opens);
  return {
    id: uuidV5(slotNamespace, `${of.id}|${kind}|${String(startsAt)}`), jurisdiction_code: of.jurisdiction, institution_id: of.id, kind, starts_at: startsAt, ends_at: startsAt + minutes * 60_000,
    capacity, taken: 0, state: 'open', bands: JSON.stringify(bands),
  };
};

function slotsOn(of: Institution, index: number, day: IsoDate, ahead: number): readonly Row[] {
  const weekday = weekdayOf(day);
  if (weekday === 7) return [];
  if (weekday === 6) return [row(of, 'visit', day, '10:00', 60, 6), ...(index % 4 === 0 ? [row(of, 'class', day, '14:30', 90, 8 + (index % 5))] : [])];
  const byHour = of.modes.some((mode) => mode === 'hourly' || mode === 'temporary');
  return [
    ...visitTimes.map((opens, at) => row(of, 'visit', day, opens, 45, 1 + ((index + ahead + at) % 6))),
    ...(byHour && weekday % 2 === 0 ? [row(of, 'care', day, '09:00', 180, 2 + (index % 5), of.bands.map(({ band }) => band))] : []),
  ];
}

/** Open times of invented institutions for the coming 28 days; those that stand already (and are perhaps booked) are left alone. */
export async function topUpSampleSlots(tx: WriteTx, samples: readonly Institution[], today: IsoDate): Promise<void> {
  const [first] = samples;
  if (!first) return;
  const horizon = await tx.selectFrom('slot').select((eb) => eb.fn.max('starts_at').as('latest')).where('institution_id', '=', first.id).executeTakeFirst();
  if (horizon?.latest && Number(horizon.latest) >= instantAt(addDays(today, daysAhead - 1), '00:00')) return;
  const rows = samples.flatMap((of, index) => Array.from({ length: daysAhead }, (_, at) => slotsOn(of, index, addDays(today, at + 1), at)).flat());
  for (let at = 0; at < rows.length; at += 200) await tx.insertInto('slot').values(rows.slice(at, at + 200)).onConflict((clash) => clash.doNothing()).execute();
}
