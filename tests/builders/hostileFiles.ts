import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { loadSharp } from '#server/photos.ts';

/** Words that must never come out again: a place and a camera in EXIF, a script, a hidden text. */
export const canary = 'CANARY-38.9217N-117.2005E';
export type Hostile = { readonly name: string; readonly bytes: Buffer };

const noise = (width: number, height: number): Buffer => Buffer.from(Array.from({ length: width * height * 3 }, (_, at) => (at * 7919 + (at >> 3) * 104_729) % 256));

/** An honest picture of a type, with EXIF that names a place. */
export async function picture(type: 'jpeg' | 'png' | 'webp', width = 64, height = 48): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(noise(width, height), { raw: { width, height, channels: 3 } }).withExif({ IFD0: { Make: canary, ImageDescription: canary }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 55/1 18/1' } }).toFormat(type).toBuffer();
}

const chunk = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type, 'latin1'), body])));
  return Buffer.concat([head, body, tail]);
};
const pngSignature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');

/** A PNG that says it is so large; `rows` bytes of nought stand for its pixels. */
export function pngSaying(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([pngSignature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(rows))), chunk('IEND', Buffer.alloc(0))]);
}

const afterHeader = (png: Buffer, extra: Buffer): Buffer => Buffer.concat([png.subarray(0, 33), extra, png.subarray(33)]);
const isoFile = (brand: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\u0000\u0000\u0000\u0000mif1${brand}${canary}`, 'latin1')]);
const pdf = (inside: string, tail = ''): Buffer => Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\n${canary}\ntrailer << /Root 1 0 R >>\n%%EOF\n${tail}`, 'latin1');
/** A PDF that does nothing by itself. */
export const honestPdf = (): Buffer => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n', 'latin1');

const pdfs: readonly Hostile[] = ['/OpenAction << /S /JavaScript /JS (app.alert(1)) >>', '/AA << /O 2 0 R >>', '/Names << /EmbeddedFiles 3 0 R >>', '/A << /S /Launch /F (cmd.exe) >>', '/A << /S /SubmitForm >>', '/AcroForm << /XFA 4 0 R >>', '/Type /RichMedia', '/S /Java#53cript', '/A << /S /GoToR >>', '/A << /S /ImportData >>']
  .map((inside) => ({ name: `pdf with ${inside.slice(0, 24)}`, bytes: pdf(inside) }));

