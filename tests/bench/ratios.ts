import { cpSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finishBuild } from '#cli/finish-build.ts';
import { compare, type Comparison } from '#tests/bench/compare.ts';
import type { Figure } from '#tests/bench/figures.ts';
import type { Seeded } from '#tests/bench/seed.ts';
import { root, runtimeMemory, startServerProcess, type Server } from '#tests/bench/servers.ts';

const detailOf = ({ ours, bare, rounds }: Comparison): string => `medians ${Math.round(ours)}/s vs ${Math.round(bare)}/s; ${rounds.join('; ')}`;

/** Booking through the shell against the same transaction behind bare node:http on a copy of the same database. */
export async function compareBooking(shell: Server, copiedDatabase: string, { place, slots }: Seeded): Promise<readonly Figure[]> {
  // The same settings of the runtime as the shell has, so that only the way to the transaction differs.
  const bare = await startServerProcess(['--max-semi-space-size=4', '--heap-growing-percent=20', join(import.meta.dirname, 'bareBooking.ts'), copiedDatabase, place.code], runtimeMemory);
  try {
    const side = (server: Server) => ({
      server, jobFrom: (first: number, seconds: number) => ({ connections: 16, seconds, send: { kind: 'book' as const, path: `/api/v1/${place.slug}/bookings`, slots: [...slots], first, run: String(process.pid) } }),
    });
    const result = await compare(side(shell), side(bare), 6);
    return [
      { name: 'Booking over HTTP / the same behind bare node:http', value: result.ratio, unit: '×', target: { atLeast: 0.75 }, detail: detailOf(result) },
      ...(result.cpuRatio === undefined ? [] : [{ name: 'Booking, the same by processor time of the server', value: result.cpuRatio, unit: '×' }]),
    ];
  } finally {
    await bare.stop();
  }
}

/** A folder with one built page of about 15 KB, made longer from the privacy page, and its compressed forms. */
async function makePage(within: string): Promise<string> {
  const folder = mkdtempSync(join(within, 'page-'));
  const html = readFileSync(join(root, 'dist', 'client', 'privacy', 'index.html'), 'utf8');
  const [head = '', tail = ''] = html.split('</main>');
  let filling = '';
  for (let number = 1; Buffer.byteLength(head + filling + tail) < 15_000; number += 1) filling += `<p id="line-${number}">第${number}段：示例文字，编号${(number * 7919) % 10_007}。</p>\n`;
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page', 'index.html'), `${head}${filling}</main>${tail}`);
  cpSync(join(root, 'dist', 'client', '_astro'), join(folder, '_astro'), { recursive: true });
  await finishBuild(folder);
  return folder;
}

/** A static page through the shell against the same bytes from memory behind bare node:http. */
export async function compareStatic(within: string): Promise<readonly Figure[]> {
  const folder = await makePage(within);
  const size = statSync(join(folder, 'page', 'index.html')).size;
  const compressed = statSync(join(folder, 'page', 'index.html.br')).size;
  const script = join(import.meta.dirname, 'staticServer.ts');
  const shell = await startServerProcess([script, 'shell', folder]);
  const bare = await startServerProcess([script, 'bare', folder]);
  try {
    const side = (server: Server) => ({ server, jobFrom: (first: number, seconds: number) => ({ connections: 32, seconds, send: { kind: 'get' as const, paths: ['/page/'], first } }) });
    const result = await compare(side(shell), side(bare), 6);
    const name = `Static page, ${size} bytes (${compressed} brotli), shell / bare node:http from memory`;
    // Where the load generator is the limit, requests a second look alike; the processor time of the server does not.
    const strict = result.cpuRatio === undefined ? result.ratio : Math.min(result.ratio, result.cpuRatio);
    return [
      { name, value: strict, unit: '×', target: { atLeast: 0.7 }, detail: `the smaller of ${result.ratio.toFixed(2)} by requests a second and ${result.cpuRatio?.toFixed(2) ?? '?'} by processor time; ${detailOf(result)}` },
    ];
  } finally {
    await shell.stop();
    await bare.stop();
  }
}

