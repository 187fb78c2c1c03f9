import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#server/config.ts';

const publicSite = { SITE_ORIGIN: 'https://tuoyu.example.cn' };

function complaintsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('an empty environment', () => {
  test('tries the site out on this machine: loopback, demo data, limits on', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1', port: 4321, dataDir: resolve('.local'),
      database: { kind: 'sqlite', file: resolve('.local/demo.sqlite') },
      siteOrigin: undefined, trustedProxies: 0, demo: true, rateLimits: true, now: undefined, logLevel: 'info',
      keyFile: resolve('.local/keys/master'), keysUrl: undefined, mailUrl: undefined, smsUrl: undefined, identityUrl: undefined, identityName: '统一身份认证',
      offlineReading: true, tiandituKey: undefined, tiandituApproval: undefined, blobDir: resolve('.local/blobs'), backupDir: undefined, backupRecipient: undefined,
      metricsPort: undefined, pushSecret: undefined, passwordPolicy: { maxAgeDays: null, classes: 0 },
    });
  });

  test('is the same as one with blank values and foreign variables', () => {
    expect(readConfig({ PORT: '', SITE_ORIGIN: ' ', PATH: '/usr/bin', DEMO: undefined })).toEqual(readConfig({}));
  });
});

describe('where records live', () => {
  test('a public site and a site without samples use their own database', () => {
    expect(readConfig({ ...publicSite, DATA_DIR: '/srv/tuoyu' }).database).toEqual({ kind: 'sqlite', file: '/srv/tuoyu/tuoyu.sqlite' });
    expect(readConfig({ DEMO: '0', DATA_DIR: '/srv/tuoyu' }).database).toEqual({ kind: 'sqlite', file: '/srv/tuoyu/tuoyu.sqlite' });
  });

  test.each(['file:records.sqlite', 'file:/srv/tuoyu/records.sqlite', 'file:///srv/tuoyu/records.sqlite'])('%s is inside DATA_DIR', (url) => {
    expect(readConfig({ DATA_DIR: '/srv/tuoyu', DATABASE_URL: url }).database).toEqual({ kind: 'sqlite', file: '/srv/tuoyu/records.sqlite' });
  });

  test.each(['file:../other.sqlite', 'file:/etc/passwd', 'file:', 'records.sqlite', 'mysql://host/db', 'file://host/x'])('%s is refused by name', (url) => {
    expect(complaintsOf({ DATA_DIR: '/srv/tuoyu', DATABASE_URL: url })).toEqual([expect.stringMatching(/^DATABASE_URL must be file: and a path inside DATA_DIR/)]);
  });

  test('PostgreSQL by its address', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://u:p@db/tuoyu' }).database).toEqual({ kind: 'postgres', url: 'postgres://u:p@db/tuoyu' });
  });

  test('keys do not live where the records live', () => {
    const url = 'postgres://u:p@db/tuoyu';
    expect(complaintsOf({ DATABASE_URL: url, KEYS_URL: url })).toEqual([expect.stringMatching(/^KEYS_URL must be another database/)]);
  });
});

describe('SITE_ORIGIN', () => {
  test.each(['https://tuoyu.example.cn', 'https://tuoyu.example.cn:8443', 'http://localhost:4321', 'http://127.0.0.1:4321', 'http://[::1]:4321'])('%s is an origin', (origin) => {
    expect(readConfig({ SITE_ORIGIN: origin }).siteOrigin).toBe(origin);
  });

  test.each(['http://tuoyu.example.cn', 'https://tuoyu.example.cn/', 'https://tuoyu.example.cn/a', 'tuoyu.example.cn', 'ftp://localhost', 'https://TUOYU.example.cn'])('%s is refused', (origin) => {
    expect(complaintsOf({ SITE_ORIGIN: origin })).toEqual([expect.stringMatching(/^SITE_ORIGIN must be an origin such as/)]);
  });

  test('is required where others can reach the site', () => {
    expect(complaintsOf({ HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/^SITE_ORIGIN .* because HOST is not a loopback address/)]);
    expect(complaintsOf({ HOST: '0.0.0.0', ...publicSite })).toEqual([]);
    expect(complaintsOf({ HOST: '::1' })).toEqual([]);
  });
});

describe('what loosens the site', () => {
  const loose = { RATE_LIMITS: 'off', NOW: '2026-11-23T10:00:00+08:00', DEMO: '1' };

  test('is accepted while only this machine can reach it', () => {
    for (const origin of [{}, { SITE_ORIGIN: 'http://localhost:4321' }]) {
      expect(readConfig({ ...origin, ...loose })).toMatchObject({ rateLimits: false, now: Date.UTC(2026, 10, 23, 2), demo: true });
    }
  });

  test('stops the start of a public site, one sentence for each value', () => {
    expect(complaintsOf({ ...publicSite, ...loose })).toEqual([
      'RATE_LIMITS must be on while SITE_ORIGIN is a public address.',
      'NOW must be nothing while SITE_ORIGIN is a public address.',
      'DEMO must be 0 or nothing while SITE_ORIGIN is a public address.',
    ]);
  });

  test('DEMO is off by itself as soon as SITE_ORIGIN is set', () => {
    expect(readConfig({ SITE_ORIGIN: 'http://localhost:4321' }).demo).toBe(false);
  });
});

