import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** A picture made anew from what somebody sent: nothing of the old file is in it. */
export type CleanPhoto = { readonly bytes: Uint8Array; readonly width: number; readonly height: number };
export type PhotoRefusal = 'not-a-picture' | 'too-large' | 'broken';

const mostBytes = 10 * 1024 * 1024;
const mostPixels = 50_000_000;
const longestSide = 1_600;

/** jpeg, png or webp by the first bytes; a name or a declared type is not believed. SVG, HEIC and everything else are none. */
const isPicture = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.byteLength));
  const text = head.toString('latin1');
  return (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) || text.startsWith('\u0089PNG\r\n\u001a\n') || (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP');
};

/** sharp, loaded only when a picture is made, holding no cache and one thread, so that serving pages stays small. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/** 照片: turns the picture upright, shrinks it to 1,600 pixels and encodes it anew as WebP; EXIF, place and everything else of the old file are gone. */
export async function cleanPhoto(bytes: Uint8Array): Promise<Outcome<CleanPhoto, PhotoRefusal>> {
  if (!isPicture(bytes)) return refused('not-a-picture');
  if (bytes.byteLength > mostBytes) return refused('too-large');
  const sharp = await loadSharp();
  try {
    const picture = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
    const { width, height } = await picture.metadata();
    if (width * height > mostPixels) return refused('too-large');
    const { data, info } = await picture.autoOrient().resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true }).webp({ quality: 78 }).toBuffer({ resolveWithObject: true });
    return done({ bytes: data, width: info.width, height: info.height });
  } catch (fault) {
    // libvips says what it could not read only in words; whatever it was, nothing of the file is kept.
    if (fault instanceof Error) return refused('broken');
    throw fault;
  }
}
