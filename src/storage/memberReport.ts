import { z } from 'zod';
import { complaintStates, openStates, taskKinds, taskStates } from '#domain/complaints/model.ts';
import type { MemberCase, MemberTask } from '#domain/complaints/ports.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate, type Instant } from '#domain/shared/dates.ts';
import type { Storage } from '#storage/schema.ts';

const assignment = z.object({ lead: z.string().nullable(), joint: z.array(z.string()) });
const [day, moment, state] = [isoDate.nullable(), instant.nullable(), z.enum(complaintStates)];

/** Whose cases: a place's, or a street's alone; received in `[from, to)`. */
export type MemberAsked = { readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode | null; readonly from: Instant; readonly to: Instant };

/** Cases of the days, and older ones still open, with whom they were given to; merged and withdrawn ones are not counted. No content is opened. */
export async function memberCases({ read }: Storage, { jurisdiction, subdistrict, from, to }: MemberAsked): Promise<readonly MemberCase[]> {
  const asked = read.selectFrom('complaint').select(['assignment', 'state', 'received_at', 'answer_by', 'due_on', 'waiting_since', (eb) => eb.selectFrom('case_move').select((inner) => inner.fn.min('case_move.at').as('at'))
    .whereRef('case_move.complaint_id', '=', 'complaint.id').where('case_move.move', 'in', ['answer', 'notAccept']).as('answered_at')])
    .where('jurisdiction_code', '=', jurisdiction).where('received_at', '<', to).where('state', 'not in', ['merged', 'withdrawn'])
    .where((eb) => eb.or([eb('received_at', '>=', from), eb('state', 'in', openStates)]));
  return (await (subdistrict === null ? asked : asked.where('subdistrict_code', '=', subdistrict)).execute()).map((row) => ({
    ...assignment.parse(JSON.parse(row.assignment)), state: state.parse(row.state), receivedAt: instant.parse(Number(row.received_at)), answerBy: day.parse(row.answer_by),
    answeredAt: moment.parse(row.answered_at === null ? null : Number(row.answered_at)), dueOn: row.due_on, isWaiting: row.waiting_since !== null,
  }));
}

/** 转办 and 协办 tasks of the days, and older open ones, by department. */
export async function memberTasks({ read }: Storage, { jurisdiction, subdistrict, from, to }: MemberAsked): Promise<readonly MemberTask[]> {
  const asked = read.selectFrom('case_task').innerJoin('complaint', 'complaint.id', 'case_task.complaint_id').select(['case_task.kind', 'case_task.state', 'case_task.department', 'case_task.created_at', 'case_task.due_on'])
    .where('complaint.jurisdiction_code', '=', jurisdiction).where('complaint.state', 'not in', ['merged', 'withdrawn']).where('case_task.kind', 'in', ['handover', 'joint']).where('case_task.created_at', '<', to)
    .where((eb) => eb.or([eb('case_task.created_at', '>=', from), eb('case_task.state', '=', 'open')]));
  return (await (subdistrict === null ? asked : asked.where('complaint.subdistrict_code', '=', subdistrict)).execute()).flatMap(({ department, ...row }) => department === null ? [] : [{
    department, kind: z.enum(taskKinds).parse(row.kind), state: z.enum(taskStates).parse(row.state), createdAt: instant.parse(Number(row.created_at)), dueOn: day.parse(row.due_on),
  }]);
}
