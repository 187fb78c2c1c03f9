import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupStanding } from '#domain/operation/alarms.ts';
import { copiesToDiscard } from '#domain/shared/keptCopies.ts';
import { runProgram } from '#server/backup/program.ts';
import type { Config } from '#server/config.ts';

const everyMs = 15 * 60_000;
const lateAfterMs = 20 * 60_000;

/** tuoyu-20261123T021500Z.age: the moment in the name, so that a folder tells by itself what it holds. */
const nameOf = (at: number): string => `tuoyu-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}.age`;
const momentOf = (name: string): number | undefined => {
  const [, year, month, dayOfMonth, hours, minutes, seconds] = /^tuoyu-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.age$/.exec(name) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month ?? ''}-${dayOfMonth ?? ''}T${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}Z`);
};

/** Copies in a folder by the moment in their names, newest first. */
export const copiesIn = (folder: string): readonly number[] => readdirSync(folder).flatMap((name) => momentOf(name) ?? []).toSorted((one, other) => other - one);

/** Makes one copy, by a process of its own: encrypting a large database must not keep families waiting. */
const copyApart = (file: string): Promise<void> => runProgram(process.execPath, [join(import.meta.dirname, '..', '..', 'cli', 'backup.ts'), file]);

/** How a copy is made and what time it is; a test puts its own in. */
export type BackupParts = { readonly copy: (file: string) => Promise<void>; readonly now: () => number };

/** 定时备份: a copy at start when the newest is old, then every quarter of an hour while serving; a fault is reported and tried again. Several processes share the folder: who finds a fresh copy makes none. */
export function keepBackingUp(config: Pick<Config, 'dataDir' | 'backupDir' | 'backupRecipient'>, report: (fault: unknown) => void, { copy, now }: BackupParts = { copy: copyApart, now: Date.now }): { readonly standing: () => BackupStanding; readonly stop: () => Promise<void> } {
  if (config.backupRecipient === undefined) return { standing: () => ({ kind: 'off' }), stop: () => Promise.resolve() };
  const folder = config.backupDir ?? join(config.dataDir, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let failed = false;
  const isFresh = (): boolean => now() - (copiesIn(folder)[0] ?? 0) < everyMs - 30_000;
  const run = async (): Promise<void> => {
    if (isFresh()) return;
    try {
      await copy(join(folder, nameOf(now())));
      for (const discarded of copiesToDiscard(copiesIn(folder), now())) rmSync(join(folder, nameOf(discarded)), { force: true });
      failed = false;
    } catch (fault) {
      failed = true;
      report(fault);
    }
  };
  let running = run();
  const timer = setInterval(() => { running = running.then(run); }, 60_000);
  timer.unref();
  return {
    standing: () => {
      const newest = copiesIn(folder)[0];
      const age = newest === undefined ? null : now() - newest;
      return { kind: 'on', age, late: age === null || age > lateAfterMs, failed };
    },
    stop: async () => { clearInterval(timer); await running; },
  };
}
