// What somebody of a role can reach by following links, and the forms found there.
import type { PageRoute } from '#tests/torture/routes.ts';
import type { Site } from '#tests/torture/site.ts';

/** A form as a browser would send it if nothing were typed. */
export type Form = { readonly method: 'GET' | 'POST'; readonly path: string; readonly fields: readonly (readonly [name: string, value: string])[]; readonly files: readonly string[] };
/** What a role reaches; each form with the route it is sent to: a route with a parameter also fits the address of one without. */
export type Reach = { readonly addresses: readonly string[]; readonly forms: readonly (Form & { readonly route: string })[]; readonly status: ReadonlyMap<string, number> };

const plain = (text: string): string => text.replace(/&#(\d+);|&#x([0-9a-f]+);/gi, (_, tens: string | undefined, hex: string | undefined) => String.fromCodePoint(tens === undefined ? Number.parseInt(hex ?? '20', 16) : Number(tens)))
  .replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:=(?:"([^"]*)"|'([^']*)'|([^\\s>]+)))?(?=[\\s/>])`, 'i').exec(tag);
  return found ? plain(found[1] ?? found[2] ?? found[3] ?? '') : undefined;
};

/** An address of this site without its fragment; undefined for others. */
function within(address: string, base: string): string | undefined {
  if (!URL.canParse(address, `http://here${base}`)) return undefined;
  const { host, pathname, search } = new URL(address, `http://here${base}`);
  return host === 'here' ? pathname + search : undefined;
}

const firstOption = (select: string): string => {
  const options = [...select.matchAll(/<option\b[^>]*>/gi)].map(([tag]) => tag);
  return attribute(options.find((tag) => attribute(tag, 'selected') !== undefined) ?? options.at(-1) ?? '', 'value') ?? '';
};

/** The forms of a page. */
export function formsOf(html: string, path: string): readonly Form[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/gi)].flatMap(([whole, inside = '']): readonly Form[] => {
    const head = whole.slice(0, whole.indexOf('>') + 1);
    const address = within(attribute(head, 'action') ?? path, path);
    if (address === undefined) return [];
    const fields: (readonly [string, string])[] = [];
    const files: string[] = [];
    for (const [tag] of inside.matchAll(/<(?:input|textarea|button)\b[^>]*>|<select\b[^>]*>[\s\S]*?<\/select>/gi)) {
      const name = attribute(tag.slice(0, tag.indexOf('>') + 1), 'name');
      if (name === undefined || name === '') continue;
      if (attribute(tag, 'type') === 'file') files.push(name);
      else fields.push([name, /^<select/i.test(tag) ? firstOption(tag) : attribute(tag, 'value') ?? '']);
    }
    return [{ method: /^post$/i.test(attribute(head, 'method') ?? '') ? 'POST' : 'GET', path: address, fields, files }];
  });
}

/** Follows links as whoever holds the cookie, at most so many pages of one route and so many in all. */
export async function reach(site: Site, cookie: string, routes: readonly PageRoute[], { each, most }: { readonly each: number; readonly most: number }): Promise<Reach> {
  const waiting = ['/', '/hebei/', '/hebei/institutions/', '/portal/', '/office/', '/account/', '/sign-in/', '/activate/'];
  const known = new Set(waiting);
  const seen = new Map<string, number>();
  const [addresses, forms, status] = [new Array<string>(), new Map<string, Form & { readonly route: string }>(), new Map<string, number>()];
  const routeOf = (path: string): string => { const bare = path.replace(/\?.*/, ''); return routes.find(({ pattern }) => pattern.test(bare))?.route ?? bare; };
  for (let path = waiting.shift(); path !== undefined && addresses.length < most; path = waiting.shift()) {
    const route = routeOf(path);
    // Signing out would end what is being looked at.
    if ((seen.get(route) ?? 0) >= each || route === '/sign-out') continue;
    seen.set(route, (seen.get(route) ?? 0) + 1);
    const reply = await site.ask('GET', path, { headers: { cookie } });
    addresses.push(path);
    if (status.get(route) !== 200) status.set(route, reply.status);
    if (reply.status !== 200 || !String(reply.headers['content-type']).includes('html')) continue;
    for (const form of formsOf(reply.text, path)) forms.set(`${form.method} ${form.path.replace(/\?.*/, '')} ${form.fields.map(([name]) => name).join()}`, { ...form, route: routeOf(form.path) });
    for (const [tag] of reply.text.matchAll(/<a\b[^>]*>/gi)) {
      const next = within(attribute(tag, 'href') ?? '', path);
      if (next === undefined || known.has(next)) continue;
      known.add(next);
      waiting.push(next);
    }
  }
  return { addresses, forms: [...forms.values()], status };
}
