import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseBlobs } from '#domain/complaints/ports.ts';

const isMissing = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';

/** Sealed files of cases in a folder, 0600, each written whole and flushed before it bears its name. */
export function caseBlobFolder(folder: string): CaseBlobs {
  const pathOf = (name: string): string => {
    if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('not a name of a sealed file');
    return join(folder, `${name}.sealed`);
  };
  return {
    put: async (name, sealed) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${pathOf(name)}.part`;
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(sealed);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, pathOf(name));
      } catch (fault) {
        await rm(draft, { force: true });
        throw fault;
      }
    },
    get: async (name) => {
      try {
        return await readFile(pathOf(name));
      } catch (fault) {
        if (isMissing(fault)) return undefined;
        throw fault;
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
