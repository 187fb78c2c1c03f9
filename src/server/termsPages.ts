import { bookingKinds, type BookingKind, type BookingTerms } from '#domain/booking/model.ts';
import { termsTyped } from '#domain/booking/terms.ts';
import { seeOther } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import type { Guarded } from '#server/guard.ts';
import { bookingKindText } from '#text/booking.ts';
import { termsText } from '#text/terms.ts';

type Held = { readonly terms: BookingTerms; readonly version: number };
/** Whose terms are edited: how they are read and saved, and which kinds there are. */
export type TermsOwner = {
  readonly home: '/portal/terms/' | '/office/terms/'; readonly kinds: readonly BookingKind[];
  readonly read: (kind: BookingKind) => Promise<Held>;
  readonly save: (kind: BookingKind, terms: BookingTerms, version: number) => Promise<{ readonly ok: boolean; readonly reason?: string }>;
};

/** 预约规则, one kind on one screen. */
export type TermsStep = {
  readonly status: number; readonly kind: BookingKind; readonly typed: Typed; readonly errors: readonly FormError[]; readonly isOwn: boolean;
  readonly kinds: readonly { readonly label: string; readonly href: string; readonly isCurrent: boolean }[];
  readonly notice: { readonly tone: 'leaf' | 'amber'; readonly sentence: string } | null;
};

/** What an institution can be booked for; home visits are a team's. */
export const institutionKinds = bookingKinds.filter((kind) => kind !== 'homeVisit');
const hasQueue = (kind: BookingKind): boolean => kind === 'care' || kind === 'class';

const typedOf = ({ terms, version }: Held): Typed => ({
  opensDaysAhead: String(terms.opensDaysAhead), opensAt: terms.opensAt, closesHoursBefore: String(terms.closesHoursBefore), cancelHoursBefore: String(terms.cancelHoursBefore),
  confirmation: terms.confirmation, monthlyHours: terms.monthlyHours === null ? '' : String(terms.monthlyHours), waitingList: terms.waitingList ? '1' : '', version: String(version),
});

const plain = (text: string | undefined): string => (text ?? '').normalize('NFKC').trim();
const numberIn = (text: string | undefined): number => (/^\d{1,4}$/.test(plain(text)) ? Number(plain(text)) : Number.NaN);

/** What was typed as terms; else each field that is wrong with its sentence. */
function readTerms(typed: Typed, kind: BookingKind): { readonly terms?: BookingTerms; readonly errors: readonly FormError[] } {
  const clock = plain(typed['opensAt']).replace(/^(\d):/, '0$1:');
  const read = termsTyped.safeParse({
    opensDaysAhead: numberIn(typed['opensDaysAhead']), opensAt: clock, closesHoursBefore: numberIn(typed['closesHoursBefore']), cancelHoursBefore: numberIn(typed['cancelHoursBefore']),
    confirmation: typed['confirmation'], monthlyHours: kind !== 'care' || plain(typed['monthlyHours']) === '' ? null : numberIn(typed['monthlyHours']), waitingList: hasQueue(kind) && typed['waitingList'] === '1',
  });
  if (read.success) return { terms: read.data, errors: [] };
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  return { errors: Object.entries(termsText.faults).flatMap(([field, message]) => (wrong.has(field) ? [{ field, message }] : [])) };
}

/** Reads the terms of a kind, or saves what a form sent; somebody else's change meanwhile is shown instead of overwritten. */
export async function termsStep(astro: Guarded, owner: TermsOwner): Promise<TermsStep | Response> {
  const typed = astro.request.method === 'POST' ? await readTyped(astro.request) : undefined;
  const asked = typed?.['kind'] ?? astro.url.searchParams.get('kind');
  const kind = owner.kinds.find((one) => one === asked) ?? owner.kinds[0] ?? 'visit';
  const kinds = owner.kinds.map((one) => ({ label: bookingKindText[one], href: `${owner.home}?kind=${one}`, isCurrent: one === kind }));
  const shown = async (part: Partial<TermsStep> = {}): Promise<TermsStep> => {
    const held = await owner.read(kind);
    return { status: 200, kind, typed: typedOf(held), errors: [], isOwn: held.version > 0, kinds, notice: null, ...part };
  };
  if (!typed) return shown({ notice: astro.url.searchParams.get('done') === 'saved' ? { tone: 'leaf', sentence: termsText.saved } : null });
  const { terms, errors } = readTerms(typed, kind);
  if (!terms) return shown({ status: 422, typed, errors });
  const saved = await owner.save(kind, terms, numberIn(typed['version']));
  if (saved.ok) return seeOther(`${owner.home}?kind=${kind}&done=saved`);
  const now = await owner.read(kind);
  return shown({ status: 409, typed: { ...typed, version: String(now.version) }, notice: { tone: 'amber', sentence: saved.reason === 'changed-meanwhile' ? termsText.changed(now.terms) : termsText.faults.waitingList } });
}
