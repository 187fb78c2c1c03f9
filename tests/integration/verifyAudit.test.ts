// The command an operator types, as a process of its own, on a database that somebody put his hand into.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Storage } from '#storage/schema.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { createDatabase } from '#tests/postgres.ts';

const root = join(import.meta.dirname, '..', '..');
type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

const verify = (env: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<Ended> => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, ['src/cli/verify-audit.ts', ...words], { cwd: root, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  child.once('error', reject);
  child.once('close', (code) => { resolve({ code, out: out.join(''), err: err.join('') }); });
});

describe.each(['sqlite', 'postgres'] as const)('npm run verify-audit on %s', (engine) => {
  let [folder, env]: [string, Readonly<Record<string, string>>] = ['', {}];
  let open: () => Promise<Storage>;
  let ids: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tuoyu-verify-'));
    if (engine === 'sqlite') {
      open = () => openSqlite(join(folder, 'tuoyu.sqlite'), Date.now());
      env = { DATA_DIR: folder, DEMO: '0' };
    } else {
      const url = await createDatabase(inject('postgresUrl'));
      open = () => openPostgres(url, Date.now(), 2);
      env = { DATA_DIR: folder, DEMO: '0', DATABASE_URL: url };
    }
    const storage = await open();
    ids = Array.from({ length: 5 }, () => newId());
    for (const [at, id] of ids.entries()) {
      for (const place of ['120105', '140525']) await storage.write((tx) => appendAudit(tx, { id: place === '120105' ? id : newId(), jurisdiction: jurisdictionCode.parse(place), at: instant.parse(1_700_000_000_000 + at), kind: 'complaint-open', actor: 'account-1', objectKind: 'complaint', objectId: `case-${String(at)}`, detail: { version: at } }));
    }
    await storage.close();
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  /** Somebody with the database's password: triggers do not hold him. */
  const tamper = async (statement: string): Promise<void> => {
    const storage = await open();
    const triggers = engine === 'sqlite' ? ['DROP TRIGGER audit_event_no_update', 'DROP TRIGGER audit_event_no_delete'] : ['ALTER TABLE audit_event DISABLE TRIGGER ALL'];
    await storage.write(async (tx) => { for (const each of [...triggers, statement]) await sql.raw(each).execute(tx); });
    await storage.close();
  };

  test('a whole record ends with 0 and says so of each place', async () => {
    const { code, out, err } = await verify(env);
    expect(out).toMatch(/^120105: 5 events, whole; head [0-9a-f]{64}\n140525: 5 events, whole; head [0-9a-f]{64}\n$/);
    expect([code, err]).toEqual([0, '']);
  });

  test('a row altered by hand ends with 1 and is named; the other place stays whole', async () => {
    await tamper(`UPDATE audit_event SET actor = 'nobody' WHERE jurisdiction_code = '120105' AND seq = 3`);
    const { code, out } = await verify(env);
    expect(out.split('\n')).toEqual([`120105: BROKEN. Event 3 (${ids[2] ?? ''}) was altered; the 2 before it are whole.`, expect.stringMatching(/^140525: 5 events, whole;/), '']);
    expect(code).toBe(1);
  });

  test('a row taken out ends with 1 and its place in the chain is named', async () => {
    await tamper(`DELETE FROM audit_event WHERE jurisdiction_code = '120105' AND seq = 2`);
    const { code, out } = await verify(env);
    expect(out.split('\n')[0]).toBe('120105: BROKEN. Event 2 is missing; the 1 before it are whole.');
    expect(code).toBe(1);
  });

  test('the last row taken out does not go unnoticed either', async () => {
    await tamper(`DELETE FROM audit_event WHERE jurisdiction_code = '120105' AND seq = 5`);
    const { code, out } = await verify(env);
    expect(out.split('\n')[0]).toBe('120105: BROKEN. Event 5 is missing; the 4 before it are whole.');
    expect(code).toBe(1);
  });

  test('a word it does not know ends with 2 and how it is used', async () => {
    const { code, out, err } = await verify(env, ['--repair']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('usage: npm run verify-audit');
  });
});
