import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, brotliDecompress, constants, gunzip, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const unbrotli = promisify(brotliDecompress);
const unzip = promisify(gunzip);
const chosen = new Map<string, Encoding>();

/** Which encoding to send, by Accept-Encoding; browsers send few different values, so answers are remembered. */
export function chooseEncoding(accept: string | undefined): Encoding {
  if (accept === undefined || accept === '') return 'identity';
  const known = chosen.get(accept);
  if (known !== undefined) return known;
  const choice = negotiate(accept);
  if (chosen.size < 200) chosen.set(accept, choice);
  return choice;
}

function negotiate(accept: string): Encoding {
  const weights = new Map<string, number>();
  for (const part of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  if (weightOf('br') > 0 && weightOf('br') >= weightOf('gzip')) return 'br';
  return weightOf('gzip') > 0 ? 'gzip' : 'identity';
}

/** Whether bytes of this type get smaller. */
export function isCompressible(contentType: string): boolean {
  return /^(?:text\/|image\/svg|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|geo\+json|manifest\+json))/i.test(contentType);
}

// A page is far smaller than brotli's usual window of 4 MB: a window of its size needs a fraction of the memory and the time.
const windowBits = (length: number): number => Math.min(22, Math.max(constants.BROTLI_MIN_WINDOW_BITS, Math.ceil(Math.log2(length + 16))));

/** What a compression is made for: one answer, a page kept for whoever asks next, a page that was asked for again. */
export type Care = 'once' | 'first' | 'again';
// A page rendered anew waits for its compression, so the first is the quickest (a fifth of the time for a fifth more bytes, measured);
// whoever comes back to a page in memory gets it smaller.
const brotliQuality: Readonly<Record<Care, number>> = { once: 4, first: 0, again: 9 };
const gzipLevel: Readonly<Record<Care, number>> = { once: 6, first: 1, again: 9 };

/** Compresses what is made per request. */
export async function compress(body: Buffer, encoding: 'br' | 'gzip', care: Care): Promise<Buffer> {
  if (encoding === 'gzip') return gzipped(body, { level: gzipLevel[care] });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality[care], [constants.BROTLI_PARAM_SIZE_HINT]: body.length, [constants.BROTLI_PARAM_LGWIN]: windowBits(body.length),
  };
  // Handing a page to another thread and back costs more than the half millisecond it takes.
  return care !== 'again' && body.length <= 256 * 1024 ? brotliCompressSync(body, { params }) : brotli(body, { params });
}

/** Compresses a body again with more care, on another thread. */
export async function compressAgain(coded: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  return compress(await (encoding === 'br' ? unbrotli(coded) : unzip(coded)), encoding, 'again');
}
