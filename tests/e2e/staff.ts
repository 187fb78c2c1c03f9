// Staff at their desks: the demonstration's accounts, and further ones made as an administrator and their holder would.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { vi } from 'vitest';
import { z } from 'zod';
import { activate, createAccount } from '#domain/accounts/commands.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { App } from '#server/app.ts';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import type { Visitor } from '#tests/e2e/visitor.ts';

const demoAccounts = z.array(z.object({ role: z.string(), jurisdiction: z.string(), institution: z.string().optional(), login: z.string(), password: z.string(), totpSecret: z.string().optional() }));
export type StaffAccount = Pick<z.infer<typeof demoAccounts>[number], 'login' | 'password' | 'totpSecret' | 'institution'>;

/** The account a demonstration wrote down for a role in a place. */
export async function demoAccountOf(dataDir: string, role: string, jurisdiction = '120105'): Promise<StaffAccount> {
  const file = join(dataDir, 'demo-accounts.json');
  await vi.waitUntil(() => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false, { timeout: 30_000, interval: 200 });
  const found = demoAccounts.parse(JSON.parse(readFileSync(file, 'utf8'))).find((one) => one.role === role && one.jurisdiction === jurisdiction);
  if (!found) throw new Error(`no demonstration account of ${role}`);
  return found;
}

/** An account of an institution, made and activated. */
export async function accountAt(app: App, institution: string, login: string): Promise<StaffAccount> {
  const { deps } = app.accounts;
  const password = 'birke kessel wolke';
  const made = await createAccount(deps, { jurisdiction: jurisdictionCode.parse('120105'), login, title: null, roles: ['institution'], institution, department: null, subdistrict: null, sample: true }, 'operator');
  const active = made.ok ? await activate(deps, made.value.code, password) : made;
  if (!active.ok) throw new Error(`no account: ${active.reason}`);
  return { login, password, institution };
}

/** Signs in on the way to a page of a desk, with the second step where the account has one. */
export async function signIn(visitor: Visitor, { login, password, totpSecret }: StaffAccount, to: string): Promise<SoundPage> {
  const { page } = visitor;
  await open(visitor, `/sign-in/?to=${encodeURIComponent(to)}`);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  const next = await follow(visitor, () => page.getByRole('button', { name: '登录', exact: true }).click());
  if (totpSecret === undefined) return next;
  await page.getByRole('textbox', { name: '动态码' }).fill(new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate());
  return follow(visitor, () => page.getByRole('button', { name: '确认', exact: true }).click());
}

/**
 * Desks of the demonstration's accounts: the first window of an account signs in, later ones carry on its session.
 * A code of the second step is good for one use, so an account cannot sign in twice within half a minute.
 */
export function demoDesks(dataDir: string): (visitor: Visitor, role: string, to: string, place?: string) => Promise<SoundPage> {
  const sessions = new Map<string, Awaited<ReturnType<Visitor['context']['cookies']>>>();
  return async (visitor, role, to, place = '120105') => {
    const [key, { context }] = [`${role} of ${place}`, visitor];
    const session = sessions.get(key);
    if (session) {
      await context.addCookies(session);
      return open(visitor, to);
    }
    const page = await signIn(visitor, await demoAccountOf(dataDir, role, place), to);
    sessions.set(key, (await context.cookies()).filter(({ name }) => name === '__Host-sid'));
    return page;
  };
}
