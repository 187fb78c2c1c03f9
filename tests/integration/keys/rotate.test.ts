// 更换主密钥: everything sealed before opens afterwards, under the new key alone; cut off anywhere, it opens too and the same command goes on.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reserve } from '#domain/booking/reserve.ts';
import { findBooking } from '#domain/booking/find.ts';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { registerDemand } from '#domain/demand/commands.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { caseSeals } from '#server/caseSeals.ts';
import { keyringOf, loadKeyring, loadMasterKeys, type Keyring } from '#server/crypto.ts';
import { demandSeals } from '#server/demandSeals.ts';
import { dropEarlierKeys, rotateKeys, sealedUnder } from '#server/rotateKeys.ts';
import { newId } from '#storage/ids.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { aComplaint, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aDemandRequest, demandDeps } from '#tests/builders/demand.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';
import { brokenStorage, triggerAt } from '#tests/torture/faults.ts';

test('every column whose name says that it is sealed is sealed anew, or lies under a case’s own key or a key of the answer', () => {
  const schema = readFileSync('src/storage/schema.ts', 'utf8');
  const named = [...schema.matchAll(/^ {2}(\w+): \{([\s\S]*?)\};$/gm)].flatMap(([, table = '', fields = '']) => [...fields.matchAll(/\b(sealed\w*|wrapped):/g)].map(([, column = '']) => `${table}.${column}`));
  const others = ['idempotency.sealed_answer', 'complaint.sealed_story', 'complaint.sealed_identity', 'case_message.sealed', 'case_task.sealed_result', 'case_forward.sealed_text', 'case_forward.sealed_reply', 'case_key.wrapped'];
  expect(named.filter((column) => !others.includes(column)).toSorted()).toEqual(Object.keys(sealedUnder).toSorted());
});

