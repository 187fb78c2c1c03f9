import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Institution } from '#domain/directory/model.ts';
import { assessment, change, decision, listingWords, sayers, wordGroups, type Listing } from '#domain/listing/model.ts';
import { addDays, weekdayOf, type IsoDate } from '#domain/shared/dates.ts';
import { stopOn, DataError } from '#storage/files/dataError.ts';
import { uuidV5 } from '#storage/files/institutionId.ts';
import { readJson } from '#storage/files/readJson.ts';

const namespace = '2f0b9c54-6a1d-5c8e-8f53-1f6a3c1d9e20';
const loose = z.record(z.string(), z.unknown());

/** 示例展示信息 as the file holds it: templates, and which invented institution uses which. Days are `today±n`, `monday±n`, `said±n`. */
const sampleFile = z.strictObject({
  source: z.string().min(1),
  photos: z.record(z.string(), z.strictObject({ file: z.string().regex(/^[a-z]+\.webp$/), caption: z.string() })),
  templates: z.record(z.string(), z.record(z.enum(wordGroups), loose.optional())),
  listings: z.array(z.strictObject({
    row: z.number().int().min(1).max(24), template: z.string(), ageDays: z.number().int().min(0), saidBy: z.enum(sayers).default('institution'),
    carers: z.enum(['enough', 'few', 'unknown']), menuWeek: z.string().optional(), insuranceUntil: z.string().optional(),
    without: z.array(z.enum(wordGroups)).default([]), photos: z.array(z.string()).default([]),
    assessments: z.array(loose).default([]), decisions: z.array(loose).default([]), changes: z.array(loose).default([]),
  })),
});
type Entry = z.infer<typeof sampleFile>['listings'][number];

/** Shared pictures of the samples, not yet kept anywhere. */
export type SamplePhoto = { readonly id: string; readonly path: string; readonly caption: string };
/** What one invented institution shows. */
export type SampleListing = { readonly institution: string; readonly jurisdiction: Institution['jurisdiction']; readonly listing: Omit<Listing, 'version' | 'photos'>; readonly photos: readonly SamplePhoto[]; readonly asOf: IsoDate };

const resolveDays = (value: unknown, today: IsoDate, said: IsoDate): unknown => {
  if (Array.isArray(value)) return value.map((part: unknown) => resolveDays(part, today, said));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolveDays(part, today, said)]));
  const found = typeof value === 'string' ? /^(today|monday|said)([+-]\d+)?$/.exec(value) : null;
  if (!found) return value;
  const base = found[1] === 'said' ? said : found[1] === 'monday' ? addDays(today, 1 - weekdayOf(today)) : today;
  return addDays(base, Number(found[2] ?? 0));
};

const usualRatio = { infant: 3, toddler: 5, older: 7, mixed: 5 } as const;

const classesOf = (of: Institution, carers: Entry['carers']): unknown => {
  if (carers === 'unknown' || of.bands.length === 0) return null;
  const ratio = (band: keyof typeof usualRatio): number => (of.kind === 'homeSite' ? 3 : usualRatio[band]);
  return {
    bands: of.bands.map(({ band, places }) => ({ band, classes: 1, careWorkers: places === null ? null : Math.max(1, Math.ceil(places / ratio(band)) - (carers === 'few' ? 1 : 0)) })),
  };
};

const wordsOf = (entry: Entry, template: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>, of: Institution, said: IsoDate) => {
  const groups = Object.entries({ ...template, classes: classesOf(of, entry.carers) })
    .filter(([group, held]) => held !== null && held !== undefined && !entry.without.some((left) => left === group));
  return Object.fromEntries(groups.map(([group, held]) => [group, {
    saidBy: entry.saidBy, asOf: said, ...loose.parse(held),
    ...(group === 'menu' && entry.menuWeek ? { weekOf: entry.menuWeek } : {}),
    ...(group === 'safety' && entry.insuranceUntil ? { insurance: { held: true, insurer: '示例保险公司', until: entry.insuranceUntil } } : {}),
  }]));
};

/** 示例展示信息 for the invented institutions of a place (in their order), with days reckoned from `today`. Throws a DataError that names what is wrong in the file. */
export function readSampleListings(dataDir: string, institutions: readonly Institution[], today: IsoDate): readonly SampleListing[] {
  const label = `${basename(dataDir)}/samples/listings.json`;
  const { value: file, problems } = readJson(join(dataDir, 'samples', 'listings.json'), label, sampleFile);
  stopOn(problems);
  if (file === undefined) throw new DataError([`${label}: nothing was read`]);
  return file.listings.flatMap((entry): readonly SampleListing[] => {
    const of = institutions[entry.row - 1];
    const template = file.templates[entry.template];
    if (!of) return [];
    if (!template) throw new DataError([`${label}, row ${String(entry.row)}: expected a template of this file, got "${entry.template}"`]);
    const said = addDays(today, -entry.ageDays);
    const days = (value: unknown): unknown => resolveDays(value, today, said);
    const id = (kind: string, at: number): string => uuidV5(namespace, `${of.id}|${kind}|${String(at)}`);
    const words = listingWords.safeParse(days(wordsOf(entry, template, of, said)));
    if (!words.success) throw new DataError(words.error.issues.map((issue) => `${label}, row ${String(entry.row)}, key ${issue.path.join('.')}: ${issue.message}`));
    return [{
      institution: of.id, jurisdiction: of.jurisdiction, asOf: said,
      listing: {
        words: words.data,
        assessments: entry.assessments.map((one, at) => assessment.parse(days({ id: id('assessment', at), ...one }))),
        decisions: entry.decisions.map((one, at) => decision.parse(days({ id: id('decision', at), ...one }))),
        changes: entry.changes.map((one, at) => change.parse(days({ id: id('change', at), kind: 'words', by: entry.saidBy, ...one }))),
      },
      photos: entry.photos.flatMap((key, at) => {
        const held = file.photos[key];
        return held ? [{ id: id('photo', at), path: join(dataDir, 'samples', 'photos', held.file), caption: held.caption }] : [];
      }),
    }];
  });
}
