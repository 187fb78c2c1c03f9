import { beginFiling, changeState, enterRegistration, findFiling, handleRegistration, settleMove, type FilingActor, type FilingDeps } from '#domain/filing/commands.ts';
import { registrationPush, type FilingMove, type FilingTerms, type Handling, type MoveDraft, type PlaceFiling, type Registration, type RegistrationDraft } from '#domain/filing/model.ts';
import type { TakenPush } from '#domain/filing/ports.ts';
import { queueOf, type RegistrationQueue } from '#domain/filing/rules.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Calendar } from '#domain/shared/calendar.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadFilingTerms, loadPlaceFiling } from '#storage/files/filingRules.ts';
import { institutionId } from '#storage/files/institutionId.ts';
import { filingStore } from '#storage/filing.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import type { Keyring } from '#server/crypto.ts';
import { checkPush, digestOf } from '#server/pushSignature.ts';
import type { z } from 'zod';

/** A registration in its list, with the institution of its credit code. */
export type QueuedRegistration = { readonly registration: Registration; readonly queue: RegistrationQueue; readonly institution: Institution | undefined };

/** What became of a signed push. */
export type PushOutcome =
  | { readonly kind: 'off' | 'bad' | 'old' | 'replayed' | 'event-reused' | 'malformed' }
  | { readonly kind: 'invalid'; readonly error: z.ZodError }
  | { readonly kind: 'taken' | 'taken-before'; readonly taken: TakenPush };

/** 登记和备案 as the office's pages and the push use them. */
export type Filings = {
  readonly terms: FilingTerms;
  readonly calendar: Calendar;
  /** What the place's document says of registering and filing. */
  readonly rulesOf: (jurisdiction: JurisdictionCode) => PlaceFiling;
  /** Every institution the actor may see, those that are not public too. */
  readonly institutions: (actor: FilingActor) => Promise<readonly Institution[]>;
  readonly find: (actor: FilingActor, id: string) => ReturnType<typeof findFiling>;
  /** Why an institution is no longer in force, in the public words of the last change that holds; null where none was entered here. */
  readonly publicReason: (jurisdiction: JurisdictionCode, id: string) => Promise<string | null>;
  readonly pending: (actor: FilingActor) => Promise<readonly FilingMove[]>;
  /** Registrations that ask for work, oldest first. */
  readonly queues: (jurisdiction: JurisdictionCode) => Promise<readonly QueuedRegistration[]>;
  readonly registration: (jurisdiction: JurisdictionCode, id: string) => Promise<Registration | undefined>;
  readonly change: (actor: FilingActor, id: string, draft: MoveDraft) => ReturnType<typeof changeState>;
  readonly settle: (actor: FilingActor, id: string, move: string, how: 'confirmed' | 'refused') => ReturnType<typeof settleMove>;
  readonly enter: (actor: FilingActor, draft: RegistrationDraft) => ReturnType<typeof enterRegistration>;
  readonly handle: (actor: FilingActor, id: string, version: number, how: Exclude<Handling, 'filing'>, note: string | null) => ReturnType<typeof handleRegistration>;
  readonly begin: (actor: FilingActor, id: string, version: number, submittedOn: IsoDate, source: string) => ReturnType<typeof beginFiling>;
  /** Takes a push that its signature allows, once. `body` is the text as it came. */
  readonly push: (place: Jurisdiction, headers: { readonly time: string | undefined; readonly signature: string | undefined }, body: string) => Promise<PushOutcome>;
};

type Given = { readonly storage: Storage; readonly keys: Keyring; readonly now: () => Instant; readonly realNow: () => Instant; readonly dataFolder: string; readonly jurisdictions: readonly Jurisdiction[]; readonly pushSecret: string | undefined };

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
};

