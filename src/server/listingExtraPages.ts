import { classBands } from '#domain/directory/model.ts';
import type { Photo } from '#domain/listing/model.ts';
import { openPauses, pauseDraft, type PauseDraft } from '#domain/listingDraft/pauses.ts';
import type { DraftActor } from '#domain/listingDraft/ports.ts';
import type { ExceptionPattern } from '#domain/slotTemplates/model.ts';
import type { TimetableActor } from '#domain/slotTemplates/ports.ts';
import { addDays } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded } from '#server/guard.ts';
import type { GroupError } from '#server/listingGroupRead.ts';
import { notHere, refusalSaid, seeOther, type ListingNotice, type ListingSite } from '#server/listingPages.ts';
import { boundaryOf, readMultipart } from '#server/multipart.ts';
import { pauseLine } from '#server/pages/pauses.ts';
import { bandText } from '#text/directory.ts';
import { listingPhotosText as photoWords, pauseText as pauseWords } from '#text/listingDesk.ts';

type Done = Response | { readonly status: number; readonly errors: readonly GroupError[] };
const wrong = (status: number, field: string, message: string): Done => ({ status, errors: [{ field, message }] });

/** 停班 reaches the timetable too: the bands' times on those days are called off, each family told. Undefined where nothing was called off. */
async function callOff(app: App, { actor, institution }: ListingSite, { band, from, until, reason }: PauseDraft): Promise<number | undefined> {
  const bands = band === null ? [...classBands] : [band];
  const closed = await app.slotTemplates.closeBand({ account: actor.account, jurisdiction: actor.jurisdiction, host: { kind: 'institution', id: institution } }, { from, until: until ?? addDays(from, 90), bands, reason: reason === 'illness' || reason === 'staff' ? reason : reason === 'other' ? 'other' : 'closure' });
  return closed.ok ? closed.value.cancelled : undefined;
}

/** A band closed in the timetable is closed on the institution's page too, from the same moment; what stands there already stays as it is. */
export async function pauseOnPage({ listingDrafts }: App, { account, jurisdiction, host }: TimetableActor, { bands, from, until, reason }: Extract<ExceptionPattern, { readonly kind: 'closedBand' }>): Promise<void> {
  if (host.kind !== 'institution') return;
  const actor: DraftActor = { account, jurisdiction, sayer: 'institution', institution: host.id, subdistrict: null };
  for (const band of bands) await listingDrafts.pause(actor, host.id, { band, from, until, reason: reason === 'illness' || reason === 'staff' ? reason : 'other' });
}

/** The end of such a closing ends it on the page too: the pauses of the same bands and days. */
export async function resumeOnPage({ listingDrafts }: App, { account, jurisdiction, host }: TimetableActor, { bands, from, until }: Pick<Extract<ExceptionPattern, { readonly kind: 'closedBand' }>, 'bands' | 'from' | 'until'>): Promise<void> {
  if (host.kind !== 'institution') return;
  const actor: DraftActor = { account, jurisdiction, sayer: 'institution', institution: host.id, subdistrict: null };
  const open = (await listingDrafts.work(actor, host.id))?.institution.pauses ?? [];
  for (const one of open) if (one.band !== null && bands.includes(one.band) && one.from === from && one.until === until) await listingDrafts.resume(actor, host.id, one.id);
}

async function pause(astro: Guarded, site: ListingSite, typed: Typed): Promise<Done> {
  const { app } = astro.locals;
  const here = `${site.base}pause/`;
  if (typed['act'] === 'resume') {
    const resumed = await app.listingDrafts.resume(site.actor, site.institution, typed['pause'] ?? '');
    return resumed.ok ? seeOther(`${here}?done=resumed`) : resumed.reason === 'not-found' ? notHere() : wrong(409, 'band', refusalSaid('changed-meanwhile'));
  }
  const blank = (value: string | undefined): string | null => ((value ?? '').trim() === '' ? null : (value ?? '').trim());
  const draft = pauseDraft.safeParse({ band: typed['band'] === 'all' ? null : typed['band'] ?? '', from: blank(typed['from']) ?? '', until: blank(typed['until']), reason: typed['reason'] });
  if (!draft.success) {
    const fields = [...new Set(draft.error.issues.map(({ path }) => String(path[0])))];
    return { status: 422, errors: (['band', 'from', 'until', 'reason'] as const).filter((field) => fields.includes(field)).map((field) => ({ field, message: pauseWords.faults[field] })) };
  }
  const paused = await app.listingDrafts.pause(site.actor, site.institution, draft.data);
  if (!paused.ok) {
    if (paused.reason === 'not-found') return notHere();
    const { reason } = paused;
    return reason === 'band' || reason === 'known' ? wrong(reason === 'band' ? 422 : 409, 'band', pauseWords.faults[reason]) : reason === 'past' || reason === 'too-far' ? wrong(422, 'from', pauseWords.faults[reason]) : wrong(409, 'band', refusalSaid(reason));
  }
  if (typed['slots'] !== '1') return seeOther(`${here}?done=paused`);
  const cancelled = await callOff(app, site, draft.data);
  return seeOther(`${here}?done=${cancelled === undefined ? 'noSlots' : cancelled === 0 ? 'paused' : `cancelled-${String(cancelled)}`}`);
}

const pauseNotice = (done: string | null): ListingNotice => {
  const cancelled = /^cancelled-(\d{1,4})$/.exec(done ?? '')?.[1];
  if (cancelled !== undefined) return { tone: 'leaf', lines: [pauseWords.doneCancelled(Number(cancelled))] };
  return done === 'paused' ? { tone: 'leaf', lines: [pauseWords.done] } : done === 'resumed' ? { tone: 'leaf', lines: [pauseWords.resumed] } : done === 'noSlots' ? { tone: 'amber', lines: [pauseWords.noSlots] } : null;
};

