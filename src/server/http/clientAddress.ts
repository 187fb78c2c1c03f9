import { isIP } from 'node:net';

/**
 * The address limits count by. Each trusted proxy appends the address it saw, so the client's is that many entries from
 * the right; what stands further left was written by the client. IPv6 is cut to its /64, the smallest block one home gets.
 */
export function clientAddressOf(
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trustedProxies: number,
): string {
  const seen = socketAddress ?? '0.0.0.0';
  if (trustedProxies === 0 || forwardedFor === undefined) return limitKey(seen);
  const entries = (typeof forwardedFor === 'string' ? forwardedFor : forwardedFor.join(',')).split(',');
  const entry = withoutPort((entries[Math.max(0, entries.length - trustedProxies)] ?? '').trim());
  return limitKey(isIP(entry) === 0 ? seen : entry);
}

/** IPv4 stays whole (also when wrapped in IPv6), IPv6 becomes its /64. */
export function limitKey(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = address.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

function withoutPort(entry: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(entry);
  if (bracketed?.[1] !== undefined) return bracketed[1];
  return /^[\d.]+:\d+$/.test(entry) ? entry.slice(0, entry.indexOf(':')) : entry;
}
