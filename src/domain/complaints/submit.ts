import { bodyName } from '#domain/complaints/routing.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, instant, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { caseEvent, caseMove, caseNotice, type ComplaintDeps } from '#domain/complaints/deps.ts';
import { closedWithoutRefund, type Assignment, type CaseClock, type CaseFile, type CaseTask, type Channel, type CleanFile, type Complaint, type Complainant, type ComplaintRequest, type Story } from '#domain/complaints/model.ts';
import type { CaseInstitution, Intake, KeptAnswer } from '#domain/complaints/ports.ts';
import { leadKey, placeNamed } from '#domain/leads/model.ts';
import type { ComplaintReceipt } from '#domain/complaints/views.ts';

export type FieldFault = { readonly field: 'institutionId' | 'subdistrict' | 'happenedOn' | `answers.${string}`; readonly code: 'unknown-value' | 'range' | 'unknown-field' };
export type SubmitOutcome =
  | Outcome<{ readonly receipt: ComplaintReceipt; readonly replayed: boolean }, 'idempotency-key-reused'>
  | { readonly ok: false; readonly reason: 'fields'; readonly faults: readonly FieldFault[] };

/** How a case came in: from the site, or written down by an account. */
export type CameBy = { readonly channel: Channel; readonly externalNumber: string | null; readonly externalDeadline: Complaint['externalDeadline']; readonly actor: string | null;
  /** 涉及多个法律法规: only a clerk can say so. */
  readonly severalLaws: boolean;
};
export const fromSite: CameBy = { channel: 'site', externalNumber: null, externalDeadline: null, actor: null, severalLaws: false };

const dayMs = 86_400_000;

/** Answers to what the subject does not ask (who a child is, above all), or that its question does not offer. */
function answerFaults(deps: ComplaintDeps, { subject, kind, answers = {} }: ComplaintRequest): readonly FieldFault[] {
  const asked = deps.rules.questions(subject, kind);
  return Object.entries(answers).flatMap(([key, value]): readonly FieldFault[] => {
    const offered = asked.get(key);
    if (offered === undefined) return [{ field: `answers.${key}`, code: 'unknown-field' }];
    return offered === null || value === '' || offered.includes(value) ? [] : [{ field: `answers.${key}`, code: 'unknown-value' }];
  });
}

/** Faults that only the place's data can show. */
function faultsOf(deps: ComplaintDeps, place: Jurisdiction, request: ComplaintRequest, institution: CaseInstitution | undefined): readonly FieldFault[] {
  const today = dayOf(deps.now());
  const isAhead = [request.happenedOn, request.happenedUntil].some((day) => day !== undefined && day > today);
  return [
    ...(request.institutionId !== undefined && !institution ? [{ field: 'institutionId', code: 'unknown-value' } as const] : []),
    ...(request.subdistrict !== undefined && !place.subdistricts.some(({ code }) => code === request.subdistrict) ? [{ field: 'subdistrict', code: 'unknown-value' } as const] : []),
    ...(isAhead ? [{ field: 'happenedOn', code: 'range' } as const] : []), ...answerFaults(deps, request),
  ];
}

/** A topic that the place's duties or the site itself know; another stays in the sealed story. */
export const isKnownTopic = (place: Jurisdiction, { subject, topic }: Pick<ComplaintRequest, 'subject' | 'topic'>): boolean =>
  topic === closedWithoutRefund || place.duties.some((duty) => duty.subject === subject && duty.topic === topic);

const storyOf = (request: ComplaintRequest, topic: string | null): Story => ({
  happened: request.happened, happenedOn: request.happenedOn ?? null, happenedUntil: request.happenedUntil ?? null, happenedAt: request.happenedAt ?? null,
  institutionName: request.institutionName ?? null, ownTopic: topic === null && request.topic !== '' ? request.topic ?? null : null, answers: request.answers ?? {},
});

/** Null for somebody unnamed, whatever was typed. */
const identityOf = ({ identity, contactName, phone }: ComplaintRequest): Complainant | null => (identity === 'anonymous' ? null : { contactName: contactName ?? null, phone: phone ?? null });

/** 由谁办、何时办: who would have a case received now, and by when. */
export function assign(deps: ComplaintDeps, place: Jurisdiction, asked: Pick<ComplaintRequest, 'kind' | 'subject' | 'subdistrict'> & { readonly topic: string | null }, institution: CaseInstitution | undefined, came: CameBy):
  { readonly assignment: Assignment; readonly clock: CaseClock; readonly subdistrict: Complaint['subdistrict'] } {
  const subdistrict = asked.subdistrict ?? institution?.subdistrict ?? null;
  const county = institution?.county ?? place.subdistricts.find(({ code }) => code === subdistrict)?.county ?? null;
  return {
    subdistrict, assignment: deps.rules.route(place, { subject: asked.subject, topic: asked.topic, institutionKind: institution?.kind ?? null, subdistrict, county, severalLaws: came.severalLaws }),
    clock: deps.rules.received(dayOf(deps.now()), { kind: asked.kind, channel: came.channel, externalDeadline: came.externalDeadline }),
  };
}

