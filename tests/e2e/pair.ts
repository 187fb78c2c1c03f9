// Two processes of the site on one PostgreSQL behind a door that sends every request to the other one of them.
import { createServer, request as send } from 'node:http';
import { createDatabase } from '#tests/postgres.ts';

/** Where a PostgreSQL runs on which every site of the tests is to be such a pair; unset, a site is one process on SQLite. */
const server = process.env['PAIR_ON'];
const databases = new Map<string, Promise<string>>();

/** The database of a data folder, the same for every process on it; undefined where sites are alone. */
export function databaseOf(dataDir: string): Promise<string> | undefined {
  if (server === undefined) return undefined;
  const known = databases.get(dataDir) ?? createDatabase(server);
  databases.set(dataDir, known);
  return known;
}

/** A door on a port of its own. */
export interface Door {
  readonly port: number;
  /** Opens it to those behind it, by their ports. */
  readonly lead: (ports: readonly number[]) => void;
  readonly close: () => void;
}

/** Opens a door that passes requests on in turn, as they came. */
export async function openDoor(): Promise<Door> {
  let [behind, turn] = [new Array<number>(), 0];
  const door = createServer((asked, answer) => {
    const port = behind[turn++ % Math.max(1, behind.length)];
    const onward = send({ host: 'localhost', port, method: asked.method, path: asked.url, headers: asked.rawHeaders, agent: false, setHost: false }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
      reply.pipe(answer);
    });
    onward.on('error', () => { answer.destroy(); });
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => { door.listen(0, 'localhost', resolve); });
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('The door has no port.');
  return {
    port: address.port,
    lead: (ports) => { behind = [...ports]; },
    close: () => {
      door.close();
      door.closeAllConnections();
    },
  };
}
