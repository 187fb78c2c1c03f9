import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#storage/ids.ts';

/** 照片文件: re-encoded pictures by the SHA-256 of their bytes. */
export type PhotoFiles = {
  /** Keeps the bytes and answers their name; the same bytes are kept once. */
  readonly keep: (bytes: Uint8Array) => string;
  /** The bytes of a name; undefined when there are none. */
  readonly find: (file: string) => Promise<Uint8Array | undefined>;
  /** Forgets the bytes of a name. */
  readonly drop: (file: string) => void;
};

/** Photo files in a folder, 0600, each written whole before it bears its name. */
export function photoFolder(folder: string): PhotoFiles {
  const pathOf = (file: string): string => join(folder, `${file}.webp`);
  return {
    keep: (bytes) => {
      const file = createHash('sha256').update(bytes).digest('hex');
      if (existsSync(pathOf(file))) return file;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `${newId()}.part`);
      writeFileSync(draft, bytes, { mode: 0o600, flush: true });
      renameSync(draft, pathOf(file));
      return file;
    },
    find: async (file) => {
      if (!/^[0-9a-f]{64}$/.test(file)) return undefined;
      try {
        return await readFile(pathOf(file));
      } catch (fault) {
        if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
        throw fault;
      }
    },
    drop: (file) => { if (/^[0-9a-f]{64}$/.test(file)) rmSync(pathOf(file), { force: true }); },
  };
}
