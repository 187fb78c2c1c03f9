// What people do, made ready anew for every fault: bookings, complaints, filings, demand, accounts, imports, forgetting.
import { cancelBooking } from '#domain/booking/cancel.ts';
import { rescheduleBooking } from '#domain/booking/reschedule.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { confirm } from '#domain/booking/staff.ts';
import { acceptOffer } from '#domain/booking/waiting.ts';
import { activate, createAccount } from '#domain/accounts/commands.ts';
import { replyToCase, withdrawCase } from '#domain/complaints/parent.ts';
import { submitComplaint } from '#domain/complaints/submit.ts';
import { registerDemand, withdrawDemand } from '#domain/demand/commands.ts';
import { moveDraft } from '#domain/filing/model.ts';
import { addDays, dayOf, instant } from '#domain/shared/dates.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { makeFilings } from '#server/filings.ts';
import { newId } from '#storage/ids.ts';
import { caseKeyStore, sweepCaseKeys } from '#storage/caseKeys.ts';
import { purgePersonalData } from '#storage/retention.ts';
import { complaintStore } from '#storage/complaints.ts';
import type { Storage } from '#storage/schema.ts';
import { bookingStore } from '#storage/booking.ts';
import { demandStore } from '#storage/demand.ts';
import { deskStore } from '#storage/desk.ts';
import { goodPassword, thePlace, tryAccounts } from '#tests/builders/accounts.ts';
import { aRequest, aSlot, bookingDeps, deskOf, sundayMorning } from '#tests/builders/booking.ts';
import { aComplaint, complaintDeps, hebei } from '#tests/builders/complaint.ts';
import { aCandidate, aDemandRequest, demandDeps, testKeys } from '#tests/builders/demand.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { allComplaints } from '#tests/torture/invariants.ts';
import { deskUseCases } from '#tests/torture/deskUseCases.ts';
import { attempted, brokenPort, failCalls, type UseCase } from '#tests/torture/faults.ts';
import type { Torture } from '#tests/torture/harness.ts';

let families = 0;
const phone = (): string => { families += 1; return `137${String(families).padStart(8, '0')}`; };
const deps = (storage: Storage, now = sundayMorning) => ({ ...bookingDeps(storage, now), store: bookingStore(storage), seals: bookingSeals(testKeys), desk: deskStore(storage) });

async function book(storage: Storage, slotId: string, more: object = {}) {
  const outcome = await reserve(deps(storage), hebei, newId(), aRequest({ slotId, phone: phone(), ...more }));
  if (!outcome.ok) throw new Error(`not ready: ${outcome.reason}`);
  return outcome.value.receipt;
}

