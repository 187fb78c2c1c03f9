import { isInForce, type Credential, type Institution } from '#domain/directory/model.ts';
import { nameAndAddress, type ComparedRecord, type ImportDiff, type ImportedFacts, type ImportFormat, type ImportRules, type IncomingList, type IncomingRow, type RecordChange } from '#domain/directory/ports.ts';

const isSameValue = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, otherKeys] = [Object.keys(one), Object.keys(other)];
  return keys.length === otherKeys.length && keys.every((key) => isSameValue(Reflect.get(one, key), Reflect.get(other, key)));
};

/** Says nothing of an institution: ids, and where and when it was read. */
const notFacts: readonly string[] = ['id', 'jurisdiction', 'source', 'missingSince', 'planned', 'sample'];

/** Recognised places have no order of their own. */
const inOrder = (institution: Institution): Institution => ({
  ...institution, recognitions: institution.recognitions.map((one) => ({ ...one, places: one.places.toSorted((left, right) => left.band.localeCompare(right.band)) })),
});

const differingFields = (before: Institution, after: Institution): readonly string[] => {
  const [one, other] = [inOrder(before), inOrder(after)];
  return Object.keys(other).filter((key) => !notFacts.includes(key) && !isSameValue(Reflect.get(one, key), Reflect.get(other, key)));
};

/** Whether a list names a receipt later than the end of the filing that is held: it was filed again. */
const isFiledAgain = (before: Credential, next: Credential): boolean => next.receiptedOn !== null && next.receiptedOn > (before.since ?? before.receiptedOn ?? next.receiptedOn);

/** The registry says that a filing was received, never that a suspension has ended. */
const registryCredential = (before: Credential, next: Credential): Credential => {
  if (before.kind !== 'filing') return next;
  const receiptedOn = next.receiptedOn ?? before.receiptedOn;
  const filedAgain = before.state === 'withdrawn' && isFiledAgain(before, next);
  const keepsState = before.state === 'changed' || before.state === 'suspended' || (before.state === 'withdrawn' && !filedAgain);
  const kept = { ...before, receiptedOn, authority: before.authority ?? next.authority };
  return keepsState ? kept : { ...kept, state: 'receipted', since: null, decisionNumber: null };
};

/** A full list may say of itself how a filing stands, but it never lifts what people have suspended or ended: two of them do. */
const fullCredential = (before: Credential, next: Credential): Credential => {
  if (before.kind !== next.kind) return next;
  if (before.state === next.state) return { ...next, since: before.since, decisionNumber: before.decisionNumber };
  const wouldLift = isInForce(next) && (before.state === 'suspended' || (before.state === 'withdrawn' && !isFiledAgain(before, next)));
  return wouldLift ? before : next;
};

const mergeAliases = (before: ComparedRecord, next: Institution): readonly string[] => {
  if (next.aliases.length === 0) return before.institution.aliases;
  return before.origin === 'full' ? [...new Set([...before.institution.aliases, ...next.aliases])] : next.aliases;
};

const mergeRegistry = (before: ComparedRecord, next: Institution): Institution => {
  const held = before.institution;
  return {
    ...held, name: next.name, aliases: [...mergeAliases(before, next)], county: next.county ?? held.county, subdistrict: next.subdistrict ?? held.subdistrict,
    address: next.address ?? held.address, nature: next.nature ?? held.nature, creditCode: next.creditCode ?? held.creditCode,
    credential: registryCredential(held.credential, next.credential), source: next.source,
  };
};

const mergeFull = (held: Institution, next: Institution, carried: IncomingList['carried']): Institution => {
  const take = <Key extends keyof ImportedFacts>(key: Key): ImportedFacts[Key] => (carried.has(key) ? next[key] : held[key]);
  return {
    ...held, source: next.source, name: next.name, creditCode: next.creditCode ?? held.creditCode, credential: fullCredential(held.credential, next.credential),
    aliases: take('aliases'), county: take('county'), subdistrict: take('subdistrict'), kind: take('kind'), ownership: take('ownership'), nature: take('nature'),
    address: take('address'), phone: take('phone'), point: take('point'), modes: take('modes'), bands: take('bands'), admission: take('admission'),
    recognitions: take('recognitions'), fees: take('fees'), feesFrom: take('feesFrom'), hours: take('hours'), opensInSchoolHolidays: take('opensInSchoolHolidays'),
    extendedUntil: take('extendedUntil'), mealsProvided: take('mealsProvided'), openToNeighbours: take('openToNeighbours'), accepts: take('accepts'), confirmedOn: take('confirmedOn'),
  };
};

