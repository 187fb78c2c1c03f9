// What a torture asks of an institution's desk, and of care by the hour.
import { z } from 'zod';
import type { DeskDeps } from '#domain/booking/deps.ts';
import { issueEnrolmentCode, revokeEnrolmentCode, enrolmentCodes } from '#domain/booking/enrolment.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { attended, cancelByInstitution, confirm, decline, noShow, turnedAway, type Chosen, type Desk } from '#domain/booking/staff.ts';
import { walkIn } from '#domain/booking/walkIn.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { aRequest, deskOf } from '#tests/builders/booking.ts';
import type { Answer } from '#tests/torture/engine.ts';

const desk = z.literal(true);
/** `desk` marks them; `child` stands for one family with one child, `code` for an enrolment code. */
export const deskOperation = z.discriminatedUnion('do', [
  z.strictObject({ desk, do: z.literal('care'), slot: z.string(), child: z.int(), key: z.string(), code: z.string().nullable() }),
  z.strictObject({ desk, do: z.literal('walkIn'), slot: z.string(), child: z.int(), key: z.string(), late: z.boolean() }),
  z.strictObject({ desk, do: z.enum(['confirm', 'decline', 'drop', 'attended', 'noShow', 'turnedAway']), reference: z.string() }),
  z.strictObject({ desk, do: z.enum(['issue', 'revoke']), institution: z.string() }),
]);
export type DeskOperation = z.infer<typeof deskOperation>;

const place = jurisdictionCode.parse('120105');
const children = aRequest().children;
const refusal = (reason: string): Answer => ({ ok: false, reason });
const nothing = { ok: true, reference: '', queryCode: '', state: '', slot: '', receipt: '' } as const;

/** The desk's own commands, by name. */
function command(deps: DeskDeps, at: Desk, chosen: Chosen, asked: Extract<DeskOperation, { reference: string }>['do']) {
  if (asked === 'confirm') return confirm(deps, at, chosen);
  if (asked === 'decline') return decline(deps, at, chosen, 'full');
  if (asked === 'drop') return cancelByInstitution(deps, at, chosen, 'staff');
  return { attended, noShow, turnedAway }[asked](deps, at, chosen);
}

/** The desk looks at a booking and acts on what it saw; where it has changed meanwhile, it looks again. What became of a visit is written down when the slot has begun. */
async function actOn(given: DeskDeps, { do: asked, reference }: Extract<DeskOperation, { reference: string }>): Promise<Answer> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const found = await given.store.findByReference(place, reference);
    if (!found) return refusal('not-found');
    const { id, version, slot } = found.booking;
    const deps: DeskDeps = ['attended', 'noShow', 'turnedAway'].includes(asked) ? { ...given, now: () => slot.startsAt } : given;
    const outcome = await command(deps, deskOf(slot.host.id), { booking: id, version }, asked);
    if (outcome.ok) return { ...nothing, reference, state: outcome.value.state, slot: slot.id };
    if (outcome.reason !== 'changed-meanwhile') return refusal(outcome.reason);
  }
  throw new Error('a booking changed ten times under the desk');
}

/** Does one operation of the desk, or books care. */
export async function atDesk(given: DeskDeps, asked: DeskOperation, phoneOf: (child: number) => string): Promise<Answer> {
  if (asked.do === 'care') {
    const outcome = await reserve(given, place, asked.key, aRequest({ slotId: asked.slot, phone: phoneOf(asked.child), ...(asked.code === null ? {} : { enrolmentCode: asked.code }) }));
    if (!outcome.ok) return refusal(outcome.reason);
    const { receipt } = outcome.value;
    return { ok: true, reference: receipt.reference, queryCode: receipt.queryCode, state: receipt.state, slot: receipt.slot.id, receipt: JSON.stringify(receipt) };
  }
  if (asked.do === 'walkIn') {
    const slot = await given.store.findSlot(place, asked.slot);
    if (!slot) return refusal('slot-unknown');
    const outcome = await walkIn(asked.late ? { ...given, now: () => slot.startsAt } : given, deskOf(slot.host.id), asked.key, { slotId: asked.slot, seats: 1, contactName: '示例家长', phone: phoneOf(asked.child), children });
    return outcome.ok ? { ...nothing, reference: outcome.value.reference, queryCode: outcome.value.queryCode, state: outcome.value.state, slot: outcome.value.slot.id, receipt: JSON.stringify(outcome.value) } : refusal(outcome.reason);
  }
  if ('reference' in asked) return actOn(given, asked);
  const at = deskOf(asked.institution);
  if (asked.do === 'issue') {
    const issued = await issueEnrolmentCode(given, at, isoDate.parse('2027-06-30'));
    return issued.ok ? { ...nothing, receipt: issued.value.code } : refusal(issued.reason);
  }
  for (const { id } of await enrolmentCodes(given, at)) await revokeEnrolmentCode(given, at, id);
  return nothing;
}
