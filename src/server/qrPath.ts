import { encode } from 'uqr';

/** 二维码 as the path of an SVG picture, in modules, with the quiet zone readers need. */
export type QrPath = { readonly d: string; readonly side: number };

/** Draws a text as a QR code without a picture file: for what no address may be made of. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const d = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : []))).join('');
  return { d, side: size };
}
