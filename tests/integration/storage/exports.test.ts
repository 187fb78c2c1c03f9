// 批量导出 on both engines: never by one account alone, once by whoever comes first, within a day and thrice at most, and with nothing in it that tells who a family is.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permission } from '#domain/accounts/model.ts';
import { permissions, type Role } from '#domain/accounts/model.ts';
import { exportBounds, exportKinds, exportTyped, type ExportActor, type ExportKind, type ExportRequest } from '#domain/exports/model.ts';
import { csvText } from '#domain/shared/csv.ts';
import { instant } from '#domain/shared/dates.ts';
import { makeExports, type Exports } from '#server/exports.ts';
import { accountStore } from '#storage/accounts.ts';
import { newId } from '#storage/ids.ts';
import { hebei } from '#tests/builders/complaint.ts';
import { exportsText } from '#text/exports.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { findDataFolder } from '#server/dataFolder.ts';

const may = (...roles: readonly Role[]) => (permission: Permission): boolean => { const allowed: readonly Role[] = permissions[permission]; return roles.some((role) => allowed.includes(role)); };
const typed = (kind: ExportKind = 'filings') => exportTyped.parse({ kind, from: '2026-11-01', until: '2026-11-23', reason: '半年小结用' });
const start = Date.parse('2026-11-23T10:00:00+08:00');
const hour = 3_600_000;

