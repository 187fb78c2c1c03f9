import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { withdrawCase } from '#domain/complaints/parent.ts';
import { findComplaint } from '#domain/complaints/find.ts';
import { hold } from '#domain/complaints/staff.ts';
import { instant } from '#domain/shared/dates.ts';
import { plannedCasePurge, purgeCases, type CaseRetention } from '#server/caseRetention.ts';
import { checkAuditChains } from '#storage/auditChain.ts';
import { aComplaint, aDesk, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const dayMs = 86_400_000;

describe.each(engines)('cases are forgotten on $engine', ({ open }) => {
  let opened: Opened;
  let side: Awaited<ReturnType<typeof complaintDeps>>;
  let retention: CaseRetention;
  beforeEach(async () => {
    opened = await open();
    side = await complaintDeps(opened.storage, '2026-03-02T10:00:00+08:00');
    retention = { storage: opened.storage, keys: side.deps.keys, blobs: side.deps.blobs, keep: { identityDays: 365, textDays: 1_096 }, now: () => side.clock.now };
  });
  afterEach(async () => {
    await side.close();
    await opened.leave();
  });

  const days = (count: number) => { side.clock.now = instant.parse(side.clock.now + count * dayMs); };
  /** A named case with a file, withdrawn the same day. */
  const aClosedCase = async (key: string) => {
    const request = aComplaint({ identity: 'named', contactName: '王女士', phone: '13800138000' });
    const outcome = await submitComplaint(side.deps, hebei, key, request, [{ type: 'image/jpeg', bytes: Buffer.from('picture') }]);
    if (!outcome.ok) throw new Error('not received');
    const { reference, queryCode } = outcome.value.receipt;
    const withdrawn = await withdrawCase(side.deps, hebei, { reference, queryCode });
    if (!withdrawn.ok) throw new Error(`not withdrawn: ${withdrawn.reason}`);
    const found = await side.deps.store.findByReference(hebei, reference);
    if (!found) throw new Error('not found');
    return { claim: { reference, queryCode }, id: found.complaint.id, version: found.complaint.version };
  };
  const partsOf = (purge: { readonly forgotten: readonly { readonly part: string }[] }) => purge.forgotten.map(({ part }) => part);
  const keyOf = (id: string, part: 'story' | 'identity') => side.deps.keys.get(id, part);

  test('who it was after a year, everything said after three; a dry run changes nothing', async () => {
    const { claim, id } = await aClosedCase('key-one-0001');
    days(364);
    expect(await plannedCasePurge(retention)).toEqual({ forgotten: [], held: [] });
    days(2);
    expect(partsOf(await plannedCasePurge(retention))).toEqual(['identity']);
    expect(await keyOf(id, 'identity')).toBeDefined();
    expect(partsOf(await purgeCases(retention))).toEqual(['identity']);
    expect([await keyOf(id, 'identity'), (await side.deps.store.findById(hebei, id))?.sealedIdentity]).toEqual([undefined, null]);
    expect((await findComplaint(side.deps, hebei, claim)).ok).toBe(true);
    expect(readdirSync(join(side.folder, 'cases'))).toHaveLength(1);
    days(731);
    expect(partsOf(await purgeCases(retention))).toEqual(['text']);
    const left = await side.deps.store.findById(hebei, id);
    expect([await keyOf(id, 'story'), left?.sealedStory, left?.queryCodeHash, readdirSync(join(side.folder, 'cases'))]).toEqual([undefined, '', '', []]);
    expect([await side.deps.store.messages(id), await side.deps.store.files(id)]).toEqual([[], []]);
    expect((await findComplaint(side.deps, hebei, claim)).ok).toBe(false);
    expect(await purgeCases(retention)).toEqual({ forgotten: [], held: [] });
    const kinds = await opened.storage.read.selectFrom('audit_event').select('kind').where('object_id', '=', id).where('kind', 'like', '%forgotten').orderBy('seq').execute();
    expect(kinds.map(({ kind }) => kind)).toEqual(['case-identity-forgotten', 'case-text-forgotten']);
    expect((await checkAuditChains(opened.storage.read)).every(({ broken }) => broken === null)).toBe(true);
  });

  test('a legal hold keeps, and is named', async () => {
    const held = await aClosedCase('key-two-0002');
    const free = await aClosedCase('key-three-003');
    expect((await hold(side.deps, aDesk(['clerk', 'reviewer', 'systemAdmin']), held, 'court')).ok).toBe(true);
    days(1_200);
    const { forgotten, held: kept } = await purgeCases(retention);
    expect(forgotten.map(({ id, part }) => [id, part])).toEqual([[free.id, 'identity'], [free.id, 'text']]);
    expect(kept.map(({ id, part, heldBy }) => [id, part, heldBy])).toEqual([[held.id, 'identity', 'court'], [held.id, 'text', 'court']]);
    expect(await keyOf(held.id, 'story')).toBeDefined();
  });

  test('what a copy of yesterday still holds opens no more', async () => {
    const { id } = await aClosedCase('key-four-0004');
    const yesterday = await side.deps.store.findById(hebei, id);
    days(1_200);
    await purgeCases(retention);
    expect(yesterday?.sealedStory).not.toBe('');
    expect([await keyOf(id, 'story'), await keyOf(id, 'identity')]).toEqual([undefined, undefined]);
    const files = readdirSync(side.folder).filter((name) => name.startsWith('keys.sqlite'));
    expect(files.some((name) => readFileSync(join(side.folder, name)).includes(id))).toBe(false);
  });
});
