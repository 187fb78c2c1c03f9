import { z } from 'zod';
import { geoPoint, openingHours, recordSource } from '#domain/directory/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { isoDate } from '#domain/shared/dates.ts';

/** 接种门诊, 儿保门诊, 入托体检点, 产后和心理门诊, 母婴室 or 爱心妈咪小屋. */
export const healthPointKinds = ['vaccination', 'childHealth', 'entryCheck', 'postpartumMind', 'nursingRoom'] as const;
export type HealthPointKind = (typeof healthPointKinds)[number];

export const healthPoint = z.strictObject({
  id: z.uuid(),
  jurisdiction: jurisdictionCode,
  kind: z.enum(healthPointKinds),
  name: z.string().min(2).max(100),
  address: z.string().min(2).max(200).nullable(),
  phone: z.string().min(3).max(30).nullable(),
  subdistrict: subdistrictCode.nullable(),
  /** Usual week, by weekday then opening; null where the list does not say. A weekday that is not in it is closed. */
  hours: z.array(openingHours).min(1).nullable(),
  /** What the hours leave out, in the list's words: 每月第一周, 节假日休息, 需要预约. */
  hoursNote: z.string().min(1).max(200).nullable(),
  services: z.array(z.string().min(1).max(60)).max(20),
  point: geoPoint.nullable(),
  source: recordSource,
  /** The day on which the body that keeps the list last checked this entry. */
  confirmedOn: isoDate.nullable(),
  /** Absent from the last list of its place since this day. */
  missingSince: isoDate.nullable(),
  sample: z.boolean(),
});
export type HealthPoint = z.infer<typeof healthPoint>;
