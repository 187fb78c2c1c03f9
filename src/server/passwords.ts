import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Argon2id as OWASP and ASVS 5.0 11.4.2 ask: 19 MiB, two passes, one lane. */
const terms = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
/** Two at once hold 38 MiB; who comes while forty wait is asked to come back, so that a flood of sign-ins cannot eat the memory. */
const [atOnce, mayWait] = [2, 40];

const derive = promisify(argon2);

type Terms = { readonly memory: number; readonly passes: number; readonly parallelism: number; readonly tagLength: number };
type Parsed = Terms & { readonly nonce: Buffer; readonly tag: Buffer };

const write = (nonce: Buffer, tag: Buffer): string => {
  const plain = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${String(terms.memory)},t=${String(terms.passes)},p=${String(terms.parallelism)}$${plain(nonce)}$${plain(tag)}`;
};

/** Reads a hash in PHC form; throws when the record holds something else. */
function parse(hash: string): Parsed {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  const [, memory, passes, parallelism, nonce, tag] = match ?? [];
  if (memory === undefined || passes === undefined || parallelism === undefined || nonce === undefined || tag === undefined) throw new Error('a password hash is not in the form this program writes');
  const bytes = Buffer.from(tag, 'base64');
  return { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: bytes.length, nonce: Buffer.from(nonce, 'base64'), tag: bytes };
}

/** Hashing of passwords, a few at a time. */
export type Passwords = {
  readonly hash: (password: string) => Promise<string | 'busy'>;
  /** Without a hash it works as long and answers false. */
  readonly verify: (password: string, hash: string | null) => Promise<boolean | 'busy'>;
};

/** Argon2id behind a bounded queue. */
export function makePasswords(): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value | 'busy'> => {
    if (running >= atOnce) {
      if (waiting.length >= mayWait) return 'busy';
      await new Promise<void>((resolve) => { waiting.push(resolve); });
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes later is served before.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  const tagOf = (password: string, nonce: Buffer, { memory, passes, parallelism, tagLength }: Terms): Promise<Buffer> =>
    derive('argon2id', { message: Buffer.from(password), nonce, memory, passes, parallelism, tagLength });
  const nobody: Parsed = { ...terms, nonce: randomBytes(16), tag: randomBytes(terms.tagLength) };
  return {
    hash: (password) => inTurn(async () => {
      const nonce = randomBytes(16);
      return write(nonce, await tagOf(password, nonce, terms));
    }),
    verify: (password, hash) => inTurn(async () => {
      const kept = hash === null ? nobody : parse(hash);
      const isSame = timingSafeEqual(await tagOf(password, kept.nonce, kept), kept.tag);
      return isSame && hash !== null;
    }),
  };
}
