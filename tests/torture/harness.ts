/** How a torture ended: held, broken, or not run here and why. */
export type Verdict = { readonly what: string; readonly result: 'held' | 'BROKEN' | 'SKIPPED'; readonly detail: string };

/** What a torture is given: whether to be brief, and where to say how far it has come. */
export type Bench = { readonly quick: boolean; readonly say: (line: string) => void };

/** One torture: named, bounded in count and time, loopback only. */
export type Torture = { readonly name: string; readonly about: string; readonly run: (bench: Bench) => Promise<readonly Verdict[]> };

/** A verdict from a list of complaints: none means that the promise held. */
export const verdictOf = (what: string, complaints: readonly string[], detail: string): Verdict =>
  complaints.length === 0 ? { what, result: 'held', detail } : { what, result: 'BROKEN', detail: `${complaints.length} complaints, the first: ${complaints.slice(0, 3).join(' | ')} (${detail})` };

/** A verdict on a planted fault: the torture must have complained, or it proves nothing. */
export const conviction = (plant: string, complaints: readonly string[]): Verdict =>
  complaints.length > 0
    ? { what: `planted fault "${plant}" is convicted`, result: 'held', detail: `${complaints.length} complaints, the first: ${complaints[0] ?? ''}` }
    : { what: `planted fault "${plant}" is convicted`, result: 'BROKEN', detail: 'the torture saw nothing wrong, so it proves nothing' };

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
