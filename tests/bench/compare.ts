import { median } from '#tests/bench/figures.ts';
import { load, type Measured, type Server } from '#tests/bench/servers.ts';
import type { LoadJob } from '#tests/bench/load.ts';

type Job = Omit<LoadJob, 'port'>;
type Side = { readonly server: Server; readonly jobFrom: (first: number, seconds: number) => Job };

/** Two servers under the same load. */
export type Comparison = { readonly ours: number; readonly bare: number; readonly ratio: number; readonly cpuRatio: number | undefined; readonly rounds: readonly string[] };

const warmUpSeconds = 7;
const sliceSeconds = 5;

const middleOf = (slices: readonly Measured[], figure: (slice: Measured) => number | undefined): number | undefined => {
  const values = slices.map(figure).filter((value) => value !== undefined);
  return values.length === slices.length ? median(values) : undefined;
};

/** Warms both up, then measures in turn, each first in half of the rounds; the ratio is of medians. */
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
  const [mineCpu, theirsCpu] = [middleOf(mine, ({ perCpuSecond }) => perCpuSecond), middleOf(theirs, ({ perCpuSecond }) => perCpuSecond)];
  return {
    ours: rate(mine), bare: rate(theirs), ratio: rate(mine) / rate(theirs), cpuRatio: mineCpu === undefined || theirsCpu === undefined ? undefined : mineCpu / theirsCpu,
    rounds: mine.map((slice, index) => `${tell(slice)} vs ${tell(theirs[index])}`),
  };
}

const tell = (slice: Measured | undefined): string =>
  slice === undefined ? '' : `${Math.round(slice.perSecond)}/s${slice.busy === undefined ? '' : ` at ${Math.round(slice.busy * 100)} % of a core`}`;
