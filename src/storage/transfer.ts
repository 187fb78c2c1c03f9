import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { SqliteCopy } from '#storage/sqlite.ts';
import type { Database, Storage, WriteTx } from '#storage/schema.ts';

/** A table as it was moved: rows and a hash of all of them, the same on both engines. */
export type MovedTable = { readonly table: string; readonly rows: number; readonly hash: string };

/** Nothing was written; the message says why. */
export class TransferRefused extends Error {
  override name = 'TransferRefused';
}

type Row = Readonly<Record<string, unknown>>;
const batch = 500;

/** Made anew from the records when the program starts, in each engine's own way. */
const isMadeAnew = (table: string): boolean => table.startsWith('search_') || table === 'schema_version';

/** Adds the hashes of rows, so that neither the order of rows nor that of columns counts. */
class RowSum {
  readonly #sum = Buffer.alloc(32);
  rows = 0;
  add(row: Row): void {
    const text = JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    const hash = createHash('sha256').update(text).digest();
    for (let at = 31, carry = 0; at >= 0; at -= 1) {
      const total = (this.#sum[at] ?? 0) + (hash[at] ?? 0) + carry;
      this.#sum[at] = total & 255;
      carry = total >> 8;
    }
    this.rows += 1;
  }
  get hash(): string { return this.#sum.toString('hex'); }
}

type Parent = { readonly parent: string; readonly column: string };

const parentsOf = async (read: Kysely<Database>, table: string): Promise<readonly Parent[]> =>
  (await sql<{ table: string; from: string }>`SELECT "table", "from" FROM pragma_foreign_key_list(${table})`.execute(read)).rows.map((row) => ({ parent: row.table, column: row.from }));

/** Tables in an order in which every row's parent is there before it. */
export async function inOrderOfReference(read: Kysely<Database>, tables: readonly string[]): Promise<readonly { readonly table: string; readonly ownParent: string | null }[]> {
  const parents = new Map<string, readonly Parent[]>();
  for (const table of tables) parents.set(table, await parentsOf(read, table));
  const ordered: { readonly table: string; readonly ownParent: string | null }[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter((table) => !placed.has(table) && (parents.get(table) ?? []).every(({ parent }) => parent === table || placed.has(parent) || !tables.includes(parent)));
    if (ready.length === 0) throw new TransferRefused('the tables refer to each other in a circle');
    for (const table of ready) {
      placed.add(table);
      ordered.push({ table, ownParent: (parents.get(table) ?? []).find(({ parent }) => parent === table)?.column ?? null });
    }
  }
  return ordered;
}

type Placed = { readonly row_place: string | number; readonly row: Row };
const place = ({ row_place: at, ...row }: Row): Placed => ({ row_place: typeof at === 'number' ? at : String(at), row });

/** Rows of a table of a SQLite copy, in batches: first those that refer to no row of their own table. */
async function* rowsOf(read: Kysely<Database>, table: string, ownParent: string | null): AsyncGenerator<readonly Row[]> {
  const kinds = ownParent === null ? [sql`true`] : [sql`${sql.ref(ownParent)} IS NULL`, sql`${sql.ref(ownParent)} IS NOT NULL`];
  for (const kind of kinds) {
    for (let last: string | number = -1, full = true; full;) {
      const { rows } = await sql<Row>`SELECT rowid AS row_place, * FROM ${sql.table(table)} WHERE rowid > ${last} AND ${kind} ORDER BY rowid LIMIT ${batch}`.execute(read);
      const placed = rows.map(place);
      if (placed.length > 0) yield placed.map(({ row }) => row);
      last = placed.at(-1)?.row_place ?? last;
      full = placed.length === batch;
    }
  }
}

async function insertRows(tx: WriteTx, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => sql`${row[column]}`))})`);
  await sql`INSERT INTO ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))}) VALUES ${sql.join(values)}`.execute(tx);
}

async function sumOf(tx: WriteTx, table: string): Promise<RowSum> {
  const sum = new RowSum();
  for (let last: string | number = '(0,0)', full = true; full;) {
    const { rows } = await sql<Row>`SELECT ctid::text AS row_place, * FROM ${sql.table(table)} WHERE ctid > ${last}::tid ORDER BY ctid LIMIT ${batch}`.execute(tx);
    const placed = rows.map(place);
    for (const { row } of placed) sum.add(row);
    last = placed.at(-1)?.row_place ?? last;
    full = placed.length === batch;
  }
  return sum;
}

/**
 * 换库: writes every record of a SQLite copy into an empty PostgreSQL database, in one transaction that ends only when both sides count
 * and hash alike, table by table. The index of the search is made anew at the next start. Throws TransferRefused, having written nothing.
 */
export async function transferRecords(from: Pick<SqliteCopy, 'read' | 'tables'>, to: Storage, show: (table: string, done: number, total: number) => void = () => undefined): Promise<readonly MovedTable[]> {
  const versions = (read: Kysely<Database>) => read.selectFrom('schema_version').select('version').orderBy('version').execute();
  if (JSON.stringify(await versions(from.read)) !== JSON.stringify(await versions(to.read))) throw new TransferRefused('The records are of another schema version; start this program once on the SQLite file, then try again.');
  const tables = await inOrderOfReference(from.read, from.tables().filter((table) => !isMadeAnew(table)));
  return await to.write(async (tx) => {
    const moved: MovedTable[] = [];
    for (const [at, { table, ownParent }] of tables.entries()) {
      const { rows: [held] } = await sql<{ total: number }>`SELECT count(*) AS total FROM ${sql.table(table)}`.execute(tx);
      if (Number(held?.total) > 0) throw new TransferRefused(`The PostgreSQL database is not empty (${table}); make a new one.`);
      const wanted = new RowSum();
      for await (const rows of rowsOf(from.read, table, ownParent)) {
        for (const row of rows) wanted.add(row);
        await insertRows(tx, table, rows);
      }
      const found = await sumOf(tx, table);
      if (found.rows !== wanted.rows || found.hash !== wanted.hash) throw new TransferRefused(`${table} did not arrive as it was: ${String(found.rows)} rows instead of ${String(wanted.rows)}, or other values.`);
      moved.push({ table, rows: wanted.rows, hash: wanted.hash });
      show(table, at + 1, tables.length);
    }
    return moved;
  });
}