const merge = <Held extends ComparedRecord>(before: Held, row: IncomingRow, list: IncomingList): RecordChange<Held> => {
  const merged = list.format === 'registry' ? mergeRegistry(before, row.institution) : mergeFull(before.institution, row.institution, list.carried);
  // The same row as last time says nothing new, even where the record has been changed since by other means.
  const institution = { ...(before.rowHash === row.rowHash ? before.institution : merged), missingSince: null };
  const origin = before.origin === 'full' ? 'full' : list.format;
  return { before, after: { institution, origin, rowKey: row.rowKey, rowHash: row.rowHash }, fields: differingFields(before.institution, institution) };
};

/** Joins rows to records: by credit code, then by name and address where one of the two has no code. */
const join = <Held extends ComparedRecord>(held: readonly Held[], rows: readonly IncomingRow[]): ReadonlyMap<IncomingRow, Held> => {
  const byCode = new Map(held.flatMap((record) => (record.institution.creditCode === null ? [] : [[String(record.institution.creditCode), record] as const])));
  const byName = Map.groupBy(held, ({ institution }) => nameAndAddress(institution));
  const joined = new Map<IncomingRow, Held>();
  const taken = new Set<Held>();
  const tie = (row: IncomingRow, record: Held | undefined): void => {
    if (!record || taken.has(record) || joined.has(row)) return;
    joined.set(row, record);
    taken.add(record);
  };
  for (const row of rows) if (row.institution.creditCode !== null) tie(row, byCode.get(row.institution.creditCode));
  for (const row of rows) {
    const { creditCode } = row.institution;
    tie(row, byName.get(nameAndAddress(row.institution))?.find((record) => !taken.has(record) && (creditCode === null || record.institution.creditCode === null)));
  }
  return joined;
};

/** A list speaks for records that came by a list; the registry of filings only for filings. What a clerk began with a filing (no row yet) a list may bring, never miss. */
const speaksFor = (format: ImportFormat, { institution, origin, rowHash }: ComparedRecord): boolean =>
  (origin === 'full' || origin === 'registry') && rowHash !== '' ? format === 'full' || institution.credential.kind === 'filing' : false;

/** 导入比对: what a list would add, change, return and miss. Decides only; planned sites and samples are never touched. */
export function diffRecords<Held extends ComparedRecord>(previous: readonly Held[], next: IncomingList): ImportDiff<Held> {
  const held = previous.filter(({ origin }) => origin === 'registry' || origin === 'full');
  const joined = join(held, next.rows);
  const ids = new Set(previous.map(({ institution }) => institution.id));
  const unjoined = next.rows.filter((row) => !joined.has(row));
  const changes = [...joined].map(([row, before]) => merge(before, row, next));
  const found = new Set<Held>(joined.values());
  const spokenFor = held.filter((record) => speaksFor(next.format, record));
  const wasMissing = (change: RecordChange<Held>): boolean => change.before.institution.missingSince !== null;
  return {
    added: unjoined.filter(({ institution }) => !ids.has(institution.id)),
    clashing: unjoined.filter(({ institution }) => ids.has(institution.id)),
    returned: changes.filter(wasMissing),
    changed: changes.filter((change) => !wasMissing(change) && change.fields.length > 0),
    same: changes.filter((change) => !wasMissing(change) && change.fields.length === 0).map(({ before }) => before),
    missing: spokenFor.filter((record) => !found.has(record) && record.institution.missingSince === null),
    present: spokenFor.filter(({ institution }) => institution.missingSince === null).length,
  };
}

/** Losing two of five is a small list; three or more, and more than the place's share, is the mark of a list that was cut off. */
const fewEnoughToLose = 2;

/** Whether so many records are missing that the list must be looked at before it is believed. */
export const isSuspicious = ({ missing, present }: Pick<ImportDiff<unknown>, 'missing' | 'present'>, share: number): boolean =>
  missing.length > fewEnoughToLose && missing.length > share * present;

/** 导入比对, as storage is given it. */
export const importRules: ImportRules = { diff: diffRecords, isSuspicious };
