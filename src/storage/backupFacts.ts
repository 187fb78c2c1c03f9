import { sql } from 'kysely';
import { checkAuditChains } from '#storage/auditChain.ts';
import type { ReadDb } from '#storage/schema.ts';

/** What a copy of the records holds, so that two copies can be compared: rows of every table and where each audit chain ends. */
export type RecordFacts = {
  readonly schemaVersion: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly chains: readonly { readonly jurisdiction: string; readonly events: number; readonly head: string }[];
};

/** Counts a copy and walks its audit chains; `broken` names the first wrong event of each chain that is not whole. */
export async function factsOf(read: ReadDb, tables: readonly string[]): Promise<{ readonly facts: RecordFacts; readonly broken: readonly string[] }> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ total: number }>`SELECT count(*) AS total FROM ${sql.table(table)}`.execute(read);
    counts[table] = Number(rows[0]?.total ?? 0);
  }
  const version = await read.selectFrom('schema_version').select((eb) => eb.fn.max('version').as('version')).executeTakeFirst();
  const chains = await checkAuditChains(read);
  return {
    facts: { schemaVersion: Number(version?.version ?? 0), counts, chains: chains.map(({ jurisdiction, events, head }) => ({ jurisdiction, events, head })) },
    broken: chains.flatMap(({ jurisdiction, broken }) => (broken ? [`audit chain of ${jurisdiction}, event ${String(broken.seq)}: ${broken.fault}`] : [])),
  };
}

/** In what two copies differ, one sentence each; empty when they are alike. */
export function differencesOf(wanted: RecordFacts, found: RecordFacts): readonly string[] {
  const tables = new Set([...Object.keys(wanted.counts), ...Object.keys(found.counts)]);
  const chainsOf = ({ chains }: RecordFacts): string => JSON.stringify(chains.toSorted((one, other) => (one.jurisdiction < other.jurisdiction ? -1 : 1)));
  return [
    ...(wanted.schemaVersion === found.schemaVersion ? [] : [`schema version ${String(found.schemaVersion)} instead of ${String(wanted.schemaVersion)}`]),
    ...[...tables].flatMap((table) => (wanted.counts[table] === found.counts[table] ? [] : [`${table}: ${String(found.counts[table] ?? 0)} rows instead of ${String(wanted.counts[table] ?? 0)}`])),
    ...(chainsOf(wanted) === chainsOf(found) ? [] : ['the audit chains end elsewhere']),
  ];
}
