import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
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

/** Compresses what is made per request: quality that costs about as little time as it saves. */
export async function compress(body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return gzipped(body, { level: 6 });
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length, [constants.BROTLI_PARAM_LGWIN]: windowBits(body.length) };
  // Handing a page to another thread and back costs more than the half millisecond it takes.
  return body.length <= 256 * 1024 ? brotliCompressSync(body, { params }) : brotli(body, { params });
}
