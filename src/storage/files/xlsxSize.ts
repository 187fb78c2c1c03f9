import { inflateRawSync } from 'node:zlib';
import { UnreadableFileError } from '#storage/files/importProblems.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const damaged = (): UnreadableFileError => new UnreadableFileError('the file is not a whole XLSX workbook; save it again as .xlsx or .csv');

type Entry = { readonly method: number; readonly packed: number; readonly unpacked: number; readonly offset: number };

const directoryOf = (bytes: Buffer): readonly Entry[] => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endSignature) throw damaged();
  const count = bytes.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature) throw damaged();
    entries.push({ method: bytes.readUInt16LE(at + 10), packed: bytes.readUInt32LE(at + 20), unpacked: bytes.readUInt32LE(at + 24), offset: bytes.readUInt32LE(at + 42) });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

const packedBytes = (bytes: Buffer, { offset, packed }: Entry): Buffer => {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localSignature) throw damaged();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw damaged();
  return bytes.subarray(start, start + packed);
};

const unpackedLength = (bytes: Buffer, entry: Entry, limit: number): number => {
  const packed = packedBytes(bytes, entry);
  if (entry.method === 0) return packed.length;
  if (entry.method !== 8) throw damaged();
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) }).length;
  } catch (fault) {
    // Larger than what its directory states is the mark of an archive made to lie about its size.
    throw new UnreadableFileError(fault instanceof RangeError ? 'the workbook unpacks to more than it states' : damaged().message, { cause: fault });
  }
};

/** Refuses a workbook that unpacks to more than `cap` bytes: first by what its directory states, then by unpacking each part within that bound. */
export const assertUnpacksWithin = (bytes: Buffer, cap: number): void => {
  const entries = directoryOf(bytes);
  const stated = entries.reduce((total, { unpacked }) => total + unpacked, 0);
  if (stated > cap) throw new UnreadableFileError(`the workbook unpacks to ${Math.ceil(stated / 1_000_000)} MB, expected at most ${Math.floor(cap / 1_000_000)} MB; save it as CSV`);
  for (const entry of entries) {
    if (unpackedLength(bytes, entry, entry.unpacked) !== entry.unpacked) throw damaged();
  }
};