/** 停班: bad news, published at once; or its early end. */
export async function pauseStep(astro: Guarded, site: ListingSite) {
  const { app } = astro.locals;
  let [status, errors, typed]: [number, readonly GroupError[], Typed] = [200, [], { from: app.today(), slots: '1' }];
  if (astro.request.method === 'POST') {
    typed = await readTyped(astro.request);
    const outcome = await pause(astro, site, typed);
    if (outcome instanceof Response) return outcome;
    ({ status, errors } = outcome);
  }
  const work = await app.listingDrafts.work(site.actor, site.institution);
  if (!work) return notHere();
  return {
    status, errors, typed, notice: errors.length > 0 ? null : pauseNotice(astro.url.searchParams.get('done')),
    bands: [...work.institution.bands.map(({ band }) => ({ value: band, label: bandText[band] })), { value: 'all', label: pauseWords.all }],
    open: openPauses(work.institution, app.today()).map((one) => ({ id: one.id, line: pauseLine(one) })),
  };
}

const photoLimits = { files: 1, fileBytes: 10 * 1024 * 1024, allFileBytes: 10 * 1024 * 1024, fields: 20, fieldBytes: 2_000 } as const;
const captionOf = (typed: Typed): string | undefined => { const caption = (typed['caption'] ?? '').normalize('NFC').trim(); return caption.length >= 1 && caption.length <= 60 ? caption : undefined; };
const isFault = (reason: string): reason is keyof typeof photoWords.faults => reason in photoWords.faults;

async function addPhoto(app: App, site: ListingSite, typed: Typed, bytes: Uint8Array | 'too-large' | undefined): Promise<Done> {
  const caption = captionOf(typed);
  const errors = [...(bytes === undefined ? [{ field: 'photo', message: photoWords.faults.none }] : bytes === 'too-large' ? [{ field: 'photo', message: photoWords.faults['too-large'] }] : []), ...(caption === undefined ? [{ field: 'caption', message: photoWords.faults.caption }] : [])];
  if (bytes === undefined || bytes === 'too-large' || caption === undefined) return { status: 422, errors };
  const added = await app.listingDrafts.addPhoto(site.actor, site.institution, bytes, { caption, illustration: typed['illustration'] === '1' });
  if (added.ok) return seeOther(`${site.base}photos/?done=added`);
  if (added.reason === 'not-found') return notHere();
  return wrong(added.reason === 'busy' ? 503 : 422, 'photo', isFault(added.reason) ? photoWords.faults[added.reason] : refusalSaid(added.reason));
}

async function changePhoto(app: App, site: ListingSite, typed: Typed): Promise<Done> {
  const [photo, act] = [typed['id'] ?? '', typed['act']];
  const caption = captionOf(typed);
  if (act === 'describe' && caption === undefined) return wrong(422, `caption-${photo}`, photoWords.faults.caption);
  const how = act === 'describe' && caption !== undefined ? { kind: 'describe' as const, caption, illustration: typed[`illustration-${photo}`] === '1' } : act === 'remove' ? { kind: 'remove' as const } : { kind: 'raise' as const };
  const isDone = await app.listingDrafts.changePhoto(site.actor, site.institution, photo, how);
  return isDone ? seeOther(`${site.base}photos/?done=${how.kind === 'remove' ? 'removed' : 'changed'}`) : wrong(409, 'photo', photoWords.faults.gone);
}

async function postPhotos(astro: Guarded, site: ListingSite): Promise<readonly [Done, Typed]> {
  const { app } = astro.locals;
  const boundary = boundaryOf(astro.request.headers.get('content-type'));
  if (boundary === undefined) { const typed = await readTyped(astro.request); return [await changePhoto(app, site, typed), typed]; }
  const form = readMultipart(Buffer.from(await astro.request.arrayBuffer()), boundary, photoLimits);
  if (!form.ok) return [wrong(422, 'photo', photoWords.faults.none), {}];
  const { typed, files, refusal } = form.value;
  return [await addPhoto(app, site, typed, refusal === null ? files[0]?.bytes : 'too-large'), typed];
}

const photoRow = (one: Photo, base: string) => ({ id: one.id, src: `${base}photos/${one.id}/`, caption: one.caption, illustration: one.illustration, width: one.width, height: one.height, isShown: one.cleared !== null });

/** 照片: uploads one, changes its caption or place, or takes it away. */
export async function photosStep(astro: Guarded, site: ListingSite) {
  const { app } = astro.locals;
  let [status, errors, typed]: [number, readonly GroupError[], Typed] = [200, [], {}];
  if (astro.request.method === 'POST') {
    const [outcome, sent] = await postPhotos(astro, site);
    if (outcome instanceof Response) return outcome;
    [status, errors, typed] = [outcome.status, outcome.errors, sent];
  }
  const work = await app.listingDrafts.work(site.actor, site.institution);
  if (!work) return notHere();
  const done = (['added', 'changed', 'removed'] as const).find((one) => one === astro.url.searchParams.get('done'));
  return { status, errors, typed, notice: done && errors.length === 0 ? { tone: 'leaf' as const, lines: [photoWords[done]] } : null, photos: work.listing.photos.map((one) => photoRow(one, site.base)), base: site.base };
}

/** The bytes of one of an institution's photos for its own desk or a reviewer's; never kept by anyone. */
export async function photoAnswer(app: App, place: ListingSite['actor']['jurisdiction'], institution: string, photo: string): Promise<Response> {
  const bytes = await app.listingDrafts.photoBytes(place, institution, photo);
  return bytes ? new Response(Uint8Array.from(bytes), { headers: { 'content-type': 'image/webp', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } }) : notHere();
}
