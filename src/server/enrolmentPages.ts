import type { EnrolmentCode } from '#domain/booking/model.ts';
import { enrolmentHolds } from '#domain/booking/rules.ts';
import type { Desk } from '#domain/booking/staff.ts';
import { addDays, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { seeOther, typedBy, unknown } from '#server/bookingDeskPages.ts';
import type { FormError } from '#server/bookingForm.ts';
import type { Typed } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { deskRefusalText } from '#text/bookingDesk.ts';
import { deskCodesText as words } from '#text/bookingDeskPages.ts';
import { fullDayText } from '#text/dates.ts';
import { newId } from '#storage/ids.ts';

/** 建档码 at the desk: a code that was just issued is shown on this answer alone. */
export type CodesStep = {
  readonly status: number; readonly typed: Typed; readonly errors: readonly FormError[]; readonly key: string; readonly notice: { readonly tone: 'leaf' | 'amber'; readonly sentence: string } | null;
  readonly slip: { readonly code: string; readonly number: string; readonly until: string } | null;
};

/** How long a code is offered to hold, unless another end is typed. */
const usualDays = 180;

/** 编号: what tells two codes apart on paper and in the list; opens nothing. */
export const codeNumber = ({ id }: Pick<EnrolmentCode, 'id'>): string => id.replaceAll('-', '').slice(-6).toUpperCase();

const asRead = (today: IsoDate): CodesStep => ({ status: 200, typed: { validUntil: addDays(today, usualDays) }, errors: [], key: newId(), notice: null, slip: null });

async function issue({ locals: { app } }: Guarded, desk: Desk, typed: Typed): Promise<CodesStep> {
  const key = typed['key'] ?? '';
  const until = isoDate.safeParse(typed['validUntil']);
  const errors = [...(until.success ? [] : [{ field: 'validUntil', message: words.untilError }]), ...(typed['seen'] === '1' ? [] : [{ field: 'seen', message: words.seenError }])];
  if (!until.success || errors.length > 0) return { ...asRead(app.today()), status: 422, typed, errors };
  const issued = await app.desk.issueCode(desk, until.data, /^[\x21-\x7e]{8,128}$/.test(key) ? key : newId());
  if (!issued.ok) return { ...asRead(app.today()), status: 422, typed, errors: [{ field: 'validUntil', message: issued.reason === 'range' ? words.untilError : deskRefusalText[issued.reason] }] };
  const { code, enrolment } = issued.value;
  return { ...asRead(app.today()), slip: { code, number: codeNumber(enrolment), until: fullDayText(enrolment.validUntil) } };
}

/** Reads the page of codes, issues one, or revokes one; a form sent twice does it once. */
export async function codesStep(astro: Guarded, signedIn: SignedIn, desk: Desk): Promise<CodesStep | Response> {
  const { app } = astro.locals;
  const typed = await typedBy(astro, signedIn, desk);
  if (typed instanceof Response) return typed;
  if (!typed) return { ...asRead(app.today()), notice: astro.url.searchParams.get('done') === 'revoked' ? { tone: 'leaf', sentence: words.revoked } : null };
  if (typed['act'] === 'issue') return issue(astro, desk, typed);
  const revoked = await app.desk.revokeCode(desk, typed['code'] ?? '');
  if (revoked.ok) return seeOther('/portal/codes/?done=revoked');
  return revoked.reason === 'not-found' ? unknown() : { ...asRead(app.today()), status: 409, notice: { tone: 'amber', sentence: deskRefusalText['changed-meanwhile'] } };
}

/** The codes that have not run out, those that hold first. */
export async function codeRows({ locals: { app } }: Guarded, desk: Desk) {
  const rows = (await app.desk.codes(desk)).map((code) => {
    const standing = code.state === 'revoked' ? 'revoked' as const : enrolmentHolds(code, app.today()) ? 'holds' as const : 'away' as const;
    return { id: code.id, number: codeNumber(code), issuedOn: fullDayText(code.issuedOn), until: fullDayText(code.validUntil), seenOn: fullDayText(code.seenOn), standing, said: words.standing[standing] };
  });
  return rows.toSorted((one, other) => Number(one.standing === 'revoked') - Number(other.standing === 'revoked'));
}
export type CodeRow = Awaited<ReturnType<typeof codeRows>>[number];
