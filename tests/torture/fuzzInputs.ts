// Requests that nobody should send, made by a seed from the routes and from what each role reaches.
import type { Form, Reach } from '#tests/torture/crawl.ts';
import { bad, escaped, formBody, jsonBody, multipartBody, pick, spoil, type Body, type Chance } from '#tests/torture/fuzzBodies.ts';
import { percentGarbage, strangeNames } from '#tests/torture/naughty.ts';
import type { ApiRoute, PageRoute, Schema } from '#tests/torture/routes.ts';
import { requestBytes } from '#tests/torture/wireRequest.ts';

/** What requests are made from. */
export type Ground = { readonly origin: string; readonly cookie: string; readonly reach: Reach; readonly schemas: Readonly<Record<string, Schema>>; /** Ids that stand for something. */ readonly ids: readonly string[] };
/** One request: what it is called, its bytes, and whether its end is broken off. */
export type Input = { readonly what: string; readonly bytes: Buffer; readonly hangUp?: number; /** Whether it was spoilt so that a server may close without a word. */ readonly wordless?: boolean };
type Headers = readonly (readonly [string, string])[];

const inAddress = (text: string): string => escaped(text).slice(0, 9_000);
const garbled = (chance: Chance): string => (chance() < 0.25 ? pick(chance, percentGarbage, '%') : inAddress(bad(chance)));

/** A query: names the page knows and names it does not, values of all sorts, doubles, brackets, bytes that are no text. */
function queryOf(chance: Chance, names: readonly string[]): string {
  const pairs = Array.from({ length: 1 + Math.floor(chance() * 4) }, () => `${chance() < 0.75 ? inAddress(pick(chance, names, 'q')) + (chance() < 0.1 ? '[]' : '') : inAddress(pick(chance, strangeNames, 'x'))}=${garbled(chance)}`);
  return `?${pairs.join(pick(chance, ['&', '&', '&', '&&', ';'], '&'))}`;
}

/** An address of a route: its parameters real ones, or wrong ones, mostly one of them. */
function addressOf(chance: Chance, route: PageRoute, { reach, ids }: Ground): string {
  const real = reach.addresses.filter((path) => route.pattern.test(path.replace(/\?.*/, '')));
  if (real.length > 0 && chance() < 0.6) return pick(chance, real, '/');
  const filled = route.route.replace(/\[(?:\.\.\.)?([^\]]+)\]/g, (_, name: string) => (chance() < 0.35 ? garbled(chance) : name === 'jurisdiction' ? 'hebei' : pick(chance, ids, 'x')));
  return /\.[a-z]+$/.test(filled) || filled === '/' ? filled : `${filled}/`;
}

const lines: readonly string[] = ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'HEAD', 'PROPFIND', 'get', 'GÉT', 'M-SEARCH'];
const junkHeaders = (chance: Chance): Headers => {
  const value = bad(chance).replace(/[\r\n]/g, ' ').slice(0, 6_000);
  return pick<Headers>(chance, [
    [['Cookie', value]], [['Cookie', `mode=${value}; __Host-sid=${value}; __Host-receipt=${value}`]], [['Cookie', '='.repeat(500)], ['Cookie', 'a'.repeat(3_000)]], [['If-None-Match', value]], [['If-Modified-Since', value]], [['Range', `bytes=${value}`]], [['Range', 'bytes=9-1,-,0-,-5']],
    [['Accept-Encoding', value]], [['Accept-Encoding', 'br;q=9, gzip;q=-1, *;q=0, identity;q=0']], [['Accept', value]], [['Accept-Language', value]], [['X-Forwarded-For', value]], [['X-Forwarded-For', '1.1.1.1, '.repeat(200)]], [['User-Agent', value]], [['Referer', value]], [['X-Request-Id', value]],
    [['Idempotency-Key', value]], [['Authorization', value]], [['Upgrade', 'h2c'], ['HTTP2-Settings', 'x']], [['Expect', value]], [['Expect', '100-continue']], [['TE', 'trailers, deflate;q=x']], [['X', 'y'.repeat(20_000)]], Array.from({ length: 150 }, (_, at): readonly [string, string] => [`X-${at}`, value.slice(0, 40)]),
    [['Bad Name', 'x']], [['X\u0000Y', 'z']], [[':path', '/']], [['Transfer-Encoding', 'chunked, identity']], [['Content-Length', '-1']], [['Content-Length', '9'.repeat(30)]], [['Content-Length', '1'], ['Content-Length', '2']], [['Host', 'other.test']], [['Sec-Fetch-Site', 'cross-site']], [['Origin', 'null']],
  ], []);
};

