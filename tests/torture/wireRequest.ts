// One request as bytes of our own making, and what came back; nothing between that would tidy it up.
import { connect } from 'node:net';

/** What came back: no status means that the other side closed without a word. */
export type Raw = { readonly status: number | undefined; readonly head: string; readonly text: string; readonly ms: number; readonly late: boolean };

/** A request of bytes: a line, headers as they are, a body. */
export function requestBytes(line: string, headers: readonly (readonly [string, string])[], body: Buffer = Buffer.alloc(0)): Buffer {
  const head = [line, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
}

/** The body of an answer sent in pieces, put together. */
function joined(pieces: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < pieces.length;) {
    const end = pieces.indexOf('\r\n', at);
    const size = end === -1 ? 0 : Number.parseInt(pieces.subarray(at, end).toString('latin1'), 16);
    if (!(size > 0)) break;
    parts.push(pieces.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

function answerOf(received: Buffer): Pick<Raw, 'status' | 'head' | 'text'> {
  let rest = received;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const head = rest.subarray(0, end === -1 ? rest.length : end).toString('latin1');
    const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
    const body = end === -1 ? Buffer.alloc(0) : rest.subarray(end + 4);
    if (status === '100') rest = body;
    else return { head, status: status === undefined ? undefined : Number(status), text: (/^transfer-encoding: chunked/im.test(head) ? joined(body) : body).toString('utf8') };
  }
}

/** Sends bytes and waits until the other side closes, at most so long; one that does not is late. `hangUp` sends no more after so many ms. */
export function sendBytes(port: number, bytes: Buffer, limitMs: number, hangUp?: number): Promise<Raw> {
  return new Promise((resolve) => {
    const began = performance.now();
    const received: Buffer[] = [];
    let late = false;
    const socket = connect(port, '127.0.0.1');
    const timer = setTimeout(() => {
      late = true;
      socket.destroy();
    }, limitMs);
    socket.on('data', (piece: Buffer) => received.push(piece));
    socket.on('error', () => undefined); // the close that follows answers
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ ...answerOf(Buffer.concat(received)), ms: performance.now() - began, late });
    });
    socket.write(bytes);
    if (hangUp !== undefined) setTimeout(() => socket.end(), hangUp).unref();
  });
}
