import { healthPoint, healthPointKinds, type HealthPoint, type HealthPointKind } from '#domain/healthPoints/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';

const sampleNamespace = '9d4b6c1e-0a57-5f6e-8e2b-51c20b7a64f3';
const mornings = (days: readonly number[]) => days.map((weekday) => ({ weekday, opens: '08:00', closes: '11:00' }));
const allDay = (days: readonly number[]) => days.flatMap((weekday) => [{ weekday, opens: '08:00', closes: '11:30' }, { weekday, opens: '13:30', closes: '16:30' }]);

type Sample = { readonly kind: HealthPointKind; readonly ending: string; readonly hours: HealthPoint['hours']; readonly hoursNote: string | null; readonly services: readonly string[] };
/** Together they show every kind, several openings a day, a weekend, and hours that are not known. */
const samples: readonly Sample[] = [
  { kind: 'vaccination', ending: '社区卫生服务中心接种门诊', hours: mornings([1, 3, 5]), hoursNote: '请带预防接种证', services: ['儿童接种', '补种'] },
  { kind: 'vaccination', ending: '卫生院接种门诊', hours: [...mornings([2, 4]), { weekday: 6, opens: '08:30', closes: '11:00' }], hoursNote: null, services: ['儿童接种'] },
  { kind: 'childHealth', ending: '社区卫生服务中心儿保门诊', hours: allDay([1, 2, 3, 4, 5]), hoursNote: '需要提前预约', services: ['健康检查', '发育筛查', '眼保健'] },
  { kind: 'entryCheck', ending: '妇幼保健院入托体检点', hours: mornings([2, 4, 6]), hoursNote: '体检当天空腹', services: ['入托体检', '接种证查验'] },
  { kind: 'postpartumMind', ending: '妇幼保健院产后和心理门诊', hours: allDay([1, 4]), hoursNote: null, services: ['产后检查', '情绪和睡眠咨询'] },
  { kind: 'nursingRoom', ending: '公园母婴室', hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '07:00', closes: '21:00' })), hoursNote: null, services: ['哺乳', '换尿布'] },
  { kind: 'nursingRoom', ending: '爱心妈咪小屋', hours: null, hoursNote: null, services: [] },
];

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** 示例点: invented health points of a place, each called so; days are relative to `today`. */
export function sampleHealthPoints(place: Jurisdiction, today: IsoDate): readonly HealthPoint[] {
  const streets = place.subdistricts.filter((one) => /街道|镇|乡/.test(one.kind + one.name));
  return samples.map(({ kind, ending, hours, hoursNote, services }, index) => {
    const street = streets[(index * 5) % streets.length];
    const near = (index + 1) * 0.003;
    return healthPoint.parse({
      id: uuidV5(sampleNamespace, `${place.code}|${String(index)}|${healthPointKinds.indexOf(kind)}`), jurisdiction: place.code, kind, name: `示例·${street?.name.replace(/(街道|镇|乡)$/, '') ?? ''}${ending}`,
      address: `示例路${String(index * 4 + 2)}号`, phone: null, subdistrict: street?.code ?? null, hours, hoursNote, services,
      point: place.centre === null || index === 6 ? null : { lng: round(place.centre.lng + near * Math.cos(index * 2)), lat: round(place.centre.lat + near * Math.sin(index * 2)), crs: 'gcj02' },
      source: { title: '示例数据（虚构）', url: null, readOn: today }, confirmedOn: index % 3 === 2 ? null : addDays(today, -30 - index), missingSince: null, sample: true,
    });
  });
}
