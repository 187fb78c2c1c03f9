// Bodies that nobody should send: forms, files and JSON with something wrong in them.
import { naughty, rareCharacters, strangeNames, strangeValues } from '#tests/torture/naughty.ts';
import type { Schema } from '#tests/torture/routes.ts';

/** Numbers in [0, 1). */
export type Chance = () => number;
/** One of a list, whose last stands in for an empty one. */
export const pick = <T>(chance: Chance, list: readonly T[], otherwise: T): T => list[Math.floor(chance() * list.length)] ?? otherwise;
/** One of our texts. */
export const bad = (chance: Chance): string => pick(chance, naughty, '');

/** A body and what it says it is. */
export type Body = { readonly type: string | undefined; readonly bytes: Buffer };
type Fields = readonly (readonly [name: string, value: string])[];

// A lone half of a character cannot be written in UTF-8: its three bytes are sent all the same, as a broken program would.
const bytesOf = (text: string): Buffer => Buffer.concat(text.split(/(?<![\ud800-\udbff])([\udc00-\udfff])|([\ud800-\udbff])(?![\udc00-\udfff])/).map((piece = '') =>
  /^[\ud800-\udfff]$/.test(piece) ? Buffer.from([0xed, 0x80 | ((piece.charCodeAt(0) >> 6) & 0x3f), 0x80 | (piece.charCodeAt(0) & 0x3f)]) : Buffer.from(piece)));