describe('what a public site says to other machines', () => {
  const remote = { ...publicSite, KEYS_URL: 'postgres://u:p4rt-of-its-own@keys/keys?sslmode=verify-full', DATABASE_URL: 'postgres://u:p4rt-of-its-own@db/tuoyu?sslmode=verify-full' };

  test('a database on another machine is spoken to over a checked certificate only; on this one, and while only tried out, as it is', () => {
    expect(readConfig(remote).database).toMatchObject({ kind: 'postgres' });
    for (const mode of ['', '?sslmode=require', '?sslmode=disable', '?sslmode=prefer', '?sslmode=no-verify', '?sslmode=verify-ca', '?ssl=true']) {
      expect(complaintsOf({ ...remote, DATABASE_URL: `postgres://u@db/tuoyu${mode}`, KEYS_URL: `postgres://u@keys/keys${mode}` }), mode).toEqual([
        'DATABASE_URL must be an address that ends in sslmode=verify-full, because the database is on another machine.',
        'KEYS_URL must be an address that ends in sslmode=verify-full, because the database is on another machine.',
      ]);
    }
    for (const url of ['postgres://u@127.0.0.1/tuoyu', 'postgres://u@localhost/tuoyu', 'postgres://u@x/tuoyu?host=/run/postgresql']) expect(readConfig({ ...publicSite, DATABASE_URL: url }).database.kind).toBe('postgres');
    expect(readConfig({ DATABASE_URL: 'postgres://u:p@db/tuoyu' }).database.kind).toBe('postgres');
  });

  test('no password a product is delivered with', () => {
    for (const [name, url] of [['DATABASE_URL', 'postgres://postgres:Postgres@127.0.0.1/tuoyu'], ['KEYS_URL', 'postgres://keeper:keeper@127.0.0.1/keys'], ['MAIL_URL', 'smtps://notice%40example.cn:changeme@mail.example.cn']]) {
      const complaints = complaintsOf({ ...publicSite, [String(name)]: url });
      expect(complaints).toEqual([`${String(name)} must be an address with a password of its own, not the one a product is delivered with.`]);
    }
  });
});

test.each([
  ['PORT', '70000', 'a whole number from 0 to 65535'], ['PORT', 'http', 'a whole number from 0 to 65535'], ['PORT', '4.5', 'a whole number'],
  ['TRUSTED_PROXIES', '-1', 'a whole number from 0 to 10'], ['DEMO', 'yes', '0 or 1'], ['RATE_LIMITS', 'false', 'on or off'], ['OFFLINE_READING', 'no', 'on or off'],
  ['NOW', '2026-11-23', 'an instant such as'], ['LOG_LEVEL', 'loud', 'one of fatal, error'], ['KEYS_URL', 'file:keys', 'an address such as postgres://'],
  ['MAIL_URL', 'mail.example.cn', 'an address such as smtps://'], ['SMS_URL', 'gateway', 'file:/// and the path of a file'], ['SMS_URL', 'https://gateway.example.cn/send', 'file:/// and the path'], ['SMS_URL', 'http://:0123456789abcdef@gateway.example.cn/send', 'file:/// and the path'], ['MAIL_URL', 'smtp://mail.example.cn', 'an address such as smtps://'],
  ['BLOB_URL', 's3://bucket', 'file: and a folder'], ['METRICS_PORT', '0', 'a whole number from 1'], ['METRICS_PORT', '4321', 'another port than PORT'],
  ['PUSH_SECRET', 'short', 'a secret of at least 16'],
])('%s=%s is refused in one sentence that says what was expected', (name, value, expected) => {
  const complaints = complaintsOf({ [name]: value });
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(new RegExp(`^${name} must be ${expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
});

test('every wrong value is named at once, and a secret is never repeated', () => {
  const complaints = complaintsOf({ PORT: 'x', DEMO: 'x', PUSH_SECRET: 'hunter2' });
  expect(complaints.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DEMO', 'PUSH_SECRET']);
  expect(complaints.join()).not.toContain('hunter2');
});

describe('the switches for assessors', () => {
  test('are off unless set, and take only what makes sense', () => {
    expect(readConfig({ PASSWORD_MAX_AGE_DAYS: '90', PASSWORD_CLASSES: '3' }).passwordPolicy).toEqual({ maxAgeDays: 90, classes: 3 });
    expect(complaintsOf({ PASSWORD_MAX_AGE_DAYS: '7', PASSWORD_CLASSES: '5' })).toEqual([
      'PASSWORD_MAX_AGE_DAYS must be a whole number of days from 30 to 3650.', 'PASSWORD_CLASSES must be a whole number from 2 to 4.',
    ]);
  });
});
