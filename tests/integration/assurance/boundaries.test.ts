// Where one request ends and the next begins: whoever says it twice, or two ways, is refused, and nothing behind it is answered.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startShell, type RunningShell } from '#tests/integration/shellServer.ts';

let site: RunningShell;
let reached: string[] = [];
beforeAll(async () => { site = await startShell({ page: (request, response) => { reached.push(request.url ?? ''); response.end('a page'); } }); });
afterAll(async () => { await site.close(); });

const hidden = 'GET /xiacheng/hidden/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n';
const post = (lines: readonly string[], body: string): string => `POST /xiacheng/x/ HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\n${lines.join('\r\n')}\r\n\r\n${body}${hidden}`;

test('a whole request and the next behind it are both answered', async () => {
  const answer = await site.raw(`GET /xiacheng/x/ HTTP/1.1\r\nHost: HOST\r\n\r\n${hidden}`.replaceAll('HOST', `127.0.0.1:${String(site.port)}`));
  expect(answer.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  expect(reached).toContain('/xiacheng/hidden/');
});

test.each([
  ['a length and chunks', post(['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
  ['two lengths', post(['Content-Length: 3', 'Content-Length: 4'], 'a=1')],
  ['a length that is none', post(['Content-Length: +3'], 'a=1')],
  ['chunks that are not last', post(['Transfer-Encoding: chunked, identity'], '0\r\n\r\n')],
  ['a coding nobody knows', post(['Transfer-Encoding: xchunked'], '0\r\n\r\n')],
  ['a blank before the colon', post(['Transfer-Encoding : chunked'], '0\r\n\r\n')],
  ['a line that is folded', post(['Transfer-Encoding:', ' chunked', 'Content-Length: 3'], '0\r\n\r\n')],
  ['a size of a chunk that is none', post(['Transfer-Encoding: chunked'], '0x3\r\na=1\r\n0\r\n\r\n')],
] as const)('a request with %s is refused, and what hides behind it is not answered', async (_what, text) => {
  reached = [];
  const answer = await site.raw(text.replaceAll('HOST', `127.0.0.1:${String(site.port)}`));
  // Refused in words, or hung up on.
  expect(answer).toMatch(/^(?:HTTP\/1\.1 400 |$)/);
  expect(answer.match(/HTTP\/1\.1 /g) ?? []).toHaveLength(answer === '' ? 0 : 1);
  expect(reached).not.toContain('/xiacheng/hidden/');
});
