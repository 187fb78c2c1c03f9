import type { Insertable } from 'kysely';
import type { Institution } from '#domain/directory/model.ts';
import type { BookingKind, SlotDetails } from '#domain/booking/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { addDays, instantAt, weekdayOf, type IsoDate } from '#domain/shared/dates.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';
import type { Database, WriteTx } from '#storage/schema.ts';

const slotNamespace = '5b0a8f7e-3f1c-5d2a-9c41-6a1f0e2d7b90';
const daysAhead = 28;
const visitTimes = ['09:30', '10:30', '15:00'] as const;

type Row = Insertable<Database['slot']>;
type Opening = { readonly kind: Exclude<BookingKind, 'homeVisit'>; readonly opens: string; readonly minutes: number; readonly capacity: number; readonly bands?: readonly string[]; readonly title?: string; readonly details?: SlotDetails };

const row = (of: Institution, day: IsoDate, { kind, opens, minutes, capacity, bands = [], title, details }: Opening): Row => {
  const startsAt = instantAt(day, opens);
  return {
    id: uuidV5(slotNamespace, `${of.id}|${kind}|${String(startsAt)}`), jurisdiction_code: of.jurisdiction, institution_id: of.id, kind, starts_at: startsAt, ends_at: startsAt + minutes * 60_000,
    capacity, taken: 0, state: 'open', bands: JSON.stringify(bands), title: title ?? null, details: details ? JSON.stringify(details) : '',
  };
};

const careOf = (of: Institution): SlotDetails => {
  const hourly = of.fees.find(({ per, amount }) => per === 'hour' && amount !== null);
  return {
    kind: 'care', fee: hourly && hourly.amount !== null ? { amount: hourly.amount, per: 'hour' } : null, leastMinutes: 60, roundingMinutes: 30, lateFee: null, meals: of.mealsProvided,
    bring: ['水杯', '替换衣物', '纸尿裤（按需要）'], illnessRule: '发热或患传染病期间请在家休养。', medicineRule: '没有家长的书面委托不喂药。', staffCap: null,
  };
};

const talk: SlotDetails = { kind: 'class', ages: { fromMonths: 0, untilMonths: 36, pregnancy: true }, adults: 2, place: null, fee: { amount: 0, per: 'time' } };

function openingsOn(of: Institution, index: number, day: IsoDate, ahead: number): readonly Opening[] {
  const weekday = weekdayOf(day);
  if (weekday === 7) return [];
  if (weekday === 6) return [{ kind: 'visit', opens: '10:00', minutes: 60, capacity: 6 }, ...(index % 4 === 0 ? [{ kind: 'class' as const, opens: '14:30', minutes: 90, capacity: 8 + (index % 5), title: '示例·亲子阅读', details: talk }] : [])];
  const byHour = of.modes.some((mode) => mode === 'hourly' || mode === 'temporary');
  return [
    ...visitTimes.map((opens, at) => ({ kind: 'visit' as const, opens, minutes: 45, capacity: 1 + ((index + ahead + at) % 6) })),
    ...(byHour && weekday % 2 === 0 ? [{ kind: 'care' as const, opens: '09:00', minutes: 180, capacity: 2 + (index % 5), bands: of.bands.map(({ band }) => band), details: careOf(of) }] : []),
  ];
}

/** 示例入户指导队 of a place: the subdistrict its first sample lies in; two afternoons a week. */
function teamRows(samples: readonly Institution[], today: IsoDate): { readonly team: Insertable<Database['team']>; readonly slots: readonly Row[] } | undefined {
  const at = samples.find(({ subdistrict }) => subdistrict !== null);
  if (!at || at.subdistrict === null) return undefined;
  const subdistrict = subdistrictCode.parse(at.subdistrict);
  const id = uuidV5(slotNamespace, `${at.jurisdiction}|team`);
  const details: SlotDetails = { kind: 'homeVisit', subdistrict, twoCome: true, showCards: true, verifyPhone: null };
  const days = Array.from({ length: daysAhead }, (_, ahead) => addDays(today, ahead + 1)).filter((day) => [2, 4].includes(weekdayOf(day)));
  return {
    team: { id, jurisdiction_code: at.jurisdiction, subdistrict_code: subdistrict, name: '示例入户指导队', verify_phone: null, sample: 1 },
    slots: days.map((day) => ({
      id: uuidV5(slotNamespace, `${id}|homeVisit|${String(instantAt(day, '14:00'))}`), jurisdiction_code: at.jurisdiction, institution_id: null, team_id: id, kind: 'homeVisit',
      starts_at: instantAt(day, '14:00'), ends_at: instantAt(day, '16:00'), capacity: 2, taken: 0, state: 'open', bands: '[]', details: JSON.stringify(details),
    })),
  };
}

/** Open times of invented institutions and of one team for the coming 28 days; those that stand already (and are perhaps booked) are left alone. */
export async function topUpSampleSlots(tx: WriteTx, samples: readonly Institution[], today: IsoDate): Promise<void> {
  const [first] = samples;
  if (!first) return;
  const horizon = await tx.selectFrom('slot').select((eb) => eb.fn.max('starts_at').as('latest')).where('institution_id', '=', first.id).executeTakeFirst();
  if (horizon?.latest && Number(horizon.latest) >= instantAt(addDays(today, daysAhead - 1), '00:00')) return;
  const visiting = teamRows(samples, today);
  if (visiting) await tx.insertInto('team').values(visiting.team).onConflict((clash) => clash.doNothing()).execute();
  const rows = [...samples.flatMap((of, index) => Array.from({ length: daysAhead }, (_, at) => openingsOn(of, index, addDays(today, at + 1), at).map((opening) => row(of, addDays(today, at + 1), opening))).flat()), ...visiting?.slots ?? []];
  for (let at = 0; at < rows.length; at += 200) await tx.insertInto('slot').values(rows.slice(at, at + 200)).onConflict((clash) => clash.doNothing()).execute();
}
