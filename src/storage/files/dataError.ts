/** Data under `data/` that cannot be used; one sentence per fault, each naming file, line or key, and column. */
export class DataError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'DataError';
    this.problems = problems;
  }
}

/** Throws one DataError with every sentence collected, or does nothing when there is none. */
export const stopOn = (problems: readonly string[]): void => {
  if (problems.length > 0) throw new DataError(problems);
};
