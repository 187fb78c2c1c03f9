import type { Institution, ClassBand } from '#domain/directory/model.ts';
import type { HostRef, SlotDetails } from '#domain/booking/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { slotException, templatePattern, type ExceptionPattern, type TemplatePattern } from '#domain/slotTemplates/model.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';
import type { WriteTx } from '#storage/schema.ts';

const sampleNamespace = '5b0a8f7e-3f1c-5d2a-9c41-6a1f0e2d7b90';
const workweek = [1, 2, 3, 4, 5];
/** Care workers a sample names as on duty for a band, and most children by 设置标准; none is stated for 混合编班. */
const mostFor: Readonly<Record<ClassBand, number | null>> = { infant: 3, toddler: 5, older: 7, mixed: null };

type Pattern = Pick<TemplatePattern, 'kind' | 'weekdays' | 'times' | 'shares' | 'details'> & Partial<TemplatePattern>;
/** What a sample host holds: patterns and exceptions, each with the name its id is made from. */
type SampleTimetable = { readonly host: HostRef; readonly jurisdiction: string; readonly patterns: readonly (readonly [name: string, pattern: TemplatePattern, caps: readonly (number | null)[]])[]; readonly exceptions: readonly (readonly [name: string, pattern: ExceptionPattern])[] };

const careOf = (of: Institution): SlotDetails => {
  const hourly = of.fees.find(({ per, amount }) => per === 'hour' && amount !== null);
  return {
    kind: 'care', fee: hourly && hourly.amount !== null ? { amount: hourly.amount, per: 'hour' } : null, leastMinutes: 60, roundingMinutes: 30, lateFee: null, meals: of.mealsProvided,
    bring: ['水杯', '替换衣物', '纸尿裤（按需要）'], illnessRule: '发热或患传染病期间请在家休养。', medicineRule: '没有家长的书面委托不喂药。', staffCap: null,
  };
};
const talk: SlotDetails = { kind: 'class', ages: { fromMonths: 0, untilMonths: 36, pregnancy: true }, adults: 2, place: null, fee: { amount: 0, per: 'time' } };

const share = (capacity: number) => [{ bands: [], capacity, staffOnDuty: null }];
const isByHour = (of: Institution): boolean => of.modes.some((mode) => mode === 'hourly' || mode === 'temporary');
const hasActivities = (of: Institution, index: number): boolean => isByHour(of) || index % 4 === 0;

/** 寒暑假 of this year and the next as an invented institution gives them; no document's dates. */
const schoolHolidays = (today: IsoDate): SampleTimetable['exceptions'] => {
  const year = Number(today.slice(0, 4));
  return [year, year + 1].flatMap((of) => [
    [`winter ${String(of)}`, slotException.parse({ kind: 'schoolHoliday', season: 'winter', from: isoDate.parse(`${String(of)}-01-25`), until: isoDate.parse(`${String(of)}-02-21`) })] as const,
    [`summer ${String(of)}`, slotException.parse({ kind: 'schoolHoliday', season: 'summer', from: isoDate.parse(`${String(of)}-07-15`), until: isoDate.parse(`${String(of)}-08-25`) })] as const,
  ]);
};

function institutionTimetable(of: Institution, index: number, today: IsoDate, closesInSchoolHolidays: boolean): SampleTimetable {
  const whole = (pattern: Pattern): TemplatePattern => templatePattern.parse({
    title: null, validFrom: today, validUntil: null, makeUpLike: index === 2 ? 1 : null, holidays: 'closed', schoolHolidays: closesInSchoolHolidays && pattern.kind !== 'visit' ? 'closed' : 'open', ...pattern,
  });
  const visit = (name: string, weekdays: number[], times: TemplatePattern['times'], capacity: number): SampleTimetable['patterns'][number] =>
    [name, whole({ kind: 'visit', weekdays, times, shares: share(capacity), details: { kind: 'visit' } }), [null]];
  const bands = of.bands.map(({ band }) => ({ bands: [band], capacity: Math.min(2 + (index % 5), mostFor[band] ?? 6), staffOnDuty: mostFor[band] === null ? null : 1 }));
  return {
    host: { kind: 'institution', id: of.id }, jurisdiction: of.jurisdiction,
    patterns: [
      visit('mornings', workweek, [{ start: '09:30', minutes: 45 }, { start: '10:30', minutes: 45 }], 1 + (index % 6)),
      visit('afternoons', workweek, [{ start: '15:00', minutes: 45 }], 1 + ((index + 3) % 6)),
      visit('saturdays', [6], [{ start: '10:00', minutes: 60 }], 6),
      ...(isByHour(of) && bands.length > 0 ? [['care', whole({ kind: 'care', weekdays: [2, 4], times: [{ start: '09:00', minutes: 180 }], shares: bands, details: careOf(of) }), of.bands.map(({ band }) => mostFor[band])] as const] : []),
      ...(index % 4 === 0 ? [['class', whole({ kind: 'class', weekdays: [6], times: [{ start: '14:30', minutes: 90 }], shares: share(8 + (index % 5)), title: '示例·亲子阅读', details: talk }), [null]] as const] : []),
    ],
    exceptions: closesInSchoolHolidays ? schoolHolidays(today) : [],
  };
}

