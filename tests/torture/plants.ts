// Faults planted on purpose, without touching the program: a schema made without a rule, a query changed on its way.
// A torture that does not complain of the plant it is meant for proves nothing.
import { AndNode, CompiledQuery, createQueryId, RawNode, WhereNode, type InsertQueryNode, type KyselyPlugin, type OperationNode, type RootOperationNode } from 'kysely';
import { migrations, type Migration } from '#storage/migrate.ts';
import type { Storage } from '#storage/schema.ts';

/** The faults that can be planted. */
export const plants = ['unguarded-seats', 'no-unique-key', 'no-unique-child', 'synchronous-normal', 'outbox-outside'] as const;
export type Plant = (typeof plants)[number];

const schemaWithout: Readonly<Partial<Record<Plant, readonly (readonly [RegExp, string])[]>>> = {
  'unguarded-seats': [[/,\s*CHECK \(taken BETWEEN 0 AND capacity\)/g, '']],
  'no-unique-key': [[/(CREATE TABLE idempotency[\s\S]*?), PRIMARY KEY \(jurisdiction_code, key_hash\)/g, '$1']],
  'no-unique-child': [[/CREATE UNIQUE INDEX (booking_child_per_\w+)/g, 'CREATE INDEX $1']],
};

/** The program's migrations, less the rule a plant takes away; undefined when the plant leaves the schema alone. Throws when the rule is not found. */
export function migrationsWithout(plant: Plant): readonly Migration[] | undefined {
  const changes = schemaWithout[plant];
  if (!changes) return undefined;
  let hits = 0;
  const change = (statement: string): string => changes.reduce((text, [found, instead]) => {
    const changed = text.replace(found, instead);
    if (changed !== text) hits += 1;
    return changed;
  }, statement);
  const changed = migrations.map(({ version, statements }): Migration => {
    const of = (words: Parameters<Migration['statements']>[0]) => statements(words).map(change);
    return { version, statements: of };
  });
  const probe = { engine: 'sqlite', int: 'integer', real: 'real', strict: '', appendOnly: () => [] } as const;
  for (const step of changed) step.statements(probe);
  if (hits === 0) throw new Error(`the plant ${plant} found nothing to take out of the schema`);
  return changed;
}

const tableOf = (node: OperationNode): string => /"name":"(\w+)"/.exec(JSON.stringify(node))?.[1] ?? '';

/** The parts of a condition that do not speak of the capacity. */
function withoutCapacity(node: OperationNode): OperationNode | undefined {
  if (!AndNode.is(node)) return JSON.stringify(node).includes('"capacity"') ? undefined : node;
  const [left, right] = [withoutCapacity(node.left), withoutCapacity(node.right)];
  return left && right ? AndNode.create(left, right) : (left ?? right);
}

const unguard: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (node.kind !== 'UpdateQueryNode' || !node.where || !node.table || tableOf(node.table) !== 'slot') return node;
    const kept = withoutCapacity(node.where.where);
    return kept ? { ...node, where: WhereNode.create(kept) } : node;
  },
  transformResult: async ({ result }) => result,
};

/** Takes inserts into the outbox out of the transaction; they are made after it, in one of their own. */
function postponing(late: InsertQueryNode[]): KyselyPlugin {
  return {
    transformQuery: ({ node }): RootOperationNode => {
      if (node.kind !== 'InsertQueryNode' || !node.into || tableOf(node.into) !== 'outbox') return node;
      late.push(node);
      return { kind: node.kind, into: node.into, values: RawNode.createWithSql('select * from outbox where 1 = 0') };
    },
    transformResult: async ({ result }) => result,
  };
}

/** A storage whose writes carry the plant. */
export async function planted(storage: Storage, plant: Plant | undefined): Promise<Storage> {
  if (plant === 'synchronous-normal') {
    // The setting cannot change inside a transaction, and only `write` reaches the writing connection.
    await storage.write(async (tx) => {
      for (const statement of ['commit', 'PRAGMA synchronous = NORMAL', 'begin immediate']) await tx.executeQuery(CompiledQuery.raw(statement));
    });
    return storage;
  }
  if (plant === 'unguarded-seats') return { ...storage, write: (work) => storage.write((tx) => work(tx.withPlugin(unguard))) };
  if (plant !== 'outbox-outside') return storage;
  return {
    ...storage,
    write: async (work) => {
      const late: InsertQueryNode[] = [];
      const result = await storage.write((tx) => {
        late.length = 0;
        return work(tx.withPlugin(postponing(late)));
      });
      for (const node of late) {
        await storage.write((tx) => tx.executeQuery(tx.getExecutor().compileQuery(node, createQueryId())));
      }
      return result;
    },
  };
}
