import { describe, expect, test } from 'vitest';
import { loadSharp } from '#server/photos.ts';
import { cleanFile, fileAnswer, readUpload } from '#server/uploads.ts';
import { uploadQueue } from '#server/uploadQueue.ts';
import { canary, hidingFiles, honestPdf, picture, pngSaying, refusedFiles } from '#tests/builders/hostileFiles.ts';

const send = (files: readonly { readonly name: string; readonly bytes: Buffer }[], fields: Readonly<Record<string, string>> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const { name, bytes } of files) form.append('files', new File([Uint8Array.from(bytes)], name));
  return readUpload(new Request('http://localhost/', { method: 'POST', body: form }));
};
const photo = async () => ({ name: 'a.jpg', bytes: await picture('jpeg') });

describe('a file somebody means harm with', () => {
  test('is one of sixty', async () => {
    expect(refusedFiles().length + (await hidingFiles()).length).toBeGreaterThanOrEqual(60);
  });

  test.each(refusedFiles().map(({ name, bytes }) => [name, bytes] as const))('%s is refused, with a reason', async (name, bytes) => {
    const clean = await cleanFile(bytes);
    expect(clean.ok).toBe(false);
    const { files, fileErrors } = await send([await photo(), { name: `../../${name}.jpg`, bytes }]);
    expect(files).toEqual([]);
    expect(fileErrors[0]?.message).toMatch(/^第 2 个文件/);
  }, 20_000);

  test('hides nothing that stays: every picture is another file, without place, words or anything behind it', async () => {
    const hiding = await hidingFiles();
    for (const { name, bytes } of hiding) {
      const clean = await cleanFile(bytes);
      if (!clean.ok) {
        expect([name, ['broken']]).toEqual([name, [clean.reason]]);
        continue;
      }
      const kept = Buffer.from(clean.value.bytes);
      expect([name, kept.includes(canary), kept.includes('php'), kept.includes('Exif'), kept.equals(bytes)]).toEqual([name, false, false, false, false]);
      expect([name, clean.value.type, kept.subarray(0, 3).toString('hex')]).toEqual([name, 'image/jpeg', 'ffd8ff']);
    }
    expect((await cleanFile(hiding[0]?.bytes ?? Buffer.alloc(0))).ok).toBe(true);
  });

  test('takes bounded memory: twenty bombs and large pictures at once', async () => {
    const sharp = await loadSharp();
    const large = await sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#369' } }).jpeg().toBuffer();
    const bombs = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? pngSaying(30_000, 30_000, 1_000_000) : large));
    const peak = { rss: 0 };
    const watch = setInterval(() => { peak.rss = Math.max(peak.rss, process.memoryUsage.rss()); }, 10);
    const cleaned = await Promise.all(bombs.map((bytes) => cleanFile(bytes)));
    clearInterval(watch);
    expect(cleaned.map(({ ok }) => ok)).toEqual(bombs.map((_, at) => at % 2 === 1));
    expect(Math.round(peak.rss / 1_048_576)).toBeLessThan(600);
  }, 60_000);
});

describe('files of a form', () => {
  test('keep what was typed, in order, and forget what they were called', async () => {
    const { typed, files, fileErrors, busy } = await send([await photo(), { name: '协议.pdf', bytes: honestPdf() }], { happened: '第一行\r\n第二行', subject: 'fee' });
    expect([typed, fileErrors, busy]).toEqual([{ happened: '第一行\r\n第二行', subject: 'fee' }, [], false]);
    expect(files.map(({ type }) => type)).toEqual(['image/jpeg', 'application/pdf']);
  });

  test('are at most nine, ten megabytes each, forty together; the words stay', async () => {
    const one = await photo();
    const heavy = (megabytes: number) => ({ name: 'h.jpg', bytes: Buffer.concat([one.bytes, Buffer.alloc(megabytes * 1_048_576)]) });
    for (const [files, sentence] of [[Array.from({ length: 10 }, () => one), '最多 9 个'], [[heavy(10)], '最大 10 MB'], [Array.from({ length: 5 }, () => heavy(9)), '最大 40 MB']] as const) {
      const read = await send(files, { happened: '写好的话' });
      expect([read.typed['happened'], read.files, read.fileErrors[0]?.message.includes(sentence)]).toEqual(['写好的话', [], true]);
    }
  }, 20_000);

  test('an empty choice is no file', async () => {
    const body = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\ncontent-disposition: form-data; name="files"; filename=""\r\ncontent-type: application/octet-stream\r\n\r\n\r\n--x--\r\n';
    const read = await readUpload(new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=x' } }));
    expect(read).toEqual({ typed: { a: '1' }, files: [], fileErrors: [], busy: false });
  });

  test.each(['', '--x', '--x\r\n', '--x\r\n\r\n', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nno end', '--x\r\ncontent-disposition: attachment\r\n\r\na\r\n--x--', `--x\r\n${'a'.repeat(5_000)}\r\n\r\na\r\n--x--`, `--x\r\ncontent-disposition: form-data; name="a\u0000"\r\n\r\n`, '--y\r\n'])(
    'a body that no browser sends reads as an empty form: %j', async (body) => {
      const read = await readUpload(new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=x' } }));
      expect(read).toEqual({ typed: {}, files: [], fileErrors: [], busy: false });
    });

  test('a body of ten megabytes of words is cut, a thousand fields are refused', async () => {
    expect((await send([], { happened: '字'.repeat(3_500_000) })).typed['happened']?.length).toBeLessThan(100_000);
    expect((await send([], Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`f${at}`, 'x'])))).typed).toEqual({});
  });

  test('go to who may see them as something to save, never to open', () => {
    const { headers } = fileAnswer({ type: 'application/pdf', bytes: honestPdf() }, 2);
    expect(Object.fromEntries(headers)).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-security-policy': "sandbox; default-src 'none'" });
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="file-2\.pdf"/);
  });
});

describe('the queue', () => {
  test('runs two at a time, in order, and turns away who would wait too long', async () => {
    const queue = uploadQueue(2, 3);
    const order: number[] = [];
    const seen = { running: 0, most: 0, order };
    const work = (at: number) => async () => {
      seen.most = Math.max(seen.most, seen.running += 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.running -= 1;
      seen.order.push(at);
      return at;
    };
    expect(await Promise.all([0, 1, 2, 3, 4, 5, 6].map((at) => queue.run(work(at))))).toEqual([0, 1, 2, 3, 4, 'busy', 'busy']);
    expect([seen.most, seen.order, queue.waiting()]).toEqual([2, [0, 1, 2, 3, 4], 0]);
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(work(9))).toBe(9);
  });
});
