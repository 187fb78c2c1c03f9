import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** Raised when what a backup holds changes; a newer one is refused. */
export const backupFormat = 1;

const count = z.int().nonnegative();
const manifest = z.strictObject({
  format: z.literal(backupFormat),
  /** Milliseconds since 1970. */
  madeAt: z.int(),
  engine: z.enum(['sqlite', 'postgres']),
  facts: z.strictObject({
    schemaVersion: count, counts: z.record(z.string(), count),
    chains: z.array(z.strictObject({ jurisdiction: z.string(), events: count, head: z.string() })).readonly(),
  }),
  /** Photographs and sealed files, by their path inside the backup. */
  files: z.array(z.strictObject({ path: z.string(), bytes: count, sha256: z.string() })).readonly(),
});
export type Manifest = z.infer<typeof manifest>;
export type HeldFile = Manifest['files'][number];

/** Names inside a backup. */
export const inside = { manifest: 'manifest.json', sqlite: 'records.sqlite', postgres: 'records.pgdump', photos: 'photos', blobs: 'blobs' } as const;

/** Reads the manifest of an unpacked backup; a sentence when it is not one this program understands. */
export function readManifest(folder: string): Manifest | string {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(join(folder, inside.manifest), 'utf8'));
  } catch {
    return 'the file opens, but it holds no backup of this program';
  }
  const format = z.object({ format: z.int() }).safeParse(text);
  if (format.success && format.data.format > backupFormat) return `the backup is of format ${String(format.data.format)}, this program knows formats up to ${String(backupFormat)}; restore it with the program that made it`;
  const read = manifest.safeParse(text);
  return read.success ? read.data : `the backup's ${inside.manifest} cannot be read: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
}

const hashFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/** Every file under some folders of an unpacked backup, with its length and hash. */
export async function hashFiles(root: string, folders: readonly string[]): Promise<readonly HeldFile[]> {
  const held: HeldFile[] = [];
  for (const folder of folders) {
    if (!statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      held.push({ path: relative(root, file), bytes: statSync(file).size, sha256: await hashFile(file) });
    }
  }
  return held.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** Files that are missing, added or altered, one sentence each. */
export function differingFiles(wanted: readonly HeldFile[], found: readonly HeldFile[]): readonly string[] {
  const byPath = new Map(found.map((file) => [file.path, file]));
  const known = new Set(wanted.map(({ path }) => path));
  return [
    ...wanted.flatMap(({ path, sha256 }) => (byPath.get(path)?.sha256 === sha256 ? [] : [`${path} is ${byPath.has(path) ? 'altered' : 'missing'}`])),
    ...found.flatMap(({ path }) => (known.has(path) ? [] : [`${path} is not in the list`])),
  ];
}
