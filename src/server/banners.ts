import { bannersAt, everyScope, type Banner, type ReadOnly } from '#domain/banners/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { jurisdictionCode, type JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf, instant, timeOf, type Instant } from '#domain/shared/dates.ts';
import { bannersOf, endBanner, loadBanners, loadReadOnly, putBanner, setReadOnly } from '#storage/banners.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { bannerKindText, bannersText } from '#text/banners.ts';

/** What lies over a page: `stamp` is another text whenever `html` is. */
export type Overlay = { readonly stamp: string; readonly html: string };
/** Who acts, in which place's record it stands. */
export type BannerActor = { readonly actor: string; readonly jurisdiction: JurisdictionCode };

export type Banners = {
  /** What every page of a place carries now; undefined where there is nothing, which is nearly always. */
  readonly bannerOf: (slug: string | undefined) => Overlay | undefined;
  readonly isReadOnly: () => boolean;
  readonly readOnly: () => ReadOnly | undefined;
  /** Standing and over, newest first. */
  readonly list: (scope: string) => Promise<readonly Banner[]>;
  /** What stands for the feeds of a place. */
  readonly standing: (place: Jurisdiction) => readonly Banner[];
  readonly publish: (actor: BannerActor, scope: string, what: Pick<Banner, 'id' | 'kind' | 'words' | 'link' | 'until'>) => Promise<void>;
  readonly end: (actor: BannerActor, which: { readonly id: string; readonly scope: string; readonly version: number }) => Promise<boolean>;
  readonly close: (actor: BannerActor, hours: number) => Promise<void>;
  readonly open: (actor: BannerActor) => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const everyMs = 10_000;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const html = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? '');

const said = ({ kind, words, link, until }: Banner): string =>
  `<p><strong>${html(bannerKindText[kind])}</strong>：${html(words)}${link === null ? '' : ` <a href="${html(link)}">${bannersText.more}</a>`} <small>${html(bannersText.until(dayOf(until), timeOf(until)))}</small></p>`;

/** 公告 as the markup that takes the place of the shell's marker. */
export const bannerHtml = (banners: readonly Banner[]): string =>
  `<div class="notice notice--banner" role="region" aria-label="${bannersText.label}"><div class="wrap">${banners.map(said).join('')}</div></div>`;

/** Keeps what stands in memory, read again every ten seconds so that other processes' 公告 show too; its own show at once. */
export async function makeBanners(storage: Storage, jurisdictions: readonly Jurisdiction[], now: () => Instant, report: (fault: unknown) => void): Promise<Banners> {
  const codes = new Map(jurisdictions.map(({ slug, code }) => [slug, code]));
  let held: { readonly banners: readonly Banner[]; readonly readOnly: readonly ReadOnly[] } = { banners: [], readOnly: [] };
  const load = async (): Promise<void> => {
    const at = now();
    const [banners, readOnly] = await Promise.all([loadBanners(storage.read, at), loadReadOnly(storage.read, at)]);
    held = { banners, readOnly };
  };
  await load();
  let running = Promise.resolve();
  const timer = setInterval(() => { running = load().catch(report); }, everyMs);
  timer.unref();
  const event = ({ actor, jurisdiction }: BannerActor, kind: string, objectId: string, detail: Readonly<Record<string, string | number>>) =>
    ({ id: newId(), jurisdiction, at: now(), kind, actor, objectKind: 'banner', objectId, detail });
  const readOnly = (): ReadOnly | undefined => held.readOnly.find(({ scope, until }) => scope === everyScope && now() < until);
  return {
    bannerOf: (slug) => {
      if (held.banners.length === 0) return undefined;
      const shown = bannersAt(held.banners, slug === undefined ? undefined : codes.get(slug), now());
      return shown.length === 0 ? undefined : { stamp: shown.map(({ id, version }) => `${id}.${String(version)}`).join(','), html: bannerHtml(shown) };
    },
    isReadOnly: () => held.readOnly.length > 0 && readOnly() !== undefined,
    readOnly,
    list: (scope) => bannersOf(storage.read, scope),
    standing: ({ code }) => bannersAt(held.banners, code, now()),
    publish: async (actor, scope, { id, kind, words, link, until }) => {
      const at = now();
      await putBanner(storage, { id, scope, kind, words, link, from: at, until, version: 1, changedAt: at }, actor.actor, event(actor, 'banner-published', id, { scope, kind, until }));
      await load();
    },
    end: async (actor, which) => {
      const ended = await endBanner(storage, which, now(), event(actor, 'banner-ended', which.id, { scope: which.scope }));
      await load();
      return ended;
    },
    close: async (actor, hours) => {
      const until = instant.parse(now() + hours * 3_600_000);
      await setReadOnly(storage, everyScope, now(), until, actor.actor, event(actor, 'read-only-begun', everyScope, { until }));
      await load();
    },
    open: async (actor) => {
      await setReadOnly(storage, everyScope, now(), now(), actor.actor, event(actor, 'read-only-ended', everyScope, {}));
      await load();
    },
    refresh: load,
    stop: async () => { clearInterval(timer); await running; },
  };
}

/** The place in whose record something for all places stands: the actor's own. */
export const actorOf = (account: { readonly id: string; readonly jurisdiction: string }): BannerActor => ({ actor: account.id, jurisdiction: jurisdictionCode.parse(account.jurisdiction) });
