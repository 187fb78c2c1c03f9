import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { checkAuditChains } from '#storage/auditChain.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [hebei, daqing] = [jurisdictionCode.parse('120105'), jurisdictionCode.parse('230600')];

describe.each(engines)('$engine', ({ engine, open }) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
    for (let at = 0; at < 5; at += 1) {
      for (const jurisdiction of [hebei, daqing]) {
        await opened.storage.write((tx) => appendAudit(tx, { id: newId(), jurisdiction, at: instant.parse(1_000_000 + at), kind: 'thing-done', actor: 'system', objectKind: 'thing', objectId: String(at), detail: { b: at, a: '一' } }));
      }
    }
  });
  afterEach(() => opened.leave());

  const alter = (statement: string) => opened.storage.write(async (tx) => {
    const triggers = engine === 'sqlite' ? ['DROP TRIGGER audit_event_no_update', 'DROP TRIGGER audit_event_no_delete'] : ['ALTER TABLE audit_event DISABLE TRIGGER ALL'];
    for (const each of [...triggers, statement]) await sql.raw(each).execute(tx);
  });
  const brokenIn = async (code: string) => (await checkAuditChains(opened.storage.read)).find(({ jurisdiction }) => jurisdiction === code)?.broken;

  test('chains as written are whole', async () => {
    const reports = await checkAuditChains(opened.storage.read);
    expect(reports.map(({ jurisdiction, events, broken }) => ({ jurisdiction, events, broken }))).toEqual([{ jurisdiction: hebei, events: 5, broken: null }, { jurisdiction: daqing, events: 5, broken: null }]);
  });

  test.each([
    ['a word altered by hand', `UPDATE audit_event SET actor = 'nobody' WHERE jurisdiction_code = '120105' AND seq = 3`, { seq: 3, fault: 'altered' }],
    ['a detail that is no longer readable', `UPDATE audit_event SET detail = '{' WHERE jurisdiction_code = '120105' AND seq = 2`, { seq: 2, fault: 'altered' }],
    ['an event taken out', `DELETE FROM audit_event WHERE jurisdiction_code = '120105' AND seq = 2`, { seq: 2, fault: 'missing' }],
    ['the last event taken out', `DELETE FROM audit_event WHERE jurisdiction_code = '120105' AND seq = 5`, { seq: 5, fault: 'missing' }],
    ['a head put back', `UPDATE audit_head SET seq = 4 WHERE jurisdiction_code = '120105'`, { seq: 6, fault: 'head-differs' }],
    ['a head taken away', `DELETE FROM audit_head WHERE jurisdiction_code = '120105'`, { seq: 6, fault: 'head-differs' }],
  ])('%s is named', async (_, statement, found) => {
    await alter(statement);
    expect(await brokenIn(hebei)).toMatchObject(found);
    expect(await brokenIn(daqing)).toBeNull();
  });
});
