import { encode } from 'uqr';
import { loadSharp } from '#server/photos.ts';

/** Pixels per module: at 300 dpi a poster's code of about 60 modules comes out some 7 cm wide. */
const moduleSize = 14;
/** The white margin that a reader needs, in modules (ISO/IEC 18004). */
const quietZone = 4;

/** 二维码 of an address as a PNG, black on white, with the highest error correction; WeChat reads only a real picture. */
export async function qrPng(address: string): Promise<Uint8Array> {
  const { data, size } = encode(address, { ecc: 'H', border: 0 });
  const side = size + 2 * quietZone;
  const pixels = Buffer.alloc(side * side, 255);
  for (const [row, modules] of data.entries()) for (const [column, dark] of modules.entries()) if (dark) pixels[(row + quietZone) * side + column + quietZone] = 0;
  const sharp = await loadSharp();
  return await sharp(pixels, { raw: { width: side, height: side, channels: 1 } }).resize(side * moduleSize, side * moduleSize, { kernel: 'nearest' }).png({ compressionLevel: 9, colours: 2, palette: true }).toBuffer();
}
