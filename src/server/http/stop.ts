import type { Server } from 'node:http';
import type { Connections } from '#server/http/connections.ts';

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
