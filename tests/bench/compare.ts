import { median } from '#tests/bench/figures.ts';
import { load, type Measured, type Server } from '#tests/bench/servers.ts';
import type { LoadJob } from '#tests/bench/load.ts';

type Job = Omit<LoadJob, 'port'>;
type Side = { readonly server: Server; readonly jobFrom: (first: number, seconds: number) => Job };

/** Two servers under the same load. */
export type Comparison = { readonly ours: number; readonly bare: number; readonly ratio: number; readonly cpuRatio: number | undefined; readonly rounds: readonly string[] };

const warmUpSeconds = 7;
const sliceSeconds = 4;

/** The middle of the rounds' own ratios: the two slices of a round are neighbours in time, whatever else the machine does. */
const middleRatio = (mine: readonly Measured[], theirs: readonly Measured[], figure: (slice: Measured) => number | undefined): number | undefined => {
  const ratios = mine.map((slice, index) => (figure(slice) ?? Number.NaN) / ((theirs[index] && figure(theirs[index])) ?? Number.NaN)).filter((ratio) => Number.isFinite(ratio));
  return ratios.length === mine.length ? median(ratios) : undefined;
};

/** Warms both up, then measures in turn, each first in half of the rounds. */
export async function compare(ours: Side, bare: Side, rounds: number): Promise<Comparison> {
  const next = new Map<Side, number>([[ours, 0], [bare, 0]]);
  const runOnce = async (side: Side, seconds: number): Promise<Measured> => {
    const measured = await load(side.server, side.jobFrom(next.get(side) ?? 0, seconds));
    next.set(side, measured.next);
    return measured;
  };
  for (const side of [ours, bare]) await runOnce(side, warmUpSeconds);
  const slices = new Map<Side, Measured[]>([[ours, []], [bare, []]]);
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? [bare, ours] : [ours, bare]) slices.get(side)?.push(await runOnce(side, sliceSeconds));
  }
  const [mine, theirs] = [slices.get(ours) ?? [], slices.get(bare) ?? []];
  const rate = (of: readonly Measured[]): number => median(of.map(({ perSecond }) => perSecond));
  return {
    ours: rate(mine), bare: rate(theirs), ratio: middleRatio(mine, theirs, ({ perSecond }) => perSecond) ?? Number.NaN, cpuRatio: middleRatio(mine, theirs, ({ perCpuSecond }) => perCpuSecond),
    rounds: mine.map((slice, index) => `${tell(slice)} vs ${tell(theirs[index])}`),
  };
}

const tell = (slice: Measured | undefined): string =>
  slice === undefined ? '' : `${Math.round(slice.perSecond)}/s${slice.busy === undefined ? '' : ` at ${Math.round(slice.busy * 100)} % of a core`}`;