describe.each(engines)('changing the master key on $engine', ({ open }) => {
  let opened: Opened;
  let world: Awaited<ReturnType<typeof complaintDeps>>;
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-keys-'));
  const keyFile = join(folder, 'master');
  beforeAll(async () => { opened = await open(); world = await complaintDeps(opened.storage, '2026-11-23T10:00:00+08:00'); });
  afterAll(async () => { await world.close(); await opened.leave(); });
  const given = () => ({ storage: opened.storage, caseKeys: world.keysDb, keyFile, now: () => sundayMorning });
  const deps = (keys: Keyring) => ({ ...bookingDeps(opened.storage), seals: bookingSeals(keys) });
  let claim = { reference: '', queryCode: '' };

  const live = async (keys: Keyring): Promise<void> => {
    const slot = await aSlot(opened.storage);
    const outcome = await reserve(deps(keys), hebei, newId(), aRequest({ slotId: slot.id, phone: '13900007001', contactName: '示例换钥' }));
    if (!outcome.ok) throw new Error(outcome.reason);
    claim = outcome.value.receipt;
    await registerDemand({ ...demandDeps(opened.storage, () => []), seals: demandSeals(keys) }, hebei, newId(), aDemandRequest({ phone: '13900007002' }));
    expect(await submitComplaint({ ...world.deps, seals: caseSeals(keys) }, hebei, newId(), aComplaint())).toMatchObject({ ok: true });
    const account = newId();
    await opened.storage.write((tx) => tx.insertInto('account').values({ id: account, jurisdiction_code: hebei, login: `l-${account}`, title: null, state: 'active', institution_id: null, department_key: null, subdistrict_code: null, password_hash: 'x', sealed_totp: keys.seal('totp', account, 'SECRET'), version: 1, sample: 0, created_at: 1, password_set_at: 1 }).execute());
  };
  /** Whether everything there is opens with these keys. */
  const opensAll = async (keys: Keyring): Promise<void> => {
    const { read } = opened.storage;
    for (const { id, sealed_contact } of await read.selectFrom('booking').select(['id', 'sealed_contact']).execute()) expect(keys.open('booking-contact', id, sealed_contact)).toContain('示例换钥');
    for (const { id, sealed } of await read.selectFrom('demand').select(['id', 'sealed']).execute()) expect(keys.open('demand', id, sealed)).toContain('13900007002');
    for (const { id, sealed } of await read.selectFrom('outbox').select(['id', 'sealed']).execute()) expect(keys.open('outbox', id, sealed)).not.toBe('');
    for (const { id, sealed_totp } of await read.selectFrom('account').select(['id', 'sealed_totp']).execute()) expect(keys.open('totp', id, sealed_totp ?? '')).toBe('SECRET');
    for (const { complaint_id, part, wrapped } of await world.keysDb.selectFrom('case_key').selectAll().execute()) expect(keys.open('case-key', `${complaint_id}|${part}`, wrapped)).toHaveLength(43);
    expect(await findBooking(deps(keys), hebei, claim)).toMatchObject({ ok: true });
  };

  test('cut off at every call it still opens everything, and goes on from there', async () => {
    await live(loadKeyring(keyFile));
    for (let turn = 1; ; turn += 1) {
      const trigger = triggerAt(turn);
      const cut = await rotateKeys({ ...given(), storage: brokenStorage(opened.storage, trigger) }).then(() => undefined, (fault: unknown) => fault);
      await opensAll(loadKeyring(keyFile));
      if (trigger.hit() === undefined) { expect(cut).toBeUndefined(); break; }
      await live(loadKeyring(keyFile)); // life goes on between two tries
    }
    const { current, earlier, mac } = loadMasterKeys(keyFile);
    expect(earlier).toHaveLength(1);
    await opensAll(keyringOf(current, [], mac));
    expect(await opened.storage.read.selectFrom('audit_event').select('kind').where('kind', '=', 'master-key-changed').execute()).not.toEqual([]);
  }, 120_000);

  test('the key before opens nothing of it any more; taken out of the file, all still opens, and a copy for old backups is kept for the owner alone', async () => {
    const [before] = loadMasterKeys(keyFile).earlier;
    if (!before) throw new Error('no earlier key');
    const { id, sealed_contact } = await opened.storage.read.selectFrom('booking').select(['id', 'sealed_contact']).limit(1).executeTakeFirstOrThrow();
    expect(() => keyringOf(before).open('booking-contact', id, sealed_contact)).toThrow('does not open');
    expect(await dropEarlierKeys(given())).toBe(1);
    expect(loadMasterKeys(keyFile).earlier).toEqual([]);
    await opensAll(loadKeyring(keyFile));
    const [kept = ''] = readdirSync(folder).filter((name) => name.startsWith('master.before-'));
    expect(loadMasterKeys(join(folder, kept)).current).toEqual(before);
    expect(statSync(join(folder, kept)).mode & 0o077).toBe(0);
  });

  test('a second change makes a second key; a query code of before the first still opens its booking', async () => {
    const kept = claim;
    await live(loadKeyring(keyFile));
    claim = kept;
    await rotateKeys({ ...given(), now: () => sundayMorning });
    await opensAll(loadKeyring(keyFile));
  });

  test('earlier keys are not taken out while something still needs them', async () => {
    const { earlier } = loadMasterKeys(keyFile);
    const slot = await aSlot(opened.storage);
    const [old] = earlier;
    if (!old) throw new Error('no earlier key');
    const stray = await reserve(deps(keyringOf(old, [], loadMasterKeys(keyFile).mac)), hebei, newId(), aRequest({ slotId: slot.id, phone: '13900007009', contactName: '示例换钥' }));
    expect(stray.ok).toBe(true);
    await expect(dropEarlierKeys(given())).rejects.toThrow('does not open under any key of the file');
    expect(loadMasterKeys(keyFile).earlier).toHaveLength(1);
    await rotateKeys(given());
    expect(await dropEarlierKeys(given())).toBe(1);
  });

  test('a stranger’s line in the file is refused by name', async () => {
    const { writeFileSync } = await import('node:fs');
    const other = join(folder, 'other');
    writeFileSync(other, `${randomBytes(32).toString('base64')}\nwhatever\n`, { mode: 0o600 });
    expect(() => loadMasterKeys(other)).toThrow('neither "earlier <key>" nor the one "mac <key>"');
  });
});
