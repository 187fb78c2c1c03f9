// A disk that may forget what was not flushed: whole writes, single 512-byte sectors of them, or names of new files.
import type { Call } from '#tests/torture/systemCalls.ts';

const sector = 512;

type Pending = { readonly at: number; readonly bytes: Buffer } | { readonly size: number };
/** Bytes with room to grow. */
type Bytes = { room: Buffer; length: number };
type File = { readonly durable: Bytes; readonly current: Bytes; pending: Pending[]; named: boolean };

/** A disk fed with calls. */
export type Disk = {
  readonly take: (call: Call) => void;
  /** What might be found after the power came back: each file's bytes. */
  readonly image: (chance: () => number) => ReadonlyMap<string, Buffer>;
};

const bytesOf = (content: Buffer): Bytes => ({ room: Buffer.from(content), length: content.length });
const contentOf = ({ room, length }: Bytes): Buffer => room.subarray(0, length);

function resize(of: Bytes, size: number): void {
  if (of.room.length < size) of.room = Buffer.concat([of.room, Buffer.alloc(Math.max(size, of.room.length * 2) - of.room.length)]);
  if (size > of.length) of.room.fill(0, of.length, size);
  of.length = size;
}

function patch(of: Bytes, at: number, bytes: Buffer): void {
  if (of.length < at + bytes.length) resize(of, at + bytes.length);
  bytes.copy(of.room, at);
}

function apply(to: Bytes, change: Pending): void {
  if ('size' in change) resize(to, change.size);
  else patch(to, change.at, change.bytes);
}

/** The sectors of a write as the disk knows them, cut at its own borders. */
function* sectorsOf(at: number, bytes: Buffer): Generator<{ readonly at: number; readonly bytes: Buffer }> {
  for (let from = 0; from < bytes.length;) {
    const end = Math.min(bytes.length, from + sector - ((at + from) % sector));
    yield { at: at + from, bytes: bytes.subarray(from, end) };
    from = end;
  }
}

/** What is left of the writes since the last flush: none, all, a beginning, or any sectors of any of them. */
function survived(file: File, chance: () => number): Buffer {
  const kind = chance();
  if (kind < 0.3) return contentOf(kind < 0.2 ? file.durable : file.current);
  const found = bytesOf(contentOf(file.durable));
  if (kind < 0.5) {
    for (const change of file.pending.slice(0, Math.floor(chance() * (file.pending.length + 1)))) apply(found, change);
    return contentOf(found);
  }
  const share = chance();
  for (const change of file.pending) {
    const pieces = 'size' in change ? [change] : sectorsOf(change.at, change.bytes);
    for (const piece of pieces) if (chance() < share) apply(found, piece);
  }
  return contentOf(found);
}

/** A disk that holds `files` safely to begin with. */
export function makeDisk(files: ReadonlyMap<string, Buffer>): Disk {
  const fileWith = (content: Buffer, named: boolean): File => ({ durable: bytesOf(content), current: bytesOf(content), pending: [], named });
  const all = new Map<string, File>([...files].map(([name, content]) => [name, fileWith(content, true)]));
  const fileOf = (name: string): File => {
    const known = all.get(name);
    if (known) return known;
    const fresh = fileWith(Buffer.alloc(0), false);
    all.set(name, fresh);
    return fresh;
  };
  const change = (file: File, pending: Pending): void => {
    apply(file.current, pending);
    file.pending.push(pending);
  };
  const flush = (file: File): void => {
    for (const pending of file.pending) apply(file.durable, pending);
    file.pending = [];
  };
  return {
    take: (call) => {
      if (call.kind === 'remove') all.delete(call.file);
      else if (call.kind === 'truncate') change(fileOf(call.file), { size: call.size });
      else if (call.kind === 'write') change(fileOf(call.file), { at: call.at ?? fileOf(call.file).current.length, bytes: call.bytes });
      else if (call.file === '') for (const file of all.values()) file.named = true;
      else flush(fileOf(call.file));
    },
    image: (chance) => new Map([...all].flatMap(([name, file]) => (file.named || chance() < 0.5 ? [[name, survived(file, chance)]] : []))),
  };
}
