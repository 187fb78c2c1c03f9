import { z } from 'zod';
import { bannerTyped, everyScope, isSoundEnd, type Banner, type BannerScope } from '#domain/banners/model.ts';
import { dayOf, instant, instantAt, isoDate, timeOf, type Instant } from '#domain/shared/dates.ts';
import { actorOf } from '#server/banners.ts';
import { seeOther } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { newId } from '#storage/ids.ts';
import { bannerKindText, bannersText as words } from '#text/banners.ts';

/** 公告 of a scope as the page shows them. */
export type BannerStep = {
  readonly status: number; readonly typed: Typed; readonly errors: readonly FormError[]; readonly notice: { readonly tone: 'leaf' | 'amber'; readonly sentence: string } | null;
  readonly standing: readonly BannerRow[]; readonly past: readonly BannerRow[];
  /** 暂停受理, where it is this page's to switch: the sentence, and whether it lasts. */
  readonly readOnly: { readonly isOn: boolean; readonly sentence: string } | null;
};
type BannerRow = { readonly id: string; readonly version: number; readonly kind: string; readonly words: string; readonly until: string };

const rowOf = ({ id, version, kind, words: text, until }: Banner): BannerRow => ({ id, version, kind: bannerKindText[kind], words: text, until: words.until(dayOf(until), timeOf(until)) });
const isClock = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

const firstTyped = (now: Instant): Typed => {
  const tomorrow = instant.parse(now + 86_400_000);
  return { id: newId(), kind: '', words: '', link: '', untilDay: dayOf(tomorrow), untilTime: '18:00' };
};

type ReadBanner = { readonly ok: true; readonly what: Pick<Banner, 'id' | 'kind' | 'words' | 'link' | 'until'> } | { readonly ok: false; readonly errors: readonly FormError[] };

/** What was typed as a 公告; else each field that is wrong with its sentence. */
export function readBanner(typed: Typed, now: Instant): ReadBanner {
  const day = isoDate.safeParse((typed['untilDay'] ?? '').trim());
  const time = (typed['untilTime'] ?? '').normalize('NFKC').trim().replace(/^(\d):/, '0$1:');
  const until = day.success && isClock(time) ? instantAt(day.data, time) : Number.NaN;
  const link = (typed['link'] ?? '').trim();
  const read = bannerTyped.safeParse({ kind: typed['kind'], words: typed['words'] ?? '', link: link === '' ? null : link, until: Number.isNaN(until) ? 0 : until });
  const wrong = new Set(read.success ? [] : read.error.issues.map(({ path }) => String(path[0])));
  if (!day.success) wrong.add('untilDay');
  else if (!isClock(time) || until <= now) wrong.add('untilTime');
  else if (!isSoundEnd(until, now)) wrong.add('untilDay');
  const id = z.uuid().safeParse(typed['id']);
  if (read.success && wrong.size === 0) return { ok: true, what: { ...read.data, id: id.success ? id.data : newId(), until: instant.parse(until) } };
  return { ok: false, errors: Object.entries(words.faults).flatMap(([field, message]) => (wrong.has(field) ? [{ field, message }] : [])) };
}

/** Shows the 公告 of a scope, puts one up, takes one down; for all places also 暂停受理. */
export async function bannerStep(astro: Guarded, { account }: SignedIn, scope: BannerScope, home: '/office/banners/' | '/office/incident/'): Promise<BannerStep | Response> {
  const { app } = astro.locals;
  const { banners } = app;
  const actor = actorOf(account);
  const show = async (part: Partial<BannerStep>): Promise<BannerStep> => {
    const all = await banners.list(scope);
    const lasting = banners.readOnly();
    return {
      status: 200, typed: firstTyped(app.now()), errors: [], notice: null, standing: all.filter(({ until }) => until > app.now()).map(rowOf), past: all.filter(({ until }) => until <= app.now()).slice(0, 5).map(rowOf),
      readOnly: scope !== everyScope ? null : { isOn: lasting !== undefined, sentence: lasting ? words.readOnlyOn(dayOf(lasting.until), timeOf(lasting.until)) : words.readOnlyOff }, ...part,
    };
  };
  if (astro.request.method !== 'POST') {
    const done = Object.entries(words.done).find(([name]) => name === astro.url.searchParams.get('done'))?.[1];
    return show({ notice: done === undefined ? null : { tone: 'leaf', sentence: done } });
  }
  const typed = await readTyped(astro.request);
  const act = typed['act'];
  if (act === 'end') {
    const ended = await banners.end(actor, { id: typed['id'] ?? '', scope, version: Number(typed['version']) || 0 });
    return ended ? seeOther(`${home}?done=ended`) : show({ status: 409, notice: { tone: 'amber', sentence: words.changed } });
  }
  if (scope === everyScope && act === 'close') {
    const hours = words.hourChoices.find(([choice]) => choice === typed['hours']);
    await banners.close(actor, Number(hours?.[0] ?? 1));
    return seeOther(`${home}?done=closed`);
  }
  if (scope === everyScope && act === 'open') {
    await banners.open(actor);
    return seeOther(`${home}?done=opened`);
  }
  const read = readBanner(typed, app.now());
  if (!read.ok) return show({ status: 422, typed, errors: read.errors });
  await banners.publish(actor, scope, read.what);
  return seeOther(`${home}?done=published`);
}
