import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licencesOf, sbomOf } from '#cli/sbom.ts';

const root = join(import.meta.dirname, '..', '..');

/** Licences that were looked at: all let the site be run and handed on. LGPL (libvips, loaded as a library) and MPL (lightningcss, a tool of the build) ask that changes to them be published; they are used unchanged. */
export const acceptedLicences: ReadonlySet<string> = new Set(['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'MPL-2.0', 'LGPL-3.0-or-later']);

/** Licences nobody has looked at, with their packages. */
export const licenceFaults = (licences: ReturnType<typeof licencesOf>): readonly string[] =>
  licences.filter(([licence]) => !acceptedLicences.has(licence)).map(([licence, of]) => `${licence}: ${of.join(', ')}`);

/** Writes the list and its licences into .local, says how many there are, and answers what is to be looked at. */
export function judgeSbom(say: (line: string) => void): readonly string[] {
  const list = sbomOf(root);
  const licences = licencesOf(list);
  const folder = join(root, '.local');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sbom.json'), `${JSON.stringify(list, null, 1)}\n`);
  writeFileSync(join(folder, 'licences.csv'), `licence,packages\n${licences.map(([licence, of]) => `${licence},${of.join(' ')}`).join('\n')}\n`);
  say(`${String(list.components.length)} packages in .local/sbom.json, ${String(licences.reduce((sum, [, of]) => sum + of.length, 0))} of them installed here; licences in .local/licences.csv: ${licences.map(([licence, of]) => `${licence} ${String(of.length)}`).join(', ')}.`);
  return licenceFaults(licences);
}
