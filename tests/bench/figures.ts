import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '#tests/bench/servers.ts';

/** One figure; without a target it is only told. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly target?: { readonly atLeast: number } | { readonly below: number }; readonly detail?: string };

const isMet = ({ value, target }: Figure): boolean | undefined =>
  target === undefined ? undefined : 'atLeast' in target ? value >= target.atLeast : value < target.below;

const rounded = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

const lineOf = (figure: Figure): string => {
  const { name, value, unit, target, detail } = figure;
  const wanted = target === undefined ? 'no target' : 'atLeast' in target ? `target ≥ ${target.atLeast}` : `target < ${target.below}`;
  const met = isMet(figure);
  return `${met === undefined ? '—     ' : met ? 'ok    ' : 'MISSED'} ${name}: ${rounded(value)} ${unit} (${wanted})${detail === undefined ? '' : ` · ${detail}`}`;
};

/** Prints each figure as it comes and keeps all for `.local/bench.json`. */
export function collectFigures(say: (line: string) => void): { readonly add: (figure: Figure) => void; readonly write: () => boolean } {
  const figures: Figure[] = [];
  const began = new Date().toISOString();
  return {
    add: (figure) => {
      figures.push(figure);
      say(lineOf(figure));
    },
    write: () => {
      const folder = join(root, '.local');
      mkdirSync(folder, { recursive: true });
      const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, loadAverage: loadavg(), node: process.version };
      writeFileSync(join(folder, 'bench.json'), `${JSON.stringify({ began, ended: new Date().toISOString(), machine, figures: figures.map((figure) => ({ ...figure, ok: isMet(figure) ?? null })) }, null, 2)}\n`);
      return figures.every((figure) => isMet(figure) !== false);
    },
  };
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
