// Load on a running program: sockets that never come to an end, sign-ins by the hundred, and a page asked for all the while.
import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import { sendBytes, requestBytes, type Raw } from '#tests/torture/wireRequest.ts';

type Where = { readonly port: number };
const hostOf = ({ port }: Where): string => `127.0.0.1:${port}`;

/** Keeps so many sockets open that send a byte a second: heads that never end, bodies that never end, answers nobody reads. Ends them when told to. */
export function slowSockets(where: Where, count: number): { readonly open: () => number; readonly end: () => void } {
  const open = new Set<Socket>();
  let ended = false;
  const start = (at: number): void => {
    const kind = at % 3;
    const socket = connect(where.port, '127.0.0.1', () => {
      if (kind === 0) socket.write(`GET /hebei/ HTTP/1.1\r\nHost: ${hostOf(where)}\r\nX-`);
      else if (kind === 1) socket.write(`POST /hebei/complaints/new/ HTTP/1.1\r\nHost: ${hostOf(where)}\r\nOrigin: http://${hostOf(where)}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50000\r\n\r\n`);
      else socket.pause().write(`GET /hebei/institutions/ HTTP/1.1\r\nHost: ${hostOf(where)}\r\n\r\n`.repeat(20));
    });
    const drip = setInterval(() => { if (kind < 2) socket.write('a'); }, 1_000);
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      open.delete(socket);
      if (!ended) setTimeout(() => { if (!ended) start(at); }, 100).unref();
    });
  };
  for (let at = 0; at < count; at += 1) start(at);
  return {
    open: () => open.size,
    end: () => {
      ended = true;
      for (const socket of open) socket.destroy();
    },
  };
}

/** One sign-in with a wrong password, from an address of its own as a proxy would tell it. */
export function wrongSignIn(where: Where, number: number): Promise<Raw> {
  const body = Buffer.from(`login=示例账号${number % 50}&password=${encodeURIComponent(`猜 ${number}`)}&to=/office/`);
  return sendBytes(where.port, requestBytes('POST /sign-in/ HTTP/1.1', [['Host', hostOf(where)], ['Origin', `http://${hostOf(where)}`], ['Connection', 'close'], ['X-Forwarded-For', `10.${number % 200}.${Math.floor(number / 200) % 250}.7`], ['Content-Type', 'application/x-www-form-urlencoded'], ['Content-Length', String(body.length)]], body), 20_000);
}

/** A page, each time under another address, so that no kept copy answers. */
export const askPage = (where: Where, number: number): Promise<Raw> =>
  sendBytes(where.port, requestBytes(`GET /hebei/institutions/?months=${number % 36}&page=${1 + (number % 3)} HTTP/1.1`, [['Host', hostOf(where)], ['Connection', 'close'], ['X-Forwarded-For', `192.0.2.${number % 250}`]]), 20_000);

/** Calls so many times a second for so long, without waiting for answers to come back; what came back in the end. */
export async function atRate(perSecond: number, ms: number, call: (number: number) => Promise<Raw>): Promise<readonly Raw[]> {
  const answers: Promise<Raw>[] = [];
  const began = performance.now();
  for (let passed = 0; passed < ms; passed = performance.now() - began) {
    for (const due = (passed * perSecond) / 1_000; answers.length < due;) answers.push(call(answers.length));
    await later(10);
  }
  return Promise.all(answers);
}

/** The time within which 99 of 100 were answered, in ms. */
export const p99 = (answers: readonly Raw[]): number => answers.map(({ ms }) => ms).toSorted((one, other) => one - other)[Math.max(0, Math.ceil(answers.length * 0.99) - 1)] ?? Infinity;

/** What a process of Linux holds in memory, in MB; undefined elsewhere. */
export function memoryOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
  } catch {
    return undefined;
  }
}
