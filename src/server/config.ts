import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { PasswordPolicy } from '#domain/accounts/password.ts';

/** Where the records live: one SQLite file under the data folder, or a PostgreSQL server. */
export type Database =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** Everything the environment decides, checked once at start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly database: Database;
  /** The one public origin; undefined while the site is only tried out on this machine. */
  readonly siteOrigin: string | undefined;
  readonly trustedProxies: number;
  readonly demo: boolean;
  readonly rateLimits: boolean;
  /** Whether browsers may keep the articles a parent has read; off takes back what they were given. */
  readonly offlineReading: boolean;
  /** A fixed instant (milliseconds) for the domain's day and time; undefined follows the clock. */
  readonly now: number | undefined;
  readonly logLevel: LogLevel;
  readonly keyFile: string;
  readonly keysUrl: string | undefined;
  readonly mailUrl: string | undefined;
  readonly smsUrl: string | undefined;
  /** 统一身份认证: the operator's bridge to it, and what it is called on the sign-in page. */
  readonly identityUrl: string | undefined;
  readonly identityName: string;
  readonly tiandituKey: string | undefined;
  /** 审图号 of the base map, as the provider publishes it. */
  readonly tiandituApproval: string | undefined;
  readonly blobDir: string;
  readonly backupDir: string | undefined;
  readonly backupRecipient: string | undefined;
  readonly metricsPort: number | undefined;
  readonly pushSecret: string | undefined;
  /** 等保 switches: off unless set. */
  readonly passwordPolicy: PasswordPolicy;
}

export type LogLevel = (typeof logLevels)[number];
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The environment is wrong; the message has one sentence per value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const wholeNumber = (expected: string, min: number, max: number) =>
  z.string().regex(/^\d{1,5}$/, expected).transform(Number)
    .refine((value) => value >= min && value <= max, { error: expected });
const urlOf = (schemes: readonly string[], expected: string) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), { error: expected });
const postgresSchemes = ['postgres:', 'postgresql:'];
const visible = (expected: string) => z.string().regex(/^[\x21-\x7e]+$/, expected);
const originExpected =
  'an origin such as https://tuoyu.example.cn, without a path or a trailing slash (http only for localhost, 127.0.0.1 or [::1])';

const mailExpected = 'an address such as smtps://user:password@host?from=notice@example.cn; from may be left out when user is a mail address';
const smsExpected = 'file:/// and the path of a file, or an address such as https://:secret@gateway.example.cn/send with a secret of at least 16 characters';

const identityExpected = 'an address such as https://:secret@identity.example.cn/start with a secret of at least 16 characters';

/** The address mail is sent from: `from` of MAIL_URL, else its user when that is a mail address; undefined without either. */
export const senderOf = (mailUrl: string): string | undefined => {
  const url = new URL(mailUrl);
  return [url.searchParams.get('from') ?? '', decodeURIComponent(url.username)].find((address) => /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address));
};

const isSmsUrl = (url: URL): boolean =>
  (url.protocol === 'file:' ? url.host === '' && url.pathname.length > 1 : decodeURIComponent(url.password).length >= 16 && (url.protocol === 'https:' || isLoopback(url.hostname)));