const standard = ({ origin, cookie }: Ground): Headers => [['Host', new URL(origin).host], ['Connection', 'close'], ...(cookie === '' ? [] : [['Cookie', cookie] as const])];
const withBody = (ground: Ground, path: string, { type, bytes }: Body, more: Headers = []): Buffer =>
  requestBytes(`POST ${path} HTTP/1.1`, [...standard(ground), ['Origin', ground.origin], ['Sec-Fetch-Site', 'same-origin'], ...(type === undefined ? [] : [['Content-Type', type] as const]), ['Content-Length', String(bytes.length)], ...more], bytes);
const asGet = (ground: Ground, path: string, more: Headers = []): Buffer => requestBytes(`GET ${path} HTTP/1.1`, [...standard(ground), ...more]);

const otherTypes: readonly (string | undefined)[] = [undefined, '', 'text/plain', 'application/json', 'application/xml', 'application/x-www-form-urlencoded; charset=utf-16', 'application/x-www-form-urlencoded;;;', 'multipart/form-data', '*/*', '\u00ff', 'application/octet-stream', 'x'.repeat(3_000)];

/** A form of the page sent wrongly; a page without one is sent fields that others have. */
function posted(chance: Chance, ground: Ground, path: string, form: Form | undefined): Input {
  const fields = spoil(chance, form?.fields ?? [['act', 'save'], ['version', '1'], ['step', 'confirm'], ['slotId', pick(chance, ground.ids, 'x')], ['text', '']]);
  const to = form?.path ?? path;
  const kind = chance();
  if (form ? kind < (form.files.length > 0 ? 0.2 : 0.65) : kind < 0.5) return { what: `form ${to}`, bytes: withBody(ground, to, formBody(fields)) };
  if (kind < 0.85) return { what: `multipart ${to}`, bytes: withBody(ground, to, multipartBody(chance, fields, form?.files ?? [])) };
  if (kind < 0.93) return { what: `content type ${to}`, bytes: withBody(ground, to, { ...formBody(fields), type: pick(chance, otherTypes, undefined) }) };
  const whole = withBody(ground, to, formBody(fields));
  return { what: `broken off ${to}`, bytes: whole.subarray(0, whole.length - 1 - Math.floor(chance() * 20)), hangUp: 30, wordless: true };
}

/** A request of one page. */
export function pageInput(chance: Chance, ground: Ground, route: PageRoute): Input {
  const path = addressOf(chance, route, ground);
  const bare = path.replace(/\?.*/, '');
  const forms = ground.reach.forms.filter(({ route: to }) => to === route.route);
  const asked = forms.filter(({ method }) => method === 'GET').flatMap(({ fields }) => fields.map(([name]) => name));
  const kind = chance();
  if (kind < 0.08) return { what: `headers ${path}`, bytes: asGet(ground, path, junkHeaders(chance)), wordless: true };
  if (kind < 0.12) return { what: `method ${path}`, bytes: requestBytes(`${pick(chance, lines, 'PUT')} ${path} HTTP/1.1`, standard(ground)), wordless: true };
  if (route.prerendered || kind < 0.45) return { what: `query ${path}`, bytes: asGet(ground, chance() < 0.1 ? path : bare + queryOf(chance, [...asked, 'page', 'id', 'to', 'q', 'months', 'from', 'kind', 'act'])) };
  return posted(chance, ground, path, pick<Form | undefined>(chance, forms.filter(({ method }) => method === 'POST'), undefined));
}

/** A request of the JSON interface. */
export function apiInput(chance: Chance, ground: Ground, route: ApiRoute): Input {
  const path = route.path.replace(/\{([^}]+)\}/g, (_, name: string) => (chance() < 0.2 ? garbled(chance) : /place|jurisdiction/.test(name) ? 'hebei' : pick(chance, ground.ids, 'x')));
  const kind = chance();
  if (kind < 0.08) return { what: `headers ${path}`, bytes: asGet(ground, path, junkHeaders(chance)), wordless: true };
  if (route.method === 'GET' || kind < 0.15) return { what: `query ${path}`, bytes: asGet(ground, path + (chance() < 0.1 ? '' : queryOf(chance, [...route.query, 'q']))) };
  const key: Headers = kind < 0.9 ? [['Idempotency-Key', `fuzz-${Math.floor(chance() * 1e12)}`]] : [['Idempotency-Key', bad(chance).replace(/[\r\n\0]/g, '').slice(0, 300)]];
  const body = jsonBody(chance, route.body, ground.schemas);
  return { what: `json ${path}`, bytes: withBody(ground, path, kind > 0.95 ? { ...body, type: pick(chance, otherTypes, undefined) } : body, key), wordless: kind >= 0.9 };
}
