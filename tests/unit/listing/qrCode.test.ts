import reader from 'jsqr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { qrPng } from '#server/qrCode.ts';

const address = 'https://tuoyu.example.gov.cn/hebei/institutions/4be1bd73-9be1-5ce1-b1a1-0123456789ab/';

const read = async (png: Uint8Array): Promise<string | undefined> => {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return reader.default(new Uint8ClampedArray(data), info.width, info.height)?.data;
};

// The same every time: a small congruential generator in place of chance.
const noisy = async (png: Uint8Array, share: number): Promise<Buffer> => {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  let state = 12_345;
  for (const [index, value] of data.entries()) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    data[index] = Math.min(255, Math.max(0, value + (state / 1_073_741_824 - 1) * 255 * share));
  }
  return await sharp(data, { raw: info }).png().toBuffer();
};

test('another reader finds exactly the address in the poster’s code, as a PNG wide enough for print at 300 dpi', async () => {
  const png = await qrPng(address);
  const { format, width } = await sharp(png).metadata();
  expect(format).toBe('png');
  expect(width).toBeGreaterThan(700);
  expect(await read(png)).toBe(address);
});

// A camera averages several of the poster's pixels into one of its own.
test('it is read small, and with 30 per cent noise', async () => {
  const png = await qrPng(address);
  expect(await read(await sharp(png).resize(200).png().toBuffer())).toBe(address);
  expect(await read(await sharp(await noisy(png, 0.3)).resize(360).png().toBuffer())).toBe(address);
});

test('it is read with a stain over a part of it', async () => {
  const png = await qrPng(address);
  const { width } = await sharp(png).metadata();
  const stain = await sharp({ create: { width: Math.round(width * 0.2), height: Math.round(width * 0.2), channels: 3, background: '#777777' } }).png().toBuffer();
  expect(await read(await sharp(png).toColourspace('srgb').composite([{ input: stain, left: Math.round(width * 0.4), top: Math.round(width * 0.4) }]).png().toBuffer())).toBe(address);
});

test('four modules of white stand around the code on every side', async () => {
  const { data, info } = await sharp(await qrPng(address)).greyscale().raw().toBuffer({ resolveWithObject: true });
  const dark = [...data.keys()].filter((index) => data[index] === 0);
  const [columns, rows] = [dark.map((index) => index % info.width), dark.map((index) => Math.floor(index / info.width))];
  const edges = [columns, rows].map((ends) => [ends.reduce((least, end) => Math.min(least, end), info.width), ends.reduce((most, end) => Math.max(most, end), 0)]);
  expect(edges).toEqual([[56, info.width - 57], [56, info.width - 57]]);
});