const bookings: readonly UseCase[] = [
  { name: 'book', prepare: async (storage) => {
    const [slot, key, request] = [await aSlot(storage), newId(), { phone: phone() }];
    return { act: async (broken) => attempted(await reserve(deps(broken), hebei, key, aRequest({ slotId: slot.id, ...request }))) };
  } },
  { name: 'wait for a seat', prepare: async (storage) => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1 });
    await book(storage, slot.id);
    const [key, request] = [newId(), { phone: phone(), waiting: true }];
    return { act: async (broken) => attempted(await reserve(deps(broken), hebei, key, aRequest({ slotId: slot.id, ...request }))) };
  } },
  { name: 'cancel, the seat offered to who waits', prepare: async (storage) => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 5 * 86_400_000 });
    const { reference, queryCode } = await book(storage, slot.id);
    await book(storage, slot.id, { waiting: true });
    return { act: async (broken) => attempted(await cancelBooking(deps(broken), hebei, { reference, queryCode })) };
  } },
  { name: 'accept an offered seat', prepare: async (storage) => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 5 * 86_400_000 });
    const first = await book(storage, slot.id);
    const { reference, queryCode } = await book(storage, slot.id, { waiting: true });
    await cancelBooking(deps(storage), hebei, first);
    return { act: async (broken) => attempted(await acceptOffer(deps(broken), hebei, { reference, queryCode })) };
  } },
  { name: 'move a booking', prepare: async (storage) => {
    const slot = await aSlot(storage);
    const other = await aSlot(storage, { institution: slot.institution, startsAt: sundayMorning + 2 * 86_400_000 });
    const [{ reference, queryCode }, key] = [await book(storage, slot.id), newId()];
    return { act: async (broken) => attempted(await rescheduleBooking(deps(broken), hebei, key, { reference, queryCode, slotId: other.id })) };
  } },
  { name: 'confirm at the desk', prepare: async (storage) => {
    const slot = await aSlot(storage);
    const { reference } = await book(storage, slot.id);
    await storage.write((tx) => tx.updateTable('booking').set({ state: 'requested' }).where('reference', '=', reference).execute());
    const { id, version } = await storage.read.selectFrom('booking').select(['id', 'version']).where('reference', '=', reference).executeTakeFirstOrThrow();
    const act: Awaited<ReturnType<UseCase['prepare']>>['act'] = async (broken) => {
      const said = await confirm(deps(broken), deskOf(slot.institution), { booking: id, version });
      // Confirmed a moment ago, the form that is sent again has seen an older version: it is told so, and shown what is.
      if (said.ok || said.reason !== 'changed-meanwhile') return attempted(said);
      return { done: (await broken.read.selectFrom('booking').select('state').where('id', '=', id).executeTakeFirst())?.state === 'confirmed' };
    };
    return { act };
  } },
];

const demands: readonly UseCase[] = [
  { name: 'register demand', prepare: async () => {
    const [key, institution, number] = [newId(), newId(), phone()];
    return { act: async (broken) => attempted(await registerDemand({ ...demandDeps(broken, () => [aCandidate({ id: institution })]), store: demandStore(broken) }, hebei, key, aDemandRequest({ phone: number, institutions: [institution] }))) };
  } },
  { name: 'withdraw demand', prepare: async (storage) => {
    const outcome = await registerDemand(demandDeps(storage, () => []), hebei, newId(), aDemandRequest({ phone: phone() }));
    if (!outcome.ok) throw new Error('not ready');
    const { reference, queryCode } = outcome.value.receipt;
    return { act: async (broken) => attempted(await withdrawDemand(demandDeps(broken, () => []), hebei, { reference, queryCode })) };
  } },
];

const filings: readonly UseCase[] = [{ name: 'end a filing with its bookings and those who named it', prepare: async (storage) => {
  const slot = await aSlot(storage);
  for (let count = 0; count < 2; count += 1) await book(storage, slot.id);
  await registerDemand(demandDeps(storage, () => [aCandidate({ id: slot.institution })]), hebei, newId(), aDemandRequest({ phone: phone(), institutions: [slot.institution] }));
  const draft = moveDraft.parse({ id: newId(), seen: '', to: 'withdrawn', on: '2026-11-20', decisionNumber: '示例决定1号', number: '', reason: '机构申请终止服务' });
  return { act: async (broken) => attempted(await makeFilings({ storage: broken, keys: testKeys, now: () => sundayMorning, realNow: () => instant.parse(Date.now()), dataFolder: 'data', jurisdictions: [aPlace('hebei')], pushSecret: undefined })
    .change({ account: 'clerk-1', jurisdiction: hebei, subdistrict: null }, slot.institution, draft)) };
} }];

/** A picture that was looked at and made anew. */
const aFile = { type: 'image/jpeg', bytes: Buffer.from('示例图片') } as const;

