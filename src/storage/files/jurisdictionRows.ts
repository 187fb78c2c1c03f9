import { z } from 'zod';
import { confidences, department, duty, subdistrict, target } from '#domain/jurisdiction/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { listCell, numberCell, optionalCell, optionalDecimalCell, optionalNumberCell, textCell } from '#storage/files/readCsv.ts';

/** A row of departments.csv; the columns are those of the domain's department. */
export const departmentRow = z.strictObject({
  key: textCell.pipe(department.shape.key), name: textCell.pipe(department.shape.name),
  aliases: listCell.pipe(department.shape.aliases), phone: optionalCell.pipe(department.shape.phone),
  seedLine: optionalNumberCell.pipe(department.shape.seedLine),
});

/** A row of duties.csv. */
export const dutyRow = z.strictObject({
  subject: textCell.pipe(duty.shape.subject), topic: optionalCell.pipe(duty.shape.topic),
  lead: optionalCell.pipe(duty.shape.lead), joint: listCell.pipe(duty.shape.joint),
  basis: textCell.pipe(duty.shape.basis), line: optionalNumberCell.pipe(duty.shape.line), quote: optionalCell.pipe(duty.shape.quote),
});

/** A row of subdistricts.csv. */
export const subdistrictRow = z.strictObject({
  code: textCell.pipe(subdistrict.shape.code), name: textCell.pipe(subdistrict.shape.name),
  kind: textCell.pipe(z.enum(['street', 'town', 'township', 'statisticalUnit'])),
  county: textCell.pipe(subdistrict.shape.county), countyName: textCell,
  aliases: listCell.pipe(subdistrict.shape.aliases), otherCodes: listCell.pipe(subdistrict.shape.otherCodes),
});

/** A row of targets.csv. */
export const targetRow = z.strictObject({
  key: textCell, name: textCell, measure: optionalCell.pipe(target.shape.measure),
  least: optionalDecimalCell, most: optionalDecimalCell, unit: optionalCell.pipe(target.shape.unit), each: optionalCell.pipe(target.shape.each),
  due: optionalCell.pipe(target.shape.due), dueOn: optionalCell.pipe(target.shape.dueOn), line: numberCell, quote: textCell,
});

/** Where the facts of a folder come from and how sure we are of each group. */
export const placeSources = z.strictObject({
  sources: z.array(z.strictObject({
    /** What it supports: a key of jurisdiction.json or the name of a table. */
    about: z.string().min(1), title: z.string().min(1), url: z.string().nullable(), licence: z.string().nullable(),
    readOn: isoDate, confidence: z.enum(confidences), note: z.string().nullable(),
  })).min(1),
});
export type PlaceSources = z.infer<typeof placeSources>;