const texts: readonly Hostile[] = [
  ['svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>${canary}</text></svg>`], ['svg with a declaration', `<?xml version="1.0"?><!DOCTYPE svg><svg ><script>${canary}</script></svg>`],
  ['svg with an entity bomb', `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "${canary.repeat(9)}"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>`], ['svg behind a byte order mark', `\uFEFF<svg>${canary}</svg>`],
  ['html', `<!doctype html><script>${canary}</script>`], ['php', `<?php echo '${canary}'; ?>`], ['script', `#!/bin/sh\necho ${canary}\n`], ['xhtml', `<html xmlns="http://www.w3.org/1999/xhtml">${canary}</html>`],
  ['plain text', canary], ['json', JSON.stringify({ canary })], ['postscript', `%!PS-Adobe-3.0\n(${canary}) run`], ['mhtml', `MIME-Version: 1.0\n${canary}`], ['csv with a formula', `=cmd|' /C calc'!A0,${canary}`], ['m3u list', `#EXTM3U\nfile:///etc/passwd\n${canary}`],
  ['imagemagick script', `push graphic-context\nimage over 0,0 0,0 'https://example.invalid/${canary}'`],
].map(([name = '', text = '']) => ({ name, bytes: Buffer.from(text) }));

const headed = (name: string, head: readonly number[] | string): Hostile => ({ name, bytes: Buffer.concat([typeof head === 'string' ? Buffer.from(head, 'latin1') : Buffer.from(head), Buffer.from(canary)]) });
const binaries: readonly Hostile[] = [
  { name: 'nothing', bytes: Buffer.alloc(0) }, { name: 'one byte', bytes: Buffer.from([0xff]) }, { name: 'noughts', bytes: Buffer.alloc(4_096) }, { name: 'gzip bomb', bytes: gzipSync(Buffer.alloc(20_000_000)) },
  headed('zip', 'PK\u0003\u0004'), headed('exe', 'MZ\u0090\u0000'), headed('elf', '\u007fELF'), headed('gif', 'GIF89a\u0001\u0000\u0001\u0000'), headed('bmp', 'BM'), headed('tiff', 'II*\u0000'), headed('ico', [0, 0, 1, 0]), headed('rar', 'Rar!\u001a\u0007'),
  headed('7z', '7z\u00bc\u00af'), headed('riff that is a sound', 'RIFF\u0000\u0000\u0000\u0000WAVE'), headed('psd', '8BPS'), headed('jpeg 2000', [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]), headed('mp4', '\u0000\u0000\u0000\u0018ftypmp42'),
  ...['heic', 'heix', 'hevc', 'mif1', 'avif'].map((brand) => ({ name: `iso file ${brand}`, bytes: isoFile(brand) })),
  headed('three bytes of jpeg', [0xff, 0xd8, 0xff]), headed('jpeg head and rubbish', [0xff, 0xd8, 0xff, 0xe0, 0, 16]), { name: 'png signature alone', bytes: pngSignature }, headed('webp head alone', 'RIFF\u00ff\u0000\u0000\u0000WEBPVP8 '),
  { name: 'png of 30000 × 30000', bytes: pngSaying(30_000, 30_000, 100_000) }, { name: 'png of 2147483647 × 1', bytes: pngSaying(2_147_483_647, 1, 10) }, { name: 'png of 0 × 0', bytes: pngSaying(0, 0, 0) }, { name: 'png without its pixels', bytes: pngSaying(2_000, 2_000, 10) },
  { name: 'png bomb, 7100 × 7100', bytes: pngSaying(7_100, 7_100, 7_101 * 7_100) },
  { name: 'pdf and zip in one', bytes: pdf('', 'PK\u0005\u0006'.padEnd(22, '\u0000')) }, { name: 'pdf and html in one', bytes: Buffer.from(`%PDF-1.4\n<html><script>${canary}</script></html>\n%%EOF`) }, { name: 'pdf cut short', bytes: Buffer.from(`%PDF-1.7\n${canary}`) }, { name: 'pdf of version 9', bytes: Buffer.from(`%PDF-9.9\n${canary}\n%%EOF`) },
];

/** Files that somebody means harm with: each is to be refused. */
export const refusedFiles = (): readonly Hostile[] => [...texts, ...binaries, ...pdfs];

/** Files that hide something in or behind a true picture: taken or refused, what they hide must be gone. */
export async function hidingFiles(): Promise<readonly Hostile[]> {
  const [jpeg, png, webp] = await Promise.all([picture('jpeg'), picture('png'), picture('webp')]);
  const behind = Buffer.from(`<?php ${canary} ?><script>${canary}</script>PK\u0003\u0004${canary}`, 'latin1');
  const sharp = await loadSharp();
  const frames = await sharp(Buffer.concat([noise(32, 32), noise(32, 32)]), { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } }).webp().toBuffer();
  const animation = Buffer.alloc(8);
  animation.writeUInt32BE(2);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, canary.length + 2]), Buffer.from(canary)]);
  return [
    { name: 'jpeg with a place', bytes: jpeg }, { name: 'png with a place', bytes: png }, { name: 'webp with a place', bytes: webp },
    { name: 'jpeg with a page behind it', bytes: Buffer.concat([jpeg, behind]) }, { name: 'png with a page behind it', bytes: Buffer.concat([png, behind]) }, { name: 'webp with a page behind it', bytes: Buffer.concat([webp, behind]) },
    { name: 'jpeg with a comment', bytes: Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]) }, { name: 'png with words', bytes: afterHeader(png, chunk('tEXt', Buffer.from(`Comment\u0000${canary}`, 'latin1'))) },
    { name: 'png with packed words', bytes: afterHeader(png, chunk('zTXt', Buffer.concat([Buffer.from('c\u0000\u0000', 'latin1'), deflateSync(Buffer.from(canary.repeat(1_000)))]))) }, { name: 'animated png', bytes: afterHeader(png, chunk('acTL', animation)) },
    { name: 'animated webp', bytes: frames }, { name: 'jpeg cut in half', bytes: jpeg.subarray(0, jpeg.length / 2) }, { name: 'png cut in half', bytes: png.subarray(0, png.length / 2) },
    { name: 'png with a false sum', bytes: Buffer.concat([png.subarray(0, 60), Buffer.from([png[60] === 0 ? 1 : 0]), png.subarray(61)]) },
  ];
}