const complaints = (): readonly UseCase[] => {
  const worlds = new Map<Storage, ReturnType<typeof complaintDeps>>();
  const worldOf = (storage: Storage): ReturnType<typeof complaintDeps> => {
    const known = worlds.get(storage) ?? complaintDeps(storage, '2026-11-23T10:00:00+08:00');
    worlds.set(storage, known);
    return known;
  };
  return [
    { name: 'complain, with a file', prepare: async (storage) => {
      const world = await worldOf(storage);
      const key = newId();
      return {
        act: async (broken, trigger) => attempted(await submitComplaint({ ...world.deps, store: complaintStore(broken), keys: brokenPort(caseKeyStore(world.keysDb, () => undefined), 'keys', trigger), blobs: brokenPort(world.deps.blobs, 'files', trigger) }, hebei, key, aComplaint(), [aFile])),
        leftovers: async () => {
          // A key without a case is swept an hour later.
          await sweepCaseKeys(storage, world.deps.keys, world.deps.owner, instant.parse(world.clock.now + 1));
          const [cases, keys] = [await storage.read.selectFrom('complaint').select('id').execute(), await world.keysDb.selectFrom('case_key').select('complaint_id').distinct().execute()];
          return keys.length === cases.length ? [] : [`${String(keys.length)} keys for ${String(cases.length)} cases after the sweep`];
        },
      };
    } },
    ...(['add words', 'take a complaint back'] as const).map((name): UseCase => ({ name, prepare: async (storage) => {
      const world = await worldOf(storage);
      const made = await submitComplaint(world.deps, hebei, newId(), aComplaint());
      if (!made.ok) throw new Error('not ready');
      const claim = { reference: made.value.receipt.reference, queryCode: made.value.receipt.queryCode };
      const broken = (given: Storage) => ({ ...world.deps, store: complaintStore(given) });
      if (name === 'add words') return { act: async (given) => attempted(await replyToCase(broken(given), hebei, claim, '下午又看到一次。', [])) };
      return { act: async (given) => attempted(await withdrawCase(broken(given), hebei, claim)) };
    } })),
  ];
};

const anInvitation = (storage: Storage, login: string) =>
  createAccount(tryAccounts(storage).accounts.deps, { jurisdiction: thePlace.code, login, title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null }, 'operator');
const stateOf = async (storage: Storage, login: string): Promise<string | undefined> => (await storage.read.selectFrom('account').select('state').where('login', '=', login).executeTakeFirst())?.state;

const accounts: readonly UseCase[] = [
  { name: 'make an account', prepare: async () => {
    const login = `jingban-${newId().slice(-8)}`;
    // Asked again after it was made, the login is taken: the administrator sees the account in the list.
    return { act: async (broken) => { const made = await anInvitation(broken, login); return made.ok ? { done: true } : { done: await stateOf(broken, login) === 'invited', reason: made.reason }; } };
  } },
  { name: 'activate an account', prepare: async (storage) => {
    const login = `jingban-${newId().slice(-8)}`;
    const made = await anInvitation(storage, login);
    if (!made.ok) throw new Error('not ready');
    return { act: async (broken) => { const active = await activate(tryAccounts(broken).accounts.deps, made.value.code, goodPassword); return active.ok ? { done: true } : { done: await stateOf(broken, login) === 'active', reason: active.reason }; } };
  } },
];

const forgetting: readonly UseCase[] = [{ name: 'forget families', prepare: async (storage) => {
  const slot = await aSlot(storage, { startsAt: sundayMorning + 86_400_000 });
  await book(storage, slot.id);
  const later = addDays(dayOf(sundayMorning), 120);
  return { act: async (broken) => {
    await purgePersonalData(broken, Date.parse(`${later}T00:00:00+08:00`), Date.now(), ({ jurisdiction, bookings: count }) =>
      ({ id: newId(), jurisdiction: hebei, at: sundayMorning, kind: 'personal-data-purged', actor: 'system', objectKind: 'booking', objectId: jurisdiction, detail: { bookings: count } }));
    return { done: true };
  } };
} }];

/** Everything that is tried. */
export const allUseCases = (): readonly UseCase[] => [...bookings.map((one) => ({ ...one, afterwards: allComplaints })), ...demands, ...filings, ...complaints(), ...accounts, ...deskUseCases(), ...forgetting];

/** Faults at every call. */
export const faults: Torture = { name: 'faults', about: 'every statement, commit, answer, file and key of 27 things people do fails once: nothing half done, nothing called done that is not, and asked again it goes through, once', run: ({ quick, say }) => failCalls(allUseCases, quick, say) };
