/** Work that wants much memory, so many at a time; who would wait too long is told at once. */
export type UploadQueue = {
  /** Runs the work when its turn has come; 'busy' when too many wait already. */
  readonly run: <Value>(work: () => Promise<Value>) => Promise<Value | 'busy'>;
  readonly waiting: () => number;
};

/** A queue of bounded length; turns are given in the order of asking. */
export function uploadQueue(together: number, mostWaiting: number): UploadQueue {
  const waiters: (() => void)[] = [];
  let running = 0;
  const turn = (): Promise<void> | undefined => {
    if (running < together) {
      running += 1;
      return undefined;
    }
    return new Promise((resolve) => waiters.push(resolve));
  };
  const next = (): void => {
    const waiter = waiters.shift();
    if (waiter) waiter();
    else running -= 1;
  };
  return {
    waiting: () => waiters.length,
    run: async (work) => {
      if (running >= together && waiters.length >= mostWaiting) return 'busy';
      await turn();
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
