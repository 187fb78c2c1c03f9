import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ended } from '#server/backup/program.ts';

/** No identity given opens the file: another key, or no age file at all. */
export class WrongKeyError extends Error {
  override name = 'WrongKeyError';
}

/** A new key for backups: the identity opens them and stays away from the server, the recipient only closes them. */
export async function newBackupKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const hashWhile = (hash: ReturnType<typeof createHash>): Transform => new Transform({
  transform(chunk: Buffer, _, done) {
    hash.update(chunk);
    done(null, chunk);
  },
});

/** A stream of Node's as the encryption reads it: a piece is taken when it is asked for. */
function piecesOf(source: Readable): ReadableStream<Uint8Array> {
  const pieces = source.iterator();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next: IteratorResult<Buffer, undefined> = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel: () => { source.destroy(); },
  });
}

/** Hash of a file as it lies on disk. */
async function hashOnDisk(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Packs a folder (tar) and encrypts it to an age recipient; the target appears whole or not at all, and is read back and compared.
 * Debian opens it with `age -d -i key file | tar -x`. Answers its SHA-256.
 */
export async function sealFolder(folder: string, recipient: string, target: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const partial = `${target}.partial`;
  try {
    const tar = spawn('tar', ['-c', '-f', '-', '--owner=0', '--group=0', '-C', folder, '.'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const packed = ended(tar, 'tar');
    packed.catch(() => undefined); // told below, when the stream has ended too
    const sealed = await encrypter.encrypt(piecesOf(tar.stdout));
    const hash = createHash('sha256');
    await pipeline(Readable.from(sealed), hashWhile(hash), createWriteStream(partial, { mode: 0o600, flush: true }));
    await packed;
    const written = hash.digest('hex');
    if (await hashOnDisk(partial) !== written) throw new Error('the backup reads back otherwise than it was written');
    await rename(partial, target);
    await syncFolder(dirname(target));
    return written;
  } finally {
    await rm(partial, { force: true });
  }
}

/** Decrypts and unpacks into an empty folder; throws WrongKeyError when the identity (AGE-SECRET-KEY-…) does not open the file, ENOENT when there is none. */
export async function openArchive(file: string, identity: string, folder: string): Promise<void> {
  await access(file);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plain = await decrypter.decrypt(piecesOf(createReadStream(file))).catch((fault: unknown) => {
    throw new WrongKeyError(fault instanceof Error ? fault.message : 'it does not open');
  });
  const tar = spawn('tar', ['-x', '-f', '-', '--no-same-owner', '-C', folder], { stdio: ['pipe', 'ignore', 'pipe'] });
  const unpacked = ended(tar, 'tar');
  unpacked.catch(() => undefined);
  await pipeline(Readable.from(plain), tar.stdin);
  await unpacked;
}
