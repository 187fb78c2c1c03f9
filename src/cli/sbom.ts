import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const entry = z.object({
  version: z.string().optional(), license: z.string().optional(), integrity: z.string().optional(), dev: z.boolean().optional(), optional: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(), optionalDependencies: z.record(z.string(), z.string()).optional(), peerDependencies: z.record(z.string(), z.string()).optional(),
});
const lockfile = z.object({ name: z.string(), version: z.string(), packages: z.record(z.string(), entry) });
type Entry = z.infer<typeof entry>;
type Lock = z.infer<typeof lockfile>;

/** One package of the list, as CycloneDX 1.6 writes it. */
export type Component = {
  readonly 'bom-ref': string; readonly type: 'library'; readonly name: string; readonly version: string; readonly scope: 'required' | 'optional'; readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly ({ readonly license: { readonly id: string } } | { readonly expression: string })[];
  readonly properties: readonly { readonly name: string; readonly value: string }[];
};
/** 物料清单: what runs on the server beside our own files, with what needs what. */
export type Sbom = {
  readonly $schema: string; readonly bomFormat: 'CycloneDX'; readonly specVersion: '1.6'; readonly serialNumber: string; readonly version: 1;
  readonly metadata: { readonly lifecycles: readonly [{ readonly phase: 'build' }]; readonly component: { readonly 'bom-ref': string; readonly type: 'application'; readonly name: string; readonly version: string; readonly purl: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const purlOf = (name: string, version: string): string => `pkg:npm/${name.startsWith('@') ? `%40${name.slice(1)}` : name}@${version}`;
/** The path tells two copies of one version apart. */
const refOf = (path: string, { version = '' }: Entry): string => `${nameOf(path)}@${version}${path.indexOf('node_modules/', 1) > 0 ? `|${path}` : ''}`;

const digests: Readonly<Record<string, string>> = { sha512: 'SHA-512', sha384: 'SHA-384', sha256: 'SHA-256', sha1: 'SHA-1' };
const hashesOf = (integrity: string) => integrity.split(' ').flatMap((one) => {
  const [kind = '', value = ''] = one.split('-', 2);
  const alg = digests[kind];
  return alg === undefined ? [] : [{ alg, content: Buffer.from(value, 'base64').toString('hex') }];
});
const licenceOf = (said: string) => (/[ ()]/.test(said) ? { expression: said } : { license: { id: said } });

function componentOf(path: string, given: Entry, isHere: boolean): Component {
  const { version = '', license, integrity, optional } = given;
  return {
    'bom-ref': refOf(path, given), type: 'library', name: nameOf(path), version, scope: optional === true ? 'optional' : 'required', purl: purlOf(nameOf(path), version),
    ...(integrity === undefined ? {} : { hashes: hashesOf(integrity) }), ...(license === undefined ? {} : { licenses: [licenceOf(license)] }),
    properties: [{ name: 'cdx:npm:package:path', value: path }, { name: 'tuoyu:installed', value: String(isHere) }],
  };
}

/** Folders in which a package looks for others, its own first, the root's last. */
const lookedIn = (path: string): readonly string[] => (path === '' ? [''] : [path, ...lookedIn(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)))]);

/** The path of the package that another finds under a name; undefined when it is not there, as an optional peer may be. */
const found = (lock: Lock, from: string, name: string): string | undefined =>
  lookedIn(from).map((folder) => (folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`)).find((path) => lock.packages[path] !== undefined);

/** The runtime packages of the lockfile by path, those of other platforms among them. */
function runtimeEntries(text: string): readonly (readonly [string, Entry])[] {
  return Object.entries(lockfile.parse(JSON.parse(text)).packages).filter(([path, { dev }]) => path !== '' && dev !== true);
}

/** The list of a folder that holds package-lock.json, the same for the same lockfile and packages: no clock, no chance, no address. */
export function sbomOf(root: string): Sbom {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const lock = lockfile.parse(JSON.parse(text));
  const entries = runtimeEntries(text);
  const runs = new Set(entries.map(([path]) => path));
  const needs = (path: string, { dependencies, optionalDependencies, peerDependencies }: Entry): readonly string[] => [...new Set(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).flatMap((name) => {
    const at = found(lock, path, name);
    const there = at === undefined ? undefined : lock.packages[at];
    return at === undefined || there === undefined || !runs.has(at) ? [] : [refOf(at, there)];
  }))].sort();
  const self = `${lock.name}@${lock.version}`;
  const digest = createHash('sha256').update(text).digest('hex');
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', version: 1,
    serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
    metadata: { lifecycles: [{ phase: 'build' }], component: { 'bom-ref': self, type: 'application', name: lock.name, version: lock.version, purl: purlOf(lock.name, lock.version) } },
    components: entries.map(([path, given]) => componentOf(path, given, existsSync(join(root, path, 'package.json')))),
    dependencies: [{ ref: self, dependsOn: needs('', lock.packages[''] ?? {}) }, ...entries.map(([path, given]) => ({ ref: refOf(path, given), dependsOn: needs(path, given) }))],
  };
}

/** Licences of what is installed, each with its packages: most frequent first. */
export function licencesOf({ components }: Pick<Sbom, 'components'>): readonly (readonly [string, readonly string[]])[] {
  const here = components.filter(({ properties }) => properties.some(({ name, value }) => name === 'tuoyu:installed' && value === 'true'));
  const said = ({ licenses = [] }: Component): string => licenses.map((one) => ('expression' in one ? one.expression : one.license.id)).join(' AND ') || 'none stated';
  return [...Map.groupBy(here, said)].map(([licence, of]) => [licence, of.map(({ name, version }) => `${name}@${version}`)] as const).sort((a, b) => b[1].length - a[1].length);
}
