import type { Server } from 'node:http';
import type { Connections } from '#server/http/connections.ts';
import type { Log } from '#server/log.ts';

/**
 * Stops accepting, lets requests in flight finish, and cuts those off that take longer than `drainMs`. A connection that
 * waits for no answer is closed: kept ones become so after their last answer, slow senders may never ask anything.
 */
export async function drain(server: Server, connections: Connections, drainMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const sweep = setInterval(() => {
      for (const socket of connections.open) if (!connections.answering.has(socket)) socket.destroy();
    }, 100);
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}

/** Runs `stop` once when the machine or the operator asks to; asked again a second later, the process ends at once. */
export function onStopSignal(stop: () => Promise<void>): void {
  let askedAt: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // One request often arrives twice: from the process group and again from whoever started us.
      if (askedAt !== undefined && performance.now() - askedAt > 1000) process.exit(1);
      if (askedAt !== undefined) return;
      askedAt = performance.now();
      stop().then(() => process.exit(0), () => process.exit(1));
    });
  }
}

/**
 * The last resort: what nobody caught is written down like every fault, masked. A promise nobody waited for ends nothing; after an exception the process cannot be
 * trusted, so that it finishes what is in hand and ends with 1, and whoever runs it starts it again.
 */
export function lastResort(log: Pick<Log, 'fault' | 'flush'>): { readonly stopWith: (close: () => Promise<void>) => void } {
  let close: () => Promise<void> = async () => { log.flush(); };
  let ending = false;
  process.on('unhandledRejection', (reason) => { log.fault(reason); });
  process.on('uncaughtException', (fault) => {
    log.fault(fault);
    if (ending) process.exit(1);
    ending = true;
    close().then(() => process.exit(1), () => process.exit(1));
  });
  return { stopWith: (how) => { close = how; } };
}