async function takePush(deps: FilingDeps, { pushSecret, realNow }: Pick<Given, 'pushSecret' | 'realNow'>, place: Jurisdiction, headers: Parameters<Filings['push']>[1], body: string): Promise<PushOutcome> {
  if (pushSecret === undefined) return { kind: 'off' };
  const checked = checkPush(pushSecret, headers, place.slug, body, realNow());
  if (checked.kind !== 'good') return checked;
  const json = parseBody(body);
  if (json === undefined) return { kind: 'malformed' };
  const read = registrationPush.safeParse(json);
  if (!read.success) return { kind: 'invalid', error: read.error };
  const at = realNow();
  return deps.store.takePush({
    jurisdiction: place.code, push: read.data, bodyHash: digestOf(JSON.stringify(read.data)), signatureHash: digestOf(headers.signature ?? ''), signatureEnds: instant.parse(checked.ends), id: newId(), at,
    event: (effect, registration) => ({ id: newId(), jurisdiction: place.code, at, kind: 'registration-pushed', actor: 'registry', objectKind: 'registration', objectId: registration, detail: { event: read.data.eventId, kind: read.data.kind, on: read.data.on, effect } }),
  });
}

const mine = (actor: FilingActor, institutions: readonly Institution[]): readonly Institution[] =>
  (actor.subdistrict === null ? institutions : institutions.filter(({ subdistrict }) => subdistrict === actor.subdistrict));

/** Binds the filing commands to their store, keys, clock and the data of each place. */
export function makeFilings(given: Given): Filings {
  const { storage, keys, now, dataFolder, jurisdictions } = given;
  const store = filingStore(storage);
  const calendar = loadCalendar(dataFolder);
  const rules = new Map(jurisdictions.map(({ code }) => [code, loadPlaceFiling(dataFolder, code)]));
  const authorities = new Map(jurisdictions.map(({ code, filingAuthority }) => [code, filingAuthority]));
  const deps: FilingDeps = { store, now, calendar, seals: { newId, sealMessage: (id, message) => keys.seal('outbox', id, JSON.stringify(message)) } };
  return {
    terms: loadFilingTerms(dataFolder), calendar,
    rulesOf: (jurisdiction) => rules.get(jurisdiction) ?? loadPlaceFiling(dataFolder, jurisdiction),
    institutions: async (actor) => mine(actor, await store.institutions(actor.jurisdiction)),
    find: (actor, id) => findFiling(deps, actor, id),
    publicReason: async (jurisdiction, id) => (await store.moves(jurisdiction, id)).find(({ second, settled }) => settled?.how !== 'refused' && !(second === 'before' && settled?.how !== 'confirmed'))?.reason ?? null,
    pending: async (actor) => {
      const moves = await store.pending(actor.jurisdiction);
      if (actor.subdistrict === null) return moves;
      const ids = new Set(mine(actor, await store.institutions(actor.jurisdiction)).map(({ id }) => id));
      return moves.filter(({ institution }) => ids.has(institution));
    },
    queues: async (jurisdiction) => {
      const byCode = new Map((await store.institutions(jurisdiction)).flatMap((one) => (one.creditCode === null ? [] : [[one.creditCode, one] as const])));
      return (await store.registrations(jurisdiction)).flatMap((registration): readonly QueuedRegistration[] => {
        const institution = registration.creditCode === null ? undefined : byCode.get(registration.creditCode);
        const queue = queueOf(registration, institution);
        return queue === undefined ? [] : [{ registration, queue, institution }];
      });
    },
    registration: (jurisdiction, id) => store.findRegistration(jurisdiction, id),
    change: (actor, id, draft) => changeState(deps, actor, id, draft),
    settle: (actor, id, move, how) => settleMove(deps, actor, id, move, how),
    enter: (actor, draft) => enterRegistration(deps, actor, draft),
    handle: (actor, id, version, how, note) => handleRegistration(deps, actor, id, version, how, note),
    begin: (actor, id, version, submittedOn, source) => beginFiling(deps, actor, id, version, {
      authority: authorities.get(actor.jurisdiction) ?? null, source, submittedOn,
      idOf: ({ creditCode, name }) => institutionId({ jurisdiction: actor.jurisdiction, creditCode, sourceFile: 'registration', rowKey: name }),
    }),
    push: (place, headers, body) => takePush(deps, given, place, headers, body),
  };
}