/** 示例入户指导队 of a place: the subdistrict its first sample lies in; two afternoons a week. */
function teamTimetable(samples: readonly Institution[], today: IsoDate): (SampleTimetable & { readonly subdistrict: string }) | undefined {
  const at = samples.find(({ subdistrict }) => subdistrict !== null);
  if (!at || at.subdistrict === null) return undefined;
  const subdistrict = subdistrictCode.parse(at.subdistrict);
  const pattern = templatePattern.parse({
    kind: 'homeVisit', weekdays: [2, 4], times: [{ start: '14:00', minutes: 120 }], shares: share(2), title: null, details: { kind: 'homeVisit', subdistrict, twoCome: true, showCards: true, verifyPhone: null },
    validFrom: today, validUntil: null, makeUpLike: null, holidays: 'closed', schoolHolidays: 'open',
  });
  return { host: { kind: 'team', id: uuidV5(sampleNamespace, `${at.jurisdiction}|team`) }, jurisdiction: at.jurisdiction, subdistrict, patterns: [['visits', pattern, [null]]], exceptions: [] };
}

/** Invented timetables of a place's samples and its team: two of them close in 寒暑假 (visits go on), one opens on 调休上班日. */
export function sampleTimetables(samples: readonly Institution[], today: IsoDate): { readonly team: ReturnType<typeof teamTimetable>; readonly all: readonly SampleTimetable[] } {
  const closing = samples.filter(hasActivities).slice(0, 2);
  const team = teamTimetable(samples, today);
  return { team, all: [...samples.map((of, index) => institutionTimetable(of, index, today, closing.includes(of))), ...(team ? [team] : [])] };
}

/** Puts the invented timetables of a place down; those that stand already (and have perhaps been edited) are left alone. Answers their hosts. */
export async function putSampleTimetables(tx: WriteTx, samples: readonly Institution[], today: IsoDate): Promise<readonly HostRef[]> {
  const { team, all } = sampleTimetables(samples, today);
  if (team) await tx.insertInto('team').values({ id: team.host.id, jurisdiction_code: team.jurisdiction, subdistrict_code: team.subdistrict, name: '示例入户指导队', verify_phone: null, sample: 1 }).onConflict((clash) => clash.doNothing()).execute();
  const held = new Set((await tx.selectFrom('slot_template').select(['institution_id', 'team_id']).execute()).map((row) => row.institution_id ?? row.team_id));
  for (const { host, jurisdiction, patterns, exceptions } of all.filter((one) => !held.has(one.host.id))) {
    const owner = { jurisdiction_code: jurisdiction, institution_id: host.kind === 'institution' ? host.id : null, team_id: host.kind === 'team' ? host.id : null };
    await tx.insertInto('slot_template').values(patterns.map(([name, pattern, caps]) => ({
      id: uuidV5(sampleNamespace, `${host.id}|template|${name}`), ...owner, kind: pattern.kind, version: 1, valid_from: pattern.validFrom, valid_until: pattern.validUntil, pattern: JSON.stringify(pattern), caps: JSON.stringify(caps),
    }))).execute();
    if (exceptions.length > 0) {
      await tx.insertInto('slot_exception').values(exceptions.flatMap(([name, pattern]) => (pattern.kind === 'schoolHoliday' ? [{
        id: uuidV5(sampleNamespace, `${host.id}|exception|${name}`), ...owner, template_id: null, kind: pattern.kind, from_day: pattern.from, until_day: pattern.until, pattern: JSON.stringify(pattern),
      }] : []))).execute();
    }
  }
  return all.map(({ host }) => host);
}
