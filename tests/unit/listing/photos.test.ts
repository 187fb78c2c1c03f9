import sharp from 'sharp';
import { expect, test } from 'vitest';
import { cleanPhoto } from '#server/photos.ts';

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#aabbcc' } });

test('a photo loses its place, its camera and its orientation flag, and stands upright', async () => {
  const sent = await picture(400, 200).withExif({ IFD0: { Make: 'CANARY-CAMERA', Orientation: '6' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 9/1 0/1' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const before = await sharp(sent).metadata();
  expect(before.exif).toBeDefined();
  const clean = await cleanPhoto(sent);
  if (!clean.ok) throw new Error(clean.reason);
  const after = await sharp(clean.value.bytes).metadata();
  expect(after).toMatchObject({ format: 'webp', width: 200, height: 400 });
  expect([after.exif, after.xmp, after.iptc, after.orientation]).toEqual([undefined, undefined, undefined, undefined]);
  expect(Buffer.from(clean.value.bytes).includes('CANARY-CAMERA')).toBe(false);
});

test('a large photo is made smaller', async () => {
  const clean = await cleanPhoto(await picture(3000, 1500).png().toBuffer());
  expect(clean).toMatchObject({ ok: true, value: { width: 1600, height: 800 } });
});

test('what is no jpeg, png or webp, is broken or bombs, is refused', async () => {
  expect(await cleanPhoto(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'))).toEqual({ ok: false, reason: 'not-a-picture' });
  expect(await cleanPhoto(Buffer.from('\0\0\0\u0018ftypheic', 'latin1'))).toEqual({ ok: false, reason: 'not-a-picture' });
  expect(await cleanPhoto(Buffer.alloc(0))).toEqual({ ok: false, reason: 'not-a-picture' });
  const whole = await picture(300, 300).jpeg().toBuffer();
  expect(await cleanPhoto(whole.subarray(0, 200))).toEqual({ ok: false, reason: 'broken' });
  expect(await cleanPhoto(await picture(9000, 9000).png({ compressionLevel: 9 }).toBuffer())).toEqual({ ok: false, reason: 'too-large' });
  expect(await cleanPhoto(Buffer.concat([whole, Buffer.alloc(10 * 1024 * 1024)]))).toEqual({ ok: false, reason: 'too-large' });
});
