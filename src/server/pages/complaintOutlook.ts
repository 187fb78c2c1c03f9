import type { ComplaintOutlook } from '#domain/complaints/outlook.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { readComplaint } from '#server/complaintForm.ts';
import type { Typed } from '#server/forms.ts';
import { basisSaid, besidesText, clockText } from '#text/complaintOutlook.ts';
import { doorsText } from '#text/complaintDoors.ts';
import { fullDayText } from '#text/dates.ts';

/** 谁会看到、多久答复, in sentences, before anything has been chosen. */
export const whoSees = (place: Jurisdiction): readonly string[] =>
  [...(place.successor ? [doorsText.merged(place.successor.name)] : []), ...(place.intakeMode === 'hotline' ? [doorsText.hotlineOnly] : [doorsText.who, doorsText.whoNot, doorsText.when])];

const dayOrNull = (day: string | null): string | null => day && fullDayText(day);

/** Who has it, why, and by when, as a page says it. */
export const clockRows = (place: Jurisdiction, { leadDepartment, jointDepartments, basis, confirmBy, answerBy, deadlineBasis }: ComplaintOutlook) => ({
  lead: leadDepartment?.name ?? null, joint: jointDepartments.map(({ name }) => name), why: basisSaid(basis, jointDepartments.length), confirmBy: dayOrNull(confirmBy), answerBy: dayOrNull(answerBy), rests: clockText[deadlineBasis],
  besides: place.document.status === 'areaAbolished' ? besidesText.historical : null,
});

/** Who would have it and by when, for what has been chosen so far; null where 12345 takes it, or nothing has been chosen. */
export async function outlookOf(app: App, place: Jurisdiction, typed: Typed) {
  const read = readComplaint(typed, 'subject', app.today());
  if (!read.ok || place.intakeMode === 'hotline') return null;
  return clockRows(place, await app.complaints.outlook(place.code, read.value));
}