describe.each(engines)('exports on $engine', ({ open }) => {
  let [opened, at]: [Opened | undefined, number] = [undefined, start];
  let exports: Exports;
  const ids = { clerk: newId(), reviewer: newId(), other: newId(), keeper: newId() };
  const actor = (account: string, ...roles: readonly Role[]): ExportActor => ({ account, jurisdiction: hebei, may: may(...roles) });
  const [clerk, reviewer, other, keeper] = [actor(ids.clerk, 'clerk'), actor(ids.reviewer, 'clerk', 'reviewer'), actor(ids.other, 'reviewer'), actor(ids.keeper, 'securityAdmin')];
  const place = loadJurisdictions(findDataFolder()).find(({ code }) => code === hebei);
  const storage = () => { if (!opened) throw new Error('Not opened.'); return opened.storage; };
  beforeAll(async () => {
    opened = await open();
    const store = accountStore(storage());
    for (const [name, id] of Object.entries(ids)) {
      await store.create({ id, jurisdiction: hebei, login: `export.${name}`, title: name === 'clerk' ? '=HYPERLINK("http://x")' : null, roles: ['clerk'], institution: null, department: null, subdistrict: null, sample: false, createdAt: instant.parse(start) }, null,
        { id: newId(), jurisdiction: hebei, at: instant.parse(start), kind: 'account-created', actor: 'operator', objectKind: 'account', objectId: id, detail: {} });
    }
    exports = makeExports(storage(), store, () => instant.parse(at));
  });
  afterAll(async () => { await opened?.leave(); });

  const asked = async (by: ExportActor, kind: ExportKind = 'filings'): Promise<ExportRequest> => {
    const outcome = await exports.ask(by, newId(), typed(kind));
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value;
  };
  const fetched = (by: ExportActor, id: string) => exports.use(by, id, async (request) => {
    if (!place) throw new Error('no place');
    const rows = await exports.rowsOf(place, request);
    if (rows === 'too-many') return rows;
    const csv = csvText(rows);
    return { csv, rows: rows.length, sha256: createHash('sha256').update(csv).digest('hex') };
  });
  const eventsOf = async (id: string) => (await storage().read.selectFrom('audit_event').select(['kind', 'actor']).where('object_id', '=', id).orderBy('seq').execute()).map(({ kind, actor: who }) => `${kind} ${who}`);

  test('two people: nobody approves their own, nobody without the right, and only who asked fetches it; each step is recorded', async () => {
    const request = await asked(reviewer);
    expect(await exports.answer(reviewer, request, 'approved', null)).toEqual({ ok: false, reason: 'own' });
    expect(await exports.answer(clerk, request, 'approved', null)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await fetched(reviewer, request.id)).toEqual({ ok: false, reason: 'not-usable' });
    expect(await exports.answer(keeper, request, 'approved', null)).toMatchObject({ ok: true, value: { state: 'approved', decidedBy: ids.keeper } });
    expect(await fetched(other, request.id)).toEqual({ ok: false, reason: 'not-found' });
    expect(await fetched({ ...reviewer, may: may('department') }, request.id), 'an account that lost the right since').toEqual({ ok: false, reason: 'not-allowed' });
    expect(await fetched(reviewer, request.id)).toMatchObject({ ok: true });
    expect(await eventsOf(request.id)).toEqual([`export-asked ${ids.reviewer}`, `export-approved ${ids.keeper}`, `export-downloaded ${ids.reviewer}`]);
    expect(await exports.answer(keeper, request, 'refused', '已经批准过的'), 'answered once').toEqual({ ok: false, reason: 'changed-meanwhile' });
  });

  test('the database itself keeps one account from both sides of a request', async () => {
    const request = await asked(reviewer);
    await expect(storage().write((tx) => tx.updateTable('export_request').set({ state: 'approved', decided_by: ids.reviewer, decided_at: at }).where('id', '=', request.id).execute())).rejects.toThrow();
  });

  test('two who approve, refuse and withdraw at once: one is written, the others are told', async () => {
    const request = await asked(clerk);
    const outcomes = await Promise.all([exports.answer(reviewer, request, 'approved', null), exports.answer(other, request, 'approved', null), exports.answer(keeper, request, 'refused', '用途没有写清楚'), exports.withdraw(clerk, request)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(outcomes.flatMap((one) => (one.ok ? [] : [one.reason])))).toEqual(new Set(['changed-meanwhile']));
    expect(await eventsOf(request.id)).toHaveLength(2);
  });

  test('thrice and no more, also when six fetch at once; not a moment after its day', async () => {
    const request = await asked(clerk);
    await exports.answer(other, request, 'approved', null);
    for (let round = 0; round < 4; round += 1) await Promise.all([fetched(clerk, request.id), fetched(clerk, request.id)]);
    expect(await fetched(clerk, request.id)).toEqual({ ok: false, reason: 'not-usable' });
    expect((await eventsOf(request.id)).filter((event) => event.startsWith('export-downloaded'))).toHaveLength(exportBounds.downloads);

    const late = await asked(clerk);
    await exports.answer(other, late, 'approved', null);
    at = start + exportBounds.hours * hour;
    expect(await fetched(clerk, late.id)).toEqual({ ok: false, reason: 'not-usable' });
    at -= 1;
    expect(await fetched(clerk, late.id)).toMatchObject({ ok: true });
    at = start;
    const forgotten = await asked(clerk);
    at = start + exportBounds.waitingDays * 24 * hour;
    expect(await exports.answer(other, forgotten, 'approved', null)).toEqual({ ok: false, reason: 'over' });
    at = start;
  });

  test('a period backwards, in the future or too long, a kind that is not one\'s own, and the same form sent twice are refused', async () => {
    const ask = (change: Partial<ReturnType<typeof typed>>, by = clerk, id = newId()) => exports.ask(by, id, { ...typed(), ...change });
    const day = (text: string) => exportTyped.shape.from.parse(text);
    expect(await ask({ from: day('2026-11-24') })).toEqual({ ok: false, reason: 'backwards' });
    expect(await ask({ until: day('2026-11-24') })).toEqual({ ok: false, reason: 'future' });
    expect(await ask({ from: day('2025-11-22') })).toEqual({ ok: false, reason: 'too-long' });
    expect(await ask({ from: day('2025-11-23') })).toMatchObject({ ok: true });
    expect(await ask({ kind: 'accounts' })).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await ask({}, keeper)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await ask({}, actor(ids.keeper, 'systemAdmin'))).toEqual({ ok: false, reason: 'not-allowed' });
    const id = newId();
    expect(await ask({}, clerk, id)).toMatchObject({ ok: true });
    expect(await ask({}, clerk, id)).toEqual({ ok: false, reason: 'known' });
  });

  test('every kind can be made, and a text that is a formula stays a text', async () => {
    if (!place) throw new Error('no place');
    for (const kind of exportKinds) expect(Array.isArray(await exports.rowsOf(place, { ...await asked(actor(ids.clerk, 'clerk', 'systemAdmin'), kind) })), kind).toBe(true);
    const accounts = await exports.rowsOf(place, { ...await asked(actor(ids.clerk, 'systemAdmin'), 'accounts') });
    expect(accounts).not.toBe('too-many');
    if (accounts !== 'too-many') expect(csvText(accounts)).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});

test('the page names the bounds that hold', () => {
  expect(exportBounds).toEqual({ hours: 24, downloads: 3, waitingDays: 7, longestDays: 366, rows: 20_000 });
  expect(exportsText.intro).toMatch(/24 小时内.*最多 3 次/);
});

test.each(['', '好', '电话 139 0000 1234', '换\n行就不行', '长'.repeat(201)])('a reason like %j is refused', (reason) => {
  expect(exportTyped.safeParse({ kind: 'leads', from: '2026-11-01', until: '2026-11-02', reason }).success).toBe(false);
});