const environment = z.object({
  HOST: z.string().regex(/^[\w.:-]+$/, 'a host name or an IP address').default('127.0.0.1'),
  PORT: wholeNumber('a whole number from 0 to 65535', 0, 65_535).default(4321),
  DATA_DIR: z.string().default('.local'),
  DATABASE_URL: z.string().optional(),
  SITE_ORIGIN: z.string().refine(isSiteOrigin, { error: originExpected }).optional(),
  TRUSTED_PROXIES: wholeNumber('a whole number from 0 to 10', 0, 10).default(0),
  DEMO: z.enum(['0', '1'], { error: '0 or 1' }).optional(),
  RATE_LIMITS: z.enum(['on', 'off'], { error: 'on or off' }).default('on'),
  OFFLINE_READING: z.enum(['on', 'off'], { error: 'on or off' }).default('on'),
  NOW: z.iso.datetime({ offset: true, error: 'an instant such as 2026-11-23T10:00:00+08:00' }).optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('info'),
  KEY_FILE: z.string().optional(),
  KEYS_URL: urlOf(postgresSchemes, 'an address such as postgres://user@host/keys').optional(),
  MAIL_URL: urlOf(['smtp:', 'smtps:'], mailExpected).refine((value) => !URL.canParse(value) || senderOf(value) !== undefined, { error: mailExpected }).optional(),
  SMS_URL: urlOf(['https:', 'http:', 'file:'], smsExpected).refine((value) => !URL.canParse(value) || isSmsUrl(new URL(value)), { error: smsExpected }).optional(),
  IDENTITY_URL: urlOf(['https:', 'http:'], identityExpected).refine((value) => !URL.canParse(value) || isSmsUrl(new URL(value)), { error: identityExpected }).optional(),
  IDENTITY_NAME: z.string().trim().max(20, 'a name of at most 20 characters').default('统一身份认证'),
  TIANDITU_KEY: visible('the key that 天地图 issued, without spaces').optional(),
  TIANDITU_APPROVAL: z.string().max(60, 'the 审图号 that 天地图 publishes, at most 60 characters').optional(),
  BLOB_URL: z.string().optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_RECIPIENT: visible('a public key, without spaces').optional(),
  METRICS_PORT: wholeNumber('a whole number from 1 to 65535', 1, 65_535).optional(),
  PASSWORD_MAX_AGE_DAYS: wholeNumber('a whole number of days from 30 to 3650', 30, 3_650).optional(),
  PASSWORD_CLASSES: wholeNumber('a whole number from 2 to 4', 2, 4).optional(),
  PUSH_SECRET: z.string().min(16, 'a secret of at least 16 characters').optional(),
});

type Environment = z.infer<typeof environment>;

/** Reads and checks the environment; throws ConfigError with one sentence for each wrong value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => sentence(String(issue.path[0]), issue.message)).join('\n'));
  }
  const values = parsed.data;
  const dataDir = resolve(values.DATA_DIR);
  const demo = values.DEMO === undefined ? values.SITE_ORIGIN === undefined : values.DEMO === '1';
  const database = databaseOf(values, dataDir, demo);
  const blobDir = folderOf(values.BLOB_URL ?? 'file:blobs', dataDir);
  const problems = [
    ...crossProblems(values),
    ...(database === undefined
      ? [sentence('DATABASE_URL', 'file: and a path inside DATA_DIR, or an address such as postgres://user@host/tuoyu')] : []),
    ...(blobDir === undefined ? [sentence('BLOB_URL', 'file: and a folder inside DATA_DIR')] : []),
  ];
  if (database === undefined || blobDir === undefined || problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    host: values.HOST,
    port: values.PORT,
    dataDir,
    database,
    siteOrigin: values.SITE_ORIGIN,
    trustedProxies: values.TRUSTED_PROXIES,
    demo,
    offlineReading: values.OFFLINE_READING === 'on',
    rateLimits: values.RATE_LIMITS === 'on',
    now: values.NOW === undefined ? undefined : Date.parse(values.NOW),
    logLevel: values.LOG_LEVEL,
    keyFile: values.KEY_FILE === undefined ? join(dataDir, 'keys', 'master') : resolve(values.KEY_FILE),
    keysUrl: values.KEYS_URL,
    mailUrl: values.MAIL_URL,
    smsUrl: values.SMS_URL,
    identityUrl: values.IDENTITY_URL,
    identityName: values.IDENTITY_NAME,
    tiandituKey: values.TIANDITU_KEY,
    tiandituApproval: values.TIANDITU_APPROVAL?.trim(),
    blobDir,
    backupDir: values.BACKUP_DIR === undefined ? undefined : resolve(values.BACKUP_DIR),
    backupRecipient: values.BACKUP_RECIPIENT,
    metricsPort: values.METRICS_PORT,
    pushSecret: values.PUSH_SECRET,
    passwordPolicy: { maxAgeDays: values.PASSWORD_MAX_AGE_DAYS ?? null, classes: values.PASSWORD_CLASSES ?? 0 },
  };
}

/** Whether a host name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function isSiteOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.origin !== value) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Rules between values: what loosens the site is only for a site that nobody else can reach. */
function crossProblems(values: Environment): readonly string[] {
  const problems: string[] = [];
  const isPublic = values.SITE_ORIGIN !== undefined && !isLoopback(new URL(values.SITE_ORIGIN).hostname);
  const whilePublic = 'while SITE_ORIGIN is a public address';
  if (values.SITE_ORIGIN === undefined && !isLoopback(values.HOST)) {
    problems.push(sentence('SITE_ORIGIN', `${originExpected}, because HOST is not a loopback address`));
  }
  if (isPublic && values.RATE_LIMITS === 'off') problems.push(sentence('RATE_LIMITS', `on ${whilePublic}`));
  if (isPublic && values.NOW !== undefined) problems.push(sentence('NOW', `nothing ${whilePublic}`));
  if (isPublic && values.DEMO === '1') problems.push(sentence('DEMO', `0 or nothing ${whilePublic}`));
  if (values.METRICS_PORT !== undefined && values.METRICS_PORT === values.PORT) {
    problems.push(sentence('METRICS_PORT', 'another port than PORT'));
  }
  if (isPublic) problems.push(...outwardProblems(values));
  if (values.KEYS_URL !== undefined && values.KEYS_URL === values.DATABASE_URL) {
    problems.push(sentence('KEYS_URL', 'another database than DATABASE_URL, so that a backup of records holds no key'));
  }
  return problems;
}