function build(deps: ComplaintDeps, place: Jurisdiction, request: ComplaintRequest, institution: CaseInstitution | undefined, came: CameBy): Complaint {
  const topic = isKnownTopic(place, request) ? request.topic ?? null : null;
  const { subdistrict, assignment, clock } = assign(deps, place, { ...request, topic }, institution, came);
  return {
    id: deps.seals.newId(), jurisdiction: place.code, reference: deps.seals.newReference(), kind: request.kind, subject: request.subject, topic, institution: institution?.id ?? null, subdistrict,
    identity: request.identity, staffWitness: request.staffWitness === true, channel: came.channel, externalNumber: came.externalNumber, externalDeadline: came.externalDeadline, state: 'received', version: 1,
    receivedAt: deps.now(), closedAt: null, assignment, clock, waitingSince: null, extendedFrom: null, keepUntil: deps.rules.keepUntil(request.subject, request.happenedUntil ?? request.happenedOn ?? null),
    handler: null, satisfaction: null, reopenedAt: null, master: null, isMass: false, legalHold: null, enteredBy: came.actor,
  };
}

const evidenceSubjects: readonly Complaint['subject'][] = ['abuse', 'safety', 'staff'];

/** 首要任务: 证据保全 where recordings matter, and a report to the police the same day where a child may have been hurt. */
export function firstTasks(deps: ComplaintDeps, complaint: Complaint): readonly CaseTask[] {
  if (complaint.kind === 'suggestion') return [];
  const task = { state: 'open', department: null, createdAt: complaint.receivedAt, documentNumber: null, reason: null, askedBy: 'system', receivedOn: null, basis: 'site', doneAt: null, sealedResult: null } as const;
  const today = dayOf(complaint.receivedAt);
  return [
    ...(complaint.subject === 'abuse' ? [{ ...task, id: deps.seals.newId(), kind: 'policeReport', dueOn: today } as const] : []),
    ...(evidenceSubjects.includes(complaint.subject) ? [{ ...task, id: deps.seals.newId(), kind: 'secureEvidence', dueOn: complaint.clock.confirmBy ?? today } as const] : []),
  ];
}

/** Who has a case and by when, as its complainant is told. */
export const clockView = (deps: ComplaintDeps, place: Jurisdiction, { assignment, clock, keepUntil, subject, kind, subdistrict }: Pick<Complaint, 'assignment' | 'clock' | 'keepUntil' | 'subject' | 'kind' | 'subdistrict'>): Omit<ComplaintReceipt, 'reference' | 'queryCode'> => {
  const nameOf = (key: string): string => bodyName(place, key, { subdistrict, county: null });
  const emergency = kind === 'suggestion' ? [] : deps.rules.emergency(subject);
  return {
    leadDepartment: assignment.lead === null ? null : { name: nameOf(assignment.lead) }, jointDepartments: assignment.joint.map((key) => ({ name: nameOf(key) })),
    basis: assignment.basis, confirmBy: clock.confirmBy, answerBy: clock.answerBy, deadlineBasis: clock.basis,
    ...(keepUntil === null ? {} : { keepUntil }), ...(emergency.length === 0 ? {} : { emergency }),
  };
};

/** Seals files under the case's key and puts them by; answers what is known of each. */
export async function putFiles(deps: ComplaintDeps, complaint: string, key: string, message: string | null, files: readonly CleanFile[]): Promise<readonly CaseFile[]> {
  const put: CaseFile[] = [];
  for (const { type, bytes } of files) {
    const file = { id: deps.seals.newId(), message, blob: deps.seals.newBlobName(), type, size: bytes.byteLength };
    await deps.blobs.put(file.blob, deps.seals.sealBytes(key, `${complaint}|file|${file.id}`, bytes));
    put.push(file);
  }
  return put;
}

const forget = async (deps: ComplaintDeps, complaint: string, files: readonly CaseFile[]): Promise<void> => {
  for (const { blob } of files) await deps.blobs.remove(blob);
  await deps.keys.destroy(complaint, ['story', 'identity']);
};

/** 摸排线索 of a complaint or a tip-off about a place that the directory does not hold: its name and its street, nothing of the case. */
function namedIn(deps: ComplaintDeps, request: ComplaintRequest, complaint: Complaint): Intake['named'] {
  const name = complaint.kind === 'suggestion' || complaint.institution !== null ? null : placeNamed(request.institutionName);
  return name === null ? null : { id: deps.seals.newId(), name, key: leadKey(name), subdistrict: complaint.subdistrict, foundOn: dayOf(complaint.receivedAt), event: deps.seals.newId() };
}

