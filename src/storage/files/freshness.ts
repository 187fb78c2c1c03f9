import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { daysBetween, isoDate, type IsoDate } from '#domain/shared/dates.ts';

/** 资料新旧: a file of the data folder, the day its source was issued, the day somebody last compared it with that source, and how many days ago that is; null where the file and its list of sources say nothing. */
export type Freshness = { readonly file: string; readonly sourceOn: IsoDate | null; readonly checkedOn: IsoDate | null; readonly ageDays: number | null };

const placeSources = z.object({ sources: z.array(z.looseObject({ about: z.string(), readOn: isoDate })) });

/** Days that stand under a key anywhere in a JSON file, earliest first. */
const daysUnder = (text: string, key: string): readonly IsoDate[] =>
  [...text.matchAll(new RegExp(`"${key}"\\s*:\\s*"(\\d{4}-\\d{2}-\\d{2})"`, 'g'))].flatMap(([, day]) => { const read = isoDate.safeParse(day); return read.success ? [read.data] : []; }).toSorted();

/** A place's file is as old as the entry of sources.json that is about it; one that no entry names, as the document all of them rest on. */
function checkedByPlace(folder: string, file: string): IsoDate | null {
  const read = placeSources.safeParse(JSON.parse(readFileSync(join(folder, 'sources.json'), 'utf8')));
  if (!read.success) return null;
  const stem = basename(file, extname(file));
  const about = read.data.sources.filter((one) => one.about === stem);
  return (about.length > 0 ? about : read.data.sources.filter((one) => one.about === 'document')).map(({ readOn }) => readOn).toSorted()[0] ?? null;
}

/** 资料新旧 of every JSON and CSV file of a data folder, never checked and longest unchecked first; invented samples are left out, nothing outside vouches for them. */
export function freshnessOf(dataDir: string, today: IsoDate): readonly Freshness[] {
  const files = globSync('**/*.{json,csv}', { cwd: dataDir }).filter((file) => !file.startsWith('samples')).toSorted();
  return files.map((file) => {
    const text = extname(file) === '.json' ? readFileSync(join(dataDir, file), 'utf8') : '';
    const folder = join(dataDir, dirname(file));
    const isPlace = file.startsWith('jurisdictions');
    const checkedOn = daysUnder(text, 'readOn')[0] ?? (isPlace ? checkedByPlace(folder, file) : null);
    const sourceOn = daysUnder(text, 'issuedOn').at(-1) ?? (isPlace ? daysUnder(readFileSync(join(folder, 'jurisdiction.json'), 'utf8'), 'issuedOn').at(-1) : undefined) ?? null;
    return { file: file.replaceAll('\\', '/'), sourceOn, checkedOn, ageDays: checkedOn === null ? null : daysBetween(checkedOn, today) };
  }).toSorted((one, other) => (other.ageDays ?? Number.MAX_SAFE_INTEGER) - (one.ageDays ?? Number.MAX_SAFE_INTEGER) || one.file.localeCompare(other.file));
}
