// What staff do, made ready anew for every fault: cases, listings, lists, inspections, exports, sessions.
import { permissions, type Permission, type Role } from '#domain/accounts/model.ts';
import { rateCase } from '#domain/complaints/parent.ts';
import { submitComplaint } from '#domain/complaints/submit.ts';
import type { Chosen } from '#domain/complaints/deps.ts';
import { exportTyped } from '#domain/exports/model.ts';
import { importGroups } from '#domain/importDraft/model.ts';
import { addInspection } from '#domain/inspections/commands.ts';
import { inspectionTyped } from '#domain/inspections/model.ts';
import { saveGroup, submitDraft } from '#domain/listingDraft/commands.ts';
import type { DraftActor, DraftDeps } from '#domain/listingDraft/ports.ts';
import { reviewDraft } from '#domain/listingDraft/review.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { makeCases, type Cases } from '#server/cases.ts';
import { makeExports } from '#server/exports.ts';
import { makeImportDesk } from '#server/importDesk.ts';
import { accountStore } from '#storage/accounts.ts';
import { complaintStore } from '#storage/complaints.ts';
import { putInstitution } from '#storage/directory.ts';
import { loadInspectionChecklist } from '#storage/files/inspectionChecklist.ts';
import { newId } from '#storage/ids.ts';
import { inspectionStore } from '#storage/inspections.ts';
import { draftStore } from '#storage/listingDrafts.ts';
import type { Storage } from '#storage/schema.ts';
import { aCaller, anAccount, firstSignIn, goodPassword, tryAccounts } from '#tests/builders/accounts.ts';
import { aComplaint, aDesk, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { registryCells, registryHeading } from '#tests/builders/registryList.ts';
import { attempted, type Attempted, type UseCase } from '#tests/torture/faults.ts';
import { TOTP, Secret } from 'otpauth';

const now = () => instantAt(isoDate.parse('2026-11-23'), '10:00');
const may = (...roles: readonly Role[]) => (permission: Permission): boolean => { const allowed: readonly Role[] = permissions[permission]; return roles.some((role) => allowed.includes(role)); };

async function anInstitutionIn(storage: Storage): Promise<string> {
  const id = newId();
  await storage.write((tx) => putInstitution(tx, { ...aRecord({ id, sample: false }), rowKey: id }));
  return id;
}

type Step = (cases: Cases, chosen: Chosen) => Promise<{ readonly ok: boolean; readonly reason?: string }>;
const clerk = aDesk(['clerk'], { actor: 'clerk-1' });
/** The way of a case, each step after those before it. */
const steps: readonly (readonly [string, Step])[] = [
  ['take a case', (cases, chosen) => cases.take(clerk, chosen)], ['accept a case', (cases, chosen) => cases.accept(clerk, chosen)],
  ['hand a case over', (cases, chosen) => cases.handOver(clerk, chosen, { department: 'market-regulation', reason: 'duty', documentNumber: '转〔2026〕1号' })],
  ['note what a department found', (cases, chosen) => cases.recordReply(clerk, chosen, null, '已到现场检查')],
  ['answer a case', (cases, chosen) => cases.answer(clerk, chosen, '已责令改正')], ['close a case', (cases, chosen) => cases.close(clerk, chosen)],
];

/** Moves of a case; a form sent again after it went through is told that the case has moved on, and shown where to. */
function caseUseCases(): readonly UseCase[] {
  const worlds = new Map<Storage, ReturnType<typeof complaintDeps>>();
  const worldOf = (storage: Storage): ReturnType<typeof complaintDeps> => {
    const known = worlds.get(storage) ?? complaintDeps(storage, '2026-11-23T10:00:00+08:00');
    worlds.set(storage, known);
    return known;
  };
  const begun = async (storage: Storage, before: number) => {
    const world = await worldOf(storage);
    const made = await submitComplaint(world.deps, hebei, newId(), aComplaint({ subject: 'fire' }));
    if (!made.ok) throw new Error('not ready');
    const chosenOf = async (): Promise<Chosen> => {
      const found = await world.deps.store.findByReference(hebei, made.value.receipt.reference);
      if (!found) throw new Error('no case');
      return { id: found.complaint.id, version: found.complaint.version };
    };
    for (const [name, step] of steps.slice(0, before)) {
      const outcome = await step(makeCases(world.deps), await chosenOf());
      if (!outcome.ok) throw new Error(`not ready: ${name} ${outcome.reason ?? ''}`);
    }
    return { world, chosen: await chosenOf(), claim: made.value.receipt };
  };
  const movedOn = async (storage: Storage, chosen: Chosen, said: { readonly ok: boolean; readonly reason?: string }): Promise<Attempted> => {
    if (said.ok || said.reason !== 'changed-meanwhile') return attempted(said);
    const { version } = await storage.read.selectFrom('complaint').select('version').where('id', '=', chosen.id).executeTakeFirstOrThrow();
    return { done: version === chosen.version + 1, reason: 'changed-meanwhile' };
  };
  return [
    ...steps.map(([name, step], at): UseCase => ({ name, prepare: async (storage) => {
      const { world, chosen } = await begun(storage, at);
      return { act: async (broken) => movedOn(broken, chosen, await step(makeCases({ ...world.deps, store: complaintStore(broken) }), chosen)) };
    } })),
    { name: 'rate an answer', prepare: async (storage) => {
      const { world, claim } = await begun(storage, steps.length);
      return { act: async (broken) => attempted(await rateCase({ ...world.deps, store: complaintStore(broken) }, hebei, { reference: claim.reference, queryCode: claim.queryCode }, 4)) };
    } },
  ];
}

const listingUseCase: UseCase = { name: 'publish what an institution handed in', prepare: async (storage) => {
  const id = await anInstitutionIn(storage);
  const deps = (of: Storage): DraftDeps => ({ store: draftStore(of), newId, now, sealNotice: (_id, body) => JSON.stringify(body) });
  const own: DraftActor = { account: 'account-1', jurisdiction: hebei, sayer: 'institution', institution: id, subdistrict: null };
  await saveGroup(deps(storage), own, id, 0, 'contact', { phone: '022-26000009', address: '示例路12号' });
  const sent = await submitDraft(deps(storage), own, id, 1);
  if (!sent.ok) throw new Error('not ready');
  return { act: async (broken) => {
    const said = await reviewDraft(deps(broken), { account: 'reviewer-1', jurisdiction: hebei, sayer: 'authority', institution: null, subdistrict: null }, sent.value.id, sent.value.version, { approve: ['contact'], photos: [], reason: null, words: null });
    return said.ok ? { done: true } : { done: (await broken.read.selectFrom('listing_draft').select('state').where('id', '=', sent.value.id).executeTakeFirst())?.state === 'published', reason: said.reason };
  } };
} };

const importUseCase: UseCase = { name: 'let a list in', prepare: async (storage) => {
  const place = aPlace('hebei');
  const known = Number((await storage.read.selectFrom('institution').select((eb) => eb.fn.countAll().as('n')).where('jurisdiction_code', '=', place.code).where('missing_since', 'is', null).executeTakeFirstOrThrow()).n);
  const rows = Array.from({ length: known + 2 }, (_, at) => registryCells(place, at + 1).join(','));
  const desk = (of: Storage) => makeImportDesk(of, 'data', now);
  const prepared = await desk(storage).prepare({ account: 'clerk', place, title: '示例名录', bytes: Buffer.from([registryHeading, ...rows].join('\n')), acceptMissing: null });
  if (prepared.kind !== 'prepared') throw new Error(`not ready: ${prepared.kind}`);
  const found = await desk(storage).compare(place, prepared.id);
  return { act: async (broken) => {
    const said = await desk(broken).commit({ account: 'reviewer', place, id: prepared.id, seen: found?.seen ?? '', ticked: importGroups });
    return said.ok ? { done: true } : { done: (await broken.read.selectFrom('import_draft').select('settled').where('id', '=', prepared.id).executeTakeFirst())?.settled === 'committed', reason: said.reason };
  } };
} };

const inspectionUseCase: UseCase = { name: 'record an inspection with what is to be mended', prepare: async (storage) => {
  const [institution, id] = [await anInstitutionIn(storage), newId()];
  const typed = inspectionTyped.parse({ institution, inspectedOn: '2026-11-23', words: '', outcome: 'rectify', dueOn: '2026-11-30', recheckOn: null, answers: [{ item: 'fire-exit', result: 'fail', note: '通道堆了纸箱，清空' }] });
  return { act: async (broken) => attempted(await addInspection({ store: inspectionStore(broken), checklist: loadInspectionChecklist('data'), newId, now }, { account: 'office-1', jurisdiction: hebei, subdistrict: null }, id, typed, [{ id: newId(), file: 'a'.repeat(64), width: 3, height: 2 }])) };
} };

const exportUseCase: UseCase = { name: 'agree to an export', prepare: async (storage) => {
  const exports = (of: Storage) => makeExports(of, accountStore(of), now);
  const ids = { clerk: newId(), keeper: newId() };
  for (const [name, id] of Object.entries(ids)) await accountStore(storage).create({ id, jurisdiction: hebei, login: `x.${name}.${id.slice(-6)}`, title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null, sample: false, createdAt: now() }, null, { id: newId(), jurisdiction: hebei, at: now(), kind: 'account-created', actor: 'operator', objectKind: 'account', objectId: id, detail: {} });
  const asked = await exports(storage).ask({ account: ids.clerk, jurisdiction: hebei, may: may('clerk') }, newId(), exportTyped.parse({ kind: 'filings', from: '2026-11-01', until: '2026-11-23', reason: '半年小结用' }));
  if (!asked.ok) throw new Error('not ready');
  return { act: async (broken) => {
    const said = await exports(broken).answer({ account: ids.keeper, jurisdiction: hebei, may: may('securityAdmin') }, asked.value, 'approved', null);
    return said.ok ? { done: true } : { done: (await broken.read.selectFrom('export_request').select('state').where('id', '=', asked.value.id).executeTakeFirst())?.state === 'approved', reason: said.reason };
  } };
} };

const codeOf = (secret: string, at: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
/** A password and a code: the code is used up where its answer was lost, and the next one opens the door. */
const signInUseCase: UseCase = { name: 'sign in with a second step', mayRepeat: true, prepare: async (storage) => {
  const trial = tryAccounts(storage);
  const { login } = await anAccount(trial, { login: `jingban-${newId().slice(-8)}` });
  const { secret } = await firstSignIn(trial, login, codeOf);
  let at = trial.clock.at;
  return { act: async (broken) => {
    at += 60_000;
    const again = tryAccounts(broken);
    again.clock.at = at;
    const first = await again.accounts.signIn(login, goodPassword, aCaller());
    if (!first.ok || first.value.kind !== 'code') return { done: false, reason: first.ok ? first.value.kind : first.reason };
    return attempted(await again.accounts.enterCode(first.value.pending, codeOf(secret, at), aCaller()));
  } };
} };

/** What staff do. */
export const deskUseCases = (): readonly UseCase[] => [...caseUseCases(), listingUseCase, importUseCase, inspectionUseCase, exportUseCase, signInUseCase];
