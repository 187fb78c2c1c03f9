// Reads what strace wrote: every write, truncation and flush of the files in one folder, in the order they were finished.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The calls to be logged; `-xx` keeps every byte, the limit is above SQLite's largest write. */
export const straceArguments = (log: string): readonly string[] =>
  ['-f', '--seccomp-bpf', '-y', '-xx', '-s', '1000000', '-e', 'signal=none', '-e', 'trace=write,pwrite64,pwritev,pwritev2,writev,fsync,fdatasync,sync_file_range,msync,ftruncate,fallocate,unlink,rename,renameat,renameat2,unlinkat', '-o', log];

/** One call that finished, on a file inside the folder (or on the folder itself: an empty name). */
export type Call =
  | { readonly kind: 'write'; readonly file: string; readonly bytes: Buffer; readonly at: number | undefined }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'flush'; readonly file: string }
  | { readonly kind: 'remove'; readonly file: string };

const bytesOf = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex');

/** One whole line of the log as a call; undefined when it is of no concern. Throws on a call in the folder that the replay does not know. */
export function readCall(line: string, folder: string): Call | undefined {
  const match = /^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<[^>]*>)?/.exec(line);
  if (!match) return undefined;
  const [, name = '', given = '', result = ''] = match;
  if (Number(result) < 0) return undefined;
  const path = name === 'unlink' ? /^"((?:\\x..)*)"/.exec(given)?.[1] : /^\d+<((?:\\x[0-9a-f]{2})*)>/.exec(given)?.[1];
  const full = path === undefined ? given : bytesOf(path).toString();
  if (full !== folder && !full.startsWith(`${folder}/`)) {
    if (path === undefined && given.includes(Buffer.from(folder).toString('hex').replace(/../g, '\\x$&'))) throw new Error(`the replay does not know ${name}`);
    return undefined;
  }
  const file = full.slice(folder.length + 1);
  if (name === 'fsync' || name === 'fdatasync') return { kind: 'flush', file };
  if (name === 'unlink') return { kind: 'remove', file };
  const rest = given.slice(given.indexOf('>') + 1);
  if (name === 'ftruncate') return { kind: 'truncate', file, size: Number(/^, (\d+)/.exec(rest)?.[1]) };
  const written = /^, "((?:\\x[0-9a-f]{2})*)", \d+(?:, (\d+))?$/.exec(rest);
  if ((name !== 'write' && name !== 'pwrite64') || !written) throw new Error(`the replay does not know this call: ${name}(${rest.slice(0, 80)}`);
  const bytes = bytesOf(written[1] ?? '').subarray(0, Number(result));
  return { kind: 'write', file, bytes, at: name === 'pwrite64' ? Number(written[2]) : undefined };
}

/** All calls of a log in the order of their end; a call cut in two by another thread's is put together again. */
export async function* readCalls(log: string, folder: string): AsyncGenerator<Call> {
  const unfinished = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(log), crlfDelay: Infinity })) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const cut = line.indexOf(' <unfinished ...>');
    if (cut >= 0) {
      unfinished.set(thread, line.slice(0, cut));
      continue;
    }
    const resumed = /^\d+\s+<\.\.\. \w+ resumed>(.*)$/.exec(line);
    const whole = resumed ? `${unfinished.get(thread) ?? ''}${resumed[1] ?? ''}` : line;
    const call = readCall(whole, folder);
    if (call) yield call;
  }
}
