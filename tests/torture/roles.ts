// Sessions of the demonstration's accounts, made by the program's own commands, one for each role.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';

const accounts = z.array(z.object({ role: z.string(), login: z.string(), password: z.string(), totpSecret: z.string().optional() }));
type Account = z.infer<typeof accounts>[number];

async function written(dataDir: string): Promise<readonly Account[]> {
  const file = join(dataDir, 'demo-accounts.json');
  for (let tries = 0; tries < 300 && !existsSync(file); tries += 1) await later(100);
  return accounts.parse(JSON.parse(readFileSync(file, 'utf8')));
}

async function cookieOf(app: App, { login, password, totpSecret }: Account): Promise<string> {
  const caller = { address: '127.0.0.1', device: { name: '测试', token: 'a-browser' }, session: undefined };
  const first = await app.accounts.signIn(login, password, caller);
  if (!first.ok) throw new Error(`${login} cannot sign in: ${first.reason}`);
  if (first.value.kind === 'in') return `__Host-sid=${first.value.token}`;
  if (first.value.kind !== 'code') throw new Error(`${login} cannot sign in: ${first.value.kind}`);
  const second = await app.accounts.enterCode(first.value.pending, new TOTP({ secret: Secret.fromBase32(totpSecret ?? '') }).generate(), caller);
  if (!second.ok) throw new Error(`${login} cannot sign in: ${second.reason}`);
  return `__Host-sid=${second.value.token}`;
}

/** A cookie for each role that the demonstration has an account of; nobody, and nobody in 长辈版, come first. */
export async function cookiesOfRoles(dataDir: string): Promise<Map<string, string>> {
  const all = await written(dataDir);
  const app = await createApp(readConfig({ DATA_DIR: dataDir, RATE_LIMITS: 'off', DEMO: '1' }));
  const cookies = new Map([['nobody', ''], ['elder', 'mode=elder']]);
  try {
    for (const account of all) if (!cookies.has(account.role)) cookies.set(account.role, await cookieOf(app, account));
  } finally {
    await app.close();
  }
  return cookies;
}
