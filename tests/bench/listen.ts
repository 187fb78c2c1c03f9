import type { Server } from 'node:http';

/** Listens on a free loopback port, says so the way the program does, and ends on SIGTERM. */
export function listenAndSay(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) process.stdout.write(`Listening on http://127.0.0.1:${address.port}\n`);
  });
  process.on('SIGTERM', () => { process.exit(0); });
}
