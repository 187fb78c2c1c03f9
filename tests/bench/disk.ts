import { open } from 'node:fs/promises';

/** Writes 4 KB and forces them onto the disk every 20 ms until told to stop; answers the wait in milliseconds. What a booking waits for the disk shows beside it. */
export async function watchDisk(file: string): Promise<{ readonly stop: () => Promise<{ readonly p50: number; readonly p99: number }> }> {
  const handle = await open(file, 'w');
  const page = Buffer.alloc(4096);
  const waits: number[] = [];
  let goesOn = true;
  const writing = (async () => {
    while (goesOn) {
      const began = performance.now();
      await handle.write(page, 0, page.length, 0);
      await handle.sync();
      waits.push(performance.now() - began);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  })();
  return {
    stop: async () => {
      goesOn = false;
      await writing;
      await handle.close();
      const sorted = waits.toSorted((one, other) => one - other);
      return { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
    },
  };
}