// What products are delivered with, or what somebody meant to change later.
const deliveredPasswords: readonly string[] = ['postgres', 'root', 'admin', 'administrator', 'password', 'changeme', 'change-me', 'secret', 'guest', 'test', 'tuoyu', '12345678'];

/** What a public site may not say to another machine: nothing to a database without a checked certificate, and no password that everybody knows. */
function outwardProblems(values: Environment): readonly string[] {
  return (['DATABASE_URL', 'KEYS_URL', 'MAIL_URL'] as const).flatMap((name) => {
    const value = values[name];
    if (value === undefined || !URL.canParse(value)) return [];
    const url = new URL(value);
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password).toLowerCase()];
    const isDatabase = postgresSchemes.includes(url.protocol);
    // `?host=/run/postgresql` is a socket of this machine.
    const isHere = isLoopback(url.hostname) || url.hostname === '' || (url.searchParams.get('host') ?? '').startsWith('/');
    return [
      ...(isDatabase && !isHere && url.searchParams.get('sslmode') !== 'verify-full' ? [sentence(name, 'an address that ends in sslmode=verify-full, because the database is on another machine')] : []),
      ...(password !== '' && (password === user.toLowerCase() || deliveredPasswords.includes(password)) ? [sentence(name, 'an address with a password of its own, not the one a product is delivered with')] : []),
    ];
  });
}

function databaseOf(values: Environment, dataDir: string, demo: boolean): Database | undefined {
  const url = values.DATABASE_URL ?? (demo ? 'file:demo.sqlite' : 'file:tuoyu.sqlite');
  if (URL.canParse(url) && postgresSchemes.includes(new URL(url).protocol)) return { kind: 'postgres', url };
  const file = folderOf(url, dataDir);
  return file === undefined ? undefined : { kind: 'sqlite', file };
}

/** The path a `file:` address names, read from the data folder on; undefined when it leaves that folder. */
function folderOf(url: string, dataDir: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = url.startsWith('file://') ? pathOfFileUrl(url) : url.slice('file:'.length);
  if (path === undefined || path === '' || path.includes('\0') || path.includes('?')) return undefined;
  const full = resolve(dataDir, path);
  const inside = relative(dataDir, full);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : full;
}

function pathOfFileUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined; // a host part or an encoded slash: the caller names the variable
  }
}

/** Never repeats the value: several of them are secrets. */
function sentence(name: string, expected: string): string {
  return `${name} must be ${expected}.`;
}