type Asked = { readonly request: ComplaintRequest; readonly place: Jurisdiction; readonly institution: CaseInstitution | undefined; readonly came: CameBy; readonly files: readonly CleanFile[]; readonly key: string; readonly keyHash: string; readonly requestHash: string };

/** One attempt: keys first, then the case with everything that belongs to it; what did not become a case is forgotten at once. */
async function attempt(deps: ComplaintDeps, { request, place, institution, came, files, key, keyHash, requestHash }: Asked) {
  const { seals } = deps;
  const complaint = build(deps, place, request, institution, came);
  const [storyKey, identityKey] = [seals.newKey(), seals.newKey()];
  const identity = identityOf(request);
  const queryCode = seals.newQueryCode();
  const receipt: ComplaintReceipt = { reference: complaint.reference, queryCode, ...clockView(deps, place, complaint) };
  await deps.keys.put(deps.owner, complaint.id, { story: seals.wrap(complaint.id, 'story', storyKey), identity: seals.wrap(complaint.id, 'identity', identityKey) }, deps.realNow());
  const put: CaseFile[] = [];
  try {
    put.push(...await putFiles(deps, complaint.id, storyKey, null, files));
    const result = await deps.store.intake({
      complaint, queryCodeHash: seals.hashQueryCode(complaint.reference, queryCode), sealedStory: seals.seal(storyKey, `${complaint.id}|story`, JSON.stringify(storyOf(request, complaint.topic))),
      sealedIdentity: identity && seals.seal(identityKey, `${complaint.id}|identity`, JSON.stringify(identity)),
      move: caseMove(deps, came.actor === null ? 'received' : 'entered', 'received', came.actor ?? 'parent'), tasks: firstTasks(deps, complaint), files: put,
      idempotency: { keyHash, requestHash, sealedAnswer: seals.sealAnswer(key, receipt), expiresAt: answerEnd(deps.realNow()), now: deps.realNow() },
      event: caseEvent(deps, place.code, 'received', complaint.id, { channel: came.channel, files: put.length }, came.actor ?? 'parent'), notice: caseNotice(deps, 'complaint-received', complaint.id), named: namedIn(deps, request, complaint),
    });
    if (result.kind !== 'received') await forget(deps, complaint.id, put);
    return result.kind === 'received' ? { kind: 'received', receipt } as const : result;
  } catch (fault) {
    // A connection lost at the commit may have written the case: its keys stay until the sweep has seen that it is not there.
    if (put.length > 0 && await isNotThere(deps, complaint)) for (const { blob } of put) await deps.blobs.remove(blob);
    throw fault;
  }
}

const isNotThere = async (deps: ComplaintDeps, { jurisdiction, id }: Complaint): Promise<boolean> => {
  try {
    return await deps.store.findById(jurisdiction, id) === undefined;
  } catch {
    return false; // the records cannot be asked: nothing is thrown away
  }
};

const answerEnd = (realNow: Instant): Instant => instant.parse(realNow + dayMs);

/** 提交诉求: writes case, first step, tasks, event, notice and sealed answer in one transaction; the same key and body answer alike for 24 hours. */
export async function submitComplaint(deps: ComplaintDeps, jurisdiction: JurisdictionCode, key: string, request: ComplaintRequest, files: readonly CleanFile[] = [], came: CameBy = fromSite): Promise<SubmitOutcome> {
  const { store, seals } = deps;
  const keyHash = seals.hashKey(key);
  const requestHash = seals.hashRequest({ ...request, ...came, files: files.map(({ type, bytes }) => [type, bytes.byteLength]) });
  const replay = (answer: KeptAnswer): SubmitOutcome =>
    (answer.requestHash === requestHash ? done({ receipt: seals.openAnswer(key, answer.sealedAnswer), replayed: true }) : refused('idempotency-key-reused'));
  const earlier = await store.findAnswer(jurisdiction, keyHash, deps.realNow());
  if (earlier) return replay(earlier);
  const place = deps.placeOf(jurisdiction);
  const institution = request.institutionId === undefined ? undefined : await store.findInstitution(jurisdiction, request.institutionId);
  const faults = faultsOf(deps, place, request, institution);
  if (faults.length > 0) return { ok: false, reason: 'fields', faults };
  for (let tries = 0; tries < 5; tries += 1) {
    const result = await attempt(deps, { request, place, institution, came, files, key, keyHash, requestHash });
    if (result.kind === 'received') return done({ receipt: result.receipt, replayed: false });
    if (result.kind === 'replay') return replay(result.answer);
  }
  throw new Error('no free reference for a complaint in five attempts');
}