/** A text as it stands in a form or an address. */
export const escaped = (text: string): string => [...bytesOf(text)].map((byte) => (/[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`)).join('');
const written = (fields: Fields): string => fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');

/** What people might type into a field of that name, so that the fault is the only one and deeper rules are met. */
export function typed(chance: Chance, name: string, value: string): string {
  if (value !== '') return value;
  if (/phone|tel|mobile/i.test(name)) return '13900001234';
  if (/month/i.test(name)) return String(1 + Math.floor(chance() * 12));
  if (/year/i.test(name)) return '2025';
  if (/date|day|from|until|since|on$/i.test(name)) return '2026-11-25';
  if (/time|opens|closes|start|end/i.test(name)) return '09:30';
  if (/count|places|fee|number|capacity|amount|days|version/i.test(name)) return '3';
  if (/name|title/i.test(name)) return `示例${pick(chance, rareCharacters, '')}`;
  return '示例文字，共十二个字左右。';
}

/** A form with one to three fields gone wrong: a bad value, a second and third one, none, a strange name, brackets. */
export function spoil(chance: Chance, fields: Fields): Fields {
  const filled: (readonly [string, string])[] = fields.map(([name, value]) => [name, typed(chance, name, value)]);
  for (let faults = 1 + Math.floor(chance() * 3); faults > 0; faults -= 1) {
    const at = Math.floor(chance() * filled.length);
    const [name, value] = filled[at] ?? ['q', ''];
    const kind = chance();
    if (kind < 0.6) filled[at] = [name, bad(chance)];
    else if (kind < 0.72) filled.push([name, bad(chance)], [name, value]);
    else if (kind < 0.8) filled.splice(at, 1);
    else if (kind < 0.9) filled.push([pick(chance, strangeNames, 'x'), bad(chance)]);
    else filled[at] = [`${name}[]`, value];
  }
  return filled;
}

/** A form as browsers write it. */
export const formBody = (fields: Fields): Body => ({ type: 'application/x-www-form-urlencoded', bytes: Buffer.from(written(fields)) });

const pictures: readonly Buffer[] = [Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), Buffer.from('%PDF-1.7\n'), Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), Buffer.from('名称,地址\n"未闭合'), Buffer.alloc(70_000, 0x61), Buffer.from([0xff, 0xfe, 0x00, 0xd8])];
const partOf = (head: string, content: Buffer): Buffer => Buffer.concat([Buffer.from(`${head}\r\n\r\n`), content, Buffer.from('\r\n')]);

/** A form with files, and every second time something wrong with how it is put together. */
export function multipartBody(chance: Chance, fields: Fields, files: readonly string[]): Body {
  const boundary = pick(chance, ['----fuzz', 'x', `b${'o'.repeat(60)}`, "'()+_,-./:=?"], 'x');
  const line = Buffer.from(`--${boundary}\r\n`);
  const parts = fields.flatMap(([name, value]) => [line, partOf(`Content-Disposition: form-data; name="${name.replace(/["\r\n]/g, '')}"`, bytesOf(value))]);
  for (const name of files.length > 0 ? files : ['file']) {
    const called = pick(chance, [...rareCharacters.map((one) => `${one}.jpg`), 'a.jpg', '../../x.png', 'x'.repeat(4_000), '', 'nul\u0000.pdf', 'a"b.csv', '名单.xlsx'], 'a');
    parts.push(line, partOf(`Content-Disposition: form-data; name="${name}"; filename="${called}"\r\nContent-Type: ${pick(chance, ['image/jpeg', 'image/png', 'text/csv', 'x', '', 'application/octet-stream', 'text/html'], '')}`, pick(chance, pictures, Buffer.alloc(0))));
  }
  const [type, end] = [`multipart/form-data; boundary=${boundary.includes('(') ? `"${boundary}"` : boundary}`, Buffer.from(`--${boundary}--\r\n`)];
  const whole = Buffer.concat([...parts, end]);
  const broken: readonly (() => Body)[] = [
    () => ({ type, bytes: Buffer.concat(parts) }), () => ({ type: 'multipart/form-data', bytes: whole }), () => ({ type: 'multipart/form-data; boundary=other', bytes: whole }), () => ({ type: `multipart/form-data; boundary=${'b'.repeat(300)}`, bytes: whole }),
    () => ({ type, bytes: whole.subarray(0, Math.floor(chance() * whole.length)) }), () => ({ type, bytes: Buffer.from(whole.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') }), () => ({ type, bytes: Buffer.concat([line, Buffer.from('\r\n\r\n'), end]) }),
    () => ({ type, bytes: Buffer.concat([line, partOf(`Content-Disposition: form-data; name*=UTF-8''%ff; x=${'y'.repeat(9_000)}`, Buffer.from('x')), end]) }), () => ({ type, bytes: Buffer.concat([Buffer.concat(Array.from({ length: 1_500 }, () => partOf(`--${boundary}\r\nContent-Disposition: form-data; name="a"`, Buffer.from('1')))), end]) }),
    () => ({ type: 'multipart/mixed; boundary=x', bytes: whole }), () => ({ type, bytes: Buffer.alloc(0) }), () => ({ type, bytes: Buffer.concat([line, line, line, end, end]) }),
  ];
  return chance() < 0.5 ? { type, bytes: whole } : pick(chance, broken, () => ({ type, bytes: whole }))();
}

/** An invented value that a schema might take. */
function sampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, chance: Chance, name = '', depth = 0): unknown {
  const named = schema.$ref === undefined ? undefined : schemas[schema.$ref.replace(/^.*\//, '')];
  const choices = schema.anyOf ?? schema.oneOf;
  if (depth > 6) return null;
  if (named) return sampleOf(named, schemas, chance, name, depth + 1);
  if (choices) return sampleOf(pick(chance, choices, {}), schemas, chance, name, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(chance, schema.enum, null);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, sampleOf(one, schemas, chance, key, depth + 1)]));
  if (type === 'array') return [sampleOf(schema.items ?? {}, schemas, chance, name, depth + 1)];
  if (type === 'integer' || type === 'number') return 1 + Math.floor(chance() * 3);
  if (type === 'boolean') return chance() < 0.5;
  if (schema.format === 'uuid') return '01a206a0-974b-7542-b7a7-e8f50dff47e6';
  return name === 'birthMonth' ? '2025-03' : typed(chance, name, '');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts something wrong into one place of a value, however deep. */
function spoilValue(chance: Chance, value: unknown): unknown {
  const wrong = (): unknown => (chance() < 0.5 ? bad(chance) : pick(chance, strangeValues, null));
  if (Array.isArray(value) && value.length > 0 && chance() < 0.7) return [spoilValue(chance, value[0])];
  const names = isRecord(value) ? Object.keys(value) : [];
  if (!isRecord(value) || names.length === 0 || chance() < 0.08) return wrong();
  const name = pick(chance, names, '');
  if (chance() < 0.12) return { ...value, [pick(chance, strangeNames, 'x')]: wrong() };
  return { ...value, [name]: spoilValue(chance, value[name]) };
}

const textsOfJson: readonly string[] = [
  '', ' ', '{', '[', '"', 'null', 'true', '0', '[]', '{}', '"x"', '{"a":}', "{'a':1}", '{"a":1,}', '\ufeff{}', 'NaN', '{"a":1}{"a":2}', '{"a":"\\ud800"}', '{"__proto__":{"x":1}}', '{"a":1,"a":2}', '"\\u0000"', `"${'x'.repeat(60_000)}"`, `${'['.repeat(20_000)}`, `${'['.repeat(5_000)}${']'.repeat(5_000)}`, `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, '1e999', `{"a":${'9'.repeat(5_000)}}`, '/* x */ {}', '<xml/>', 'a=1&b=2', '{"phone":["13900001234"]}',
];

/** A body of JSON: mostly one like those that are taken with one thing wrong in it, now and then no JSON at all. */
export function jsonBody(chance: Chance, schema: Schema | undefined, schemas: Readonly<Record<string, Schema>>): Body {
  const type = 'application/json';
  const kind = chance();
  if (schema === undefined || kind < 0.25) return { type, bytes: Buffer.from(pick(chance, textsOfJson, '')) };
  const text = JSON.stringify(kind < 0.35 ? sampleOf(schema, schemas, chance) : spoilValue(chance, sampleOf(schema, schemas, chance)));
  return { type, bytes: kind > 0.95 ? Buffer.from(text, 'utf16le') : kind > 0.92 ? bytesOf(text.replace(/示例/, '\ud83d')) : Buffer.from(text) };
}
