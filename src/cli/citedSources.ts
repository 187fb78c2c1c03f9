import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { documentRow, sourceFaults, type CitedSource, type DocumentRow } from '#domain/guidance/documents.ts';

const source = z.object(documentRow.shape);
const head = z.object({ sources: z.array(source) });

const readMarkdown = (root: string, folder: string): readonly CitedSource[] => {
  const below = join(root, folder);
  if (!existsSync(below)) return [];
  return readdirSync(below, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).toSorted().flatMap((name) => {
    const yaml = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(below, name), 'utf8'))?.[1] ?? '';
    const read = head.safeParse(parse(yaml));
    return read.success ? read.data.sources.map((one) => ({ ...one, file: `${folder}/${name}` })) : []; // its own check tells what is wrong with a head
  });
};

const readData = (root: string, file: string): readonly CitedSource[] => z.array(source).parse(JSON.parse(readFileSync(join(root, file), 'utf8'))).map((one) => ({ ...one, file }));

/** The register of documents that more than one page rests on; throws when it is not as it has to be. */
export const readDocuments = (root: string): readonly DocumentRow[] => z.array(documentRow).parse(JSON.parse(readFileSync(join(root, 'data/reference/documents.json'), 'utf8')));

/** Every source that guidance, policy and reference tables cite, with the file that does. */
export const citedSources = (root: string): readonly CitedSource[] => [
  ...['content/guidance', 'content/policy', 'content/jurisdictions'].flatMap((folder) => readMarkdown(root, folder)),
  ...['data/reference/sources.json', 'data/reference/growth/sources.json'].flatMap((file) => readData(root, file)),
];

/** Sources cited otherwise than the register has them. */
export const checkSources = (root: string): readonly string[] => sourceFaults(readDocuments(root), citedSources(root));
