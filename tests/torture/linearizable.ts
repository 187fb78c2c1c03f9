/** What the program answered, as far as the model speaks of it. */
export type Given = { readonly ok: true; readonly state: string; readonly slot: number } | { readonly ok: false; readonly reason: string };
/** A step with its answer and the moments between which it must have happened. */
export type Event<Step> = { readonly step: Step; readonly given: Given; readonly from: number; readonly until: number };
/** What a model says may be answered. */
export type Expected = { readonly ok: true; readonly state: string; readonly slot: number } | { readonly ok: false; readonly reasons: readonly string[] };

/** Whether an answer is one the model allows. */
export const agrees = (expected: Expected, given: Given): boolean =>
  expected.ok ? given.ok && given.state === expected.state && given.slot === expected.slot : !given.ok && expected.reasons.includes(given.reason);

/**
 * Whether some order of the steps, none before one that had ended when it began, explains every answer and ends in a
 * state of the model that `isEnd` accepts (Wing and Gong's search, remembering what was tried). At most 20 events.
 */
export function isLinearizable<Model, Step>(take: (model: Model, step: Step) => readonly [Model, Expected], start: Model, events: readonly Event<Step>[], isEnd: (model: Model) => boolean): boolean {
  const tried = new Set<string>();
  const search = (model: Model, left: readonly Event<Step>[]): boolean => {
    if (left.length === 0) return isEnd(model);
    const mark = JSON.stringify([model, left.map(({ from }) => from)]);
    if (tried.has(mark)) return false;
    tried.add(mark);
    const firstEnd = Math.min(...left.map(({ until }) => until));
    return left.filter(({ from }) => from <= firstEnd).some((event) => {
      const [next, expected] = take(model, event.step);
      return agrees(expected, event.given) && search(next, left.filter((other) => other !== event));
    });
  };
  return search(start, events);
}
