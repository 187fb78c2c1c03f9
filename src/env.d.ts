/// <reference types="astro/client" />

declare namespace App {
  /** What the HTTP shell hands to every page rendered on demand. */
  interface Locals {
    app: import('./server/app.ts').App;
    requestId: string;
    /** The address limits count by: IPv4 whole, IPv6 as its /64; never stored, never logged. */
    clientAddress: string;
    mode: 'default' | 'elder';
  }
}
