// 权限矩阵: every page under office/ and portal/, asked for by everybody. What each must answer is typed here, never computed;
// a page without a row fails, so whoever adds one says who may see it.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { subdistrictCode } from '#domain/shared/codes.ts';
import type { App } from '#server/app.ts';
import { anyDesk, takeDown } from '#tests/e2e/caseDesk.ts';
import { deskFor, openDesk, rowOf } from '#tests/e2e/desk.ts';
import { aBooking, book, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { accountAt, demoAccountOf, type StaffAccount } from '#tests/e2e/staff.ts';
import { isoDate } from '#domain/shared/dates.ts';

const people = ['anonymous', 'parent', 'institutionA', 'institutionB', 'clerkX', 'clerkY', 'reviewerX', 'department', 'street', 'systemAdmin', 'securityAdmin', 'auditor'] as const;
type Person = (typeof people)[number];

// 303: to the sign-in page. 403: not this post's page. 404: not one's own, as if it never was.
//                                                     anonymous parent instA instB clerkX clerkY reviewerX department street systemAdmin securityAdmin auditor
const everyInstitution =                              [303,     303,   200,  200,  403,   403,   403,      403,       403,   403,        403,          403];
const instAOnly =                                     [303,     303,   200,  404,  403,   403,   403,      403,       403,   403,        403,          403];
const instBOnly =                                     [303,     303,   404,  200,  403,   403,   403,      403,       403,   403,        403,          403];
const everyOffice =                                   [303,     303,   403,  403,  200,   200,   200,      200,       200,   200,        200,          200];
const keepers =                                       [303,     303,   403,  403,  403,   403,   403,      403,       403,   200,        200,          403];
const casesSeen =                                     [303,     303,   403,  403,  200,   200,   200,      200,       200,   403,        403,          403];
const casesTaken =                                    [303,     303,   403,  403,  200,   200,   403,      403,       200,   403,        403,          403];
/** A case of place X in the hands of its department and street; of X and nobody else's; of place Y. */
const caseShared =                                    [303,     303,   403,  403,  200,   404,   200,      200,       200,   403,        403,          403];
const caseOfX =                                       [303,     303,   403,  403,  200,   404,   200,      404,       404,   403,        403,          403];
const caseOfY =                                       [303,     303,   403,  403,  404,   200,   404,      404,       404,   403,        403,          403];
const sharedWorked =                                  [303,     303,   403,  403,  200,   404,   200,      200,       200,   403,        403,          403];
const ofXWorked =                                     [303,     303,   403,  403,  200,   404,   200,      404,       404,   403,        403,          403];
const ofYWorked =                                     [303,     303,   403,  403,  404,   200,   404,      404,       404,   403,        403,          403];
const sharedIdentity =                                [303,     303,   403,  403,  200,   404,   200,      403,       403,   403,        403,          403];
const ofYIdentity =                                   [303,     303,   403,  403,  404,   200,   404,      403,       403,   403,        403,          403];
const nobodysFile =                                   [303,     303,   403,  403,  404,   404,   404,      404,       404,   403,        403,          403];
const filingsSeen =                                   [303,     303,   403,  403,  200,   200,   200,      403,       200,   403,        403,          403];
const filingsWritten =                                [303,     303,   403,  403,  200,   200,   200,      403,       403,   403,        403,          403];
const filingOfX =                                     [303,     303,   403,  403,  200,   404,   200,      403,       404,   403,        403,          403];
const supervisors =                                   [303,     303,   403,  403,  200,   200,   200,      403,       200,   403,        403,          200];
/** 监督记录 of an institution of X that is not the street's; its forms are the office's alone. */
const recordOfX =                                     [303,     303,   403,  403,  200,   404,   200,      403,       404,   403,        403,          200];
const recordWritten =                                 [303,     303,   403,  403,  200,   404,   200,      403,       403,   403,        403,          403];
const nobodysRecord =                                 [303,     303,   403,  403,  404,   404,   404,      403,       404,   403,        403,          404];
const nobodysEntry =                                  [303,     303,   403,  403,  404,   404,   404,      403,       403,   403,        403,          403];
const counters =                                      [303,     303,   403,  403,  200,   200,   200,      403,       200,   403,        403,          403];
/** 电话通知 of institutions; the office has a list of its own. */
const callingInstitutions =                           [303,     303,   200,  200,  404,   404,   403,      403,       404,   403,        403,          403];
/** A template that is not one's own. */
const nobodysTemplate =                               [303,     303,   404,  404,  403,   403,   403,      403,       403,   403,        403,          403];
const callingOffices =                                [303,     303,   404,  404,  200,   200,   403,      403,       200,   403,        403,          403];
/** A queue one has no part in is none. */
const dueSeen =                                       [303,     303,   403,  403,  200,   200,   200,      404,       200,   404,        404,          404];
/** A count is entered by the street the institution lies in; the matrix's street has another one. */
const countOfAnother =                                [303,     303,   404,  404,  403,   403,   403,      403,       404,   403,        403,          403];
const ownCount =                                      [303,     303,   200,  200,  403,   403,   403,      403,       404,   403,        403,          403];
/** 信息有误: the office's pages are none of an institution's, which has its own. */
const reportsSeen =                                   [303,     303,   404,  404,  200,   200,   200,      403,       403,   403,        403,          403];
const nobodysReport =                                 [303,     303,   404,  404,  404,   404,   404,      403,       403,   403,        403,          403];
const reviewers =                                     [303,     303,   403,  403,  403,   403,   200,      403,       403,   403,        403,          403];
const nobodysDraft =                                  [303,     303,   403,  403,  403,   403,   404,      403,       403,   403,        403,          403];
/** 代录 for an institution of X, not of the street; a photo that is nobody's. */
const enteredOfX =                                    [303,     303,   403,  403,  200,   404,   403,      403,       404,   403,        403,          403];
const nobodysPhoto =                                  [303,     303,   403,  403,  404,   404,   403,      403,       404,   403,        403,          403];
const noRegistration =                                [303,     303,   403,  403,  404,   404,   404,      403,       403,   403,        403,          403];

const auditors =                                      [303,     303,   403,  403,  403,   403,   403,      403,       403,   403,        403,          200];
const rightsKeeper =                                  [303,     303,   403,  403,  403,   403,   403,      403,       403,   403,        200,          403];
const accountMakers =                                 [303,     303,   403,  403,  403,   403,   403,      403,       403,   200,        403,          403];
/** 批量导出: asked for by the desks and the system's keeper, answered by a reviewer and the rights' keeper. */
const exporters =                                     [303,     303,   403,  403,  200,   200,   200,      403,       403,   200,        200,          403];
const leadWriters =                                   [303,     303,   403,  403,  200,   200,   403,      403,       200,   403,        403,          403];
const nobodysLead =                                   [303,     303,   403,  403,  404,   404,   404,      403,       404,   403,        403,          404];

/** 入户指导 of a street: its own team, made in the demonstration. */
const teamsStreet =                                   [303,     303,   403,  403,  403,   403,   403,      403,       200,   403,        403,          403];
const nobodysVisit =                                  [303,     303,   403,  403,  403,   403,   403,      403,       404,   403,        403,          403];

type Row = readonly [address: (ids: Ids) => string, expected: readonly number[]];
type Ids = { readonly shared: string; readonly ofX: string; readonly ofY: string; readonly bookingA: string; readonly bookingB: string; readonly institutionA: string; readonly nobody: string };

const matrix: Readonly<Record<string, readonly Row[]>> = {
  'office/': [[() => '/office/', everyOffice]],
  'office/who-sees/': [[() => '/office/who-sees/', everyOffice]],
  'office/accounts/': [[() => '/office/accounts/', keepers]],
  'office/accounts/batch/': [[() => '/office/accounts/batch/', accountMakers]],
  'office/sign-ins/': [[() => '/office/sign-ins/', rightsKeeper]],
  'office/audit/': [[() => '/office/audit/?check=1', auditors]],
  'office/audit/access/': [[() => '/office/audit/access/', auditors]],
  'office/audit/pack/': [[() => '/office/audit/pack/', auditors]],
  'office/audit/impact/': [[() => '/office/audit/impact/', auditors]],
  'office/audit/pack/table/': [[() => '/office/audit/pack/table/?part=map', auditors]],
  'office/audit/table/': [[() => '/office/audit/table/', auditors]],
  'office/exports/': [[() => '/office/exports/', exporters]],
  'office/leads/': [[() => '/office/leads/', supervisors]],
  'office/leads/new/': [[() => '/office/leads/new/', leadWriters]],
  'office/leads/[id]/': [[({ nobody }) => `/office/leads/${nobody}/`, nobodysLead]],
  'office/leads/half-year/': [[() => '/office/leads/half-year/', supervisors]],
  'office/leads/half-year/table/': [[() => '/office/leads/half-year/table/', supervisors]],
  'office/inspections/': [[() => '/office/inspections/', supervisors]],
  'office/inspections/new/': [[() => '/office/inspections/new/', leadWriters]],
  'office/inspections/[id]/': [[({ nobody }) => `/office/inspections/${nobody}/`, nobodysLead]],
  'office/inspections/[id]/photos/[photo].webp/': [[({ nobody }) => `/office/inspections/${nobody}/photos/${nobody}.webp`, nobodysLead]],
  'portal/inspections/': [[() => '/portal/inspections/', everyInstitution]],
  'office/supervision/': [[() => '/office/supervision/', supervisors]],
  'office/supervision/table/': [[() => '/office/supervision/table/', supervisors]],
  'office/supervision/[id]/': [[({ institutionA }) => `/office/supervision/${institutionA}/`, recordOfX], [({ nobody }) => `/office/supervision/${nobody}/`, nobodysRecord]],
  'office/supervision/[id]/[act]/': [
    [({ institutionA }) => `/office/supervision/${institutionA}/decision/`, recordWritten], [({ institutionA }) => `/office/supervision/${institutionA}/duty/?duty=health-check&year=2026`, recordWritten],
    [({ institutionA, nobody }) => `/office/supervision/${institutionA}/withdrawal/?entry=${nobody}`, nobodysEntry], [({ institutionA }) => `/office/supervision/${institutionA}/reply/`, nobodysEntry], [({ nobody }) => `/office/supervision/${nobody}/decision/`, nobodysEntry],
  ],
  'portal/supervision/': [[() => '/portal/supervision/', everyInstitution]],
  'portal/supervision/[act]/': [[() => '/portal/supervision/duty/?duty=health-check&year=2026', everyInstitution], [() => '/portal/supervision/decision/', nobodysTemplate], [({ nobody }) => `/portal/supervision/reply/?entry=${nobody}`, nobodysTemplate]],
  'office/member-report/': [[() => '/office/member-report/', supervisors]],
  'office/member-report/table/': [[() => '/office/member-report/table/', supervisors]],
  'office/home-visits/': [[() => '/office/home-visits/', teamsStreet]],
  'office/home-visits/week/': [[() => '/office/home-visits/week/', teamsStreet]],
  'office/home-visits/day-sheet/': [[() => '/office/home-visits/day-sheet/', teamsStreet]],
  'office/home-visits/find/': [[() => '/office/home-visits/find/', teamsStreet]],
  'office/home-visits/team/': [[() => '/office/home-visits/team/', teamsStreet]],
  'office/home-visits/slots/': [[() => '/office/home-visits/slots/', teamsStreet]],
  'office/home-visits/slots/edit/': [[() => '/office/home-visits/slots/edit/', teamsStreet]],
  'office/home-visits/slots/exception/': [[() => '/office/home-visits/slots/exception/?kind=closed', teamsStreet]],
  'office/home-visits/[id]/': [[({ nobody }) => `/office/home-visits/${nobody}/`, nobodysVisit], [({ bookingA }) => `/office/home-visits/${bookingA}/`, nobodysVisit]],
  'office/cases/': [[() => '/office/cases/', casesSeen]],
  'office/cases/enter/': [[() => '/office/cases/enter/', casesTaken]],
  'office/cases/[id]/': [[({ shared }) => `/office/cases/${shared}/`, caseShared], [({ ofX }) => `/office/cases/${ofX}/`, caseOfX], [({ ofY }) => `/office/cases/${ofY}/`, caseOfY], [({ nobody }) => `/office/cases/${nobody}/`, nobodysFile]],
  'office/cases/[id]/forward/': [[({ shared }) => `/office/cases/${shared}/forward/`, sharedWorked], [({ ofX }) => `/office/cases/${ofX}/forward/`, ofXWorked], [({ ofY }) => `/office/cases/${ofY}/forward/`, ofYWorked]],
  'office/cases/[id]/print/': [[({ shared }) => `/office/cases/${shared}/print/?what=handover`, sharedWorked], [({ ofX }) => `/office/cases/${ofX}/print/?what=handover`, ofXWorked], [({ ofY }) => `/office/cases/${ofY}/print/?what=handover`, ofYWorked]],
  'office/cases/[id]/hotline/': [[({ shared }) => `/office/cases/${shared}/hotline/`, sharedWorked], [({ ofX }) => `/office/cases/${ofX}/hotline/`, ofXWorked], [({ ofY }) => `/office/cases/${ofY}/hotline/`, ofYWorked]],
  'office/cases/[id]/identity/': [[({ shared }) => `/office/cases/${shared}/identity/`, sharedIdentity], [({ ofY }) => `/office/cases/${ofY}/identity/`, ofYIdentity]],
  'office/cases/[id]/files/[file]/': [[({ shared, nobody }) => `/office/cases/${shared}/files/${nobody}/`, nobodysFile], [({ ofY, nobody }) => `/office/cases/${ofY}/files/${nobody}/`, nobodysFile]],
  'office/filings/': [[() => '/office/filings/', filingsSeen]],
  'office/filings/new/': [[() => '/office/filings/new/', filingsWritten]],
  'office/filings/[id]/': [[({ institutionA }) => `/office/filings/${institutionA}/`, filingOfX]],
  'office/filings/[id]/sheet/': [[({ institutionA }) => `/office/filings/${institutionA}/sheet/`, filingOfX]],
  'office/filings/registrations/[id]/': [[({ nobody }) => `/office/filings/registrations/${nobody}/`, noRegistration]],
  'office/calls/': [[() => '/office/calls/', callingOffices]],
  'office/listings/': [[() => '/office/listings/', reviewers]],
  'office/listings/[id]/': [[({ nobody }) => `/office/listings/${nobody}/`, nobodysDraft]],
  'office/listings/photos/[institution]/[photo]/': [[({ institutionA, nobody }) => `/office/listings/photos/${institutionA}/${nobody}/`, nobodysDraft]],
  'office/listings/enter/': [[() => '/office/listings/enter/', casesTaken]],
  'office/listings/enter/[id]/': [[({ institutionA }) => `/office/listings/enter/${institutionA}/`, enteredOfX]],
  'office/listings/enter/[id]/[group]/': [[({ institutionA }) => `/office/listings/enter/${institutionA}/fees/`, enteredOfX]],
  'office/listings/enter/[id]/preview/': [[({ institutionA }) => `/office/listings/enter/${institutionA}/preview/`, enteredOfX]],
  'office/listings/enter/[id]/pause/': [[({ institutionA }) => `/office/listings/enter/${institutionA}/pause/`, enteredOfX]],
  'office/listings/enter/[id]/photos/': [[({ institutionA }) => `/office/listings/enter/${institutionA}/photos/`, enteredOfX]],
  'office/listings/enter/[id]/photos/[photo]/': [[({ institutionA, nobody }) => `/office/listings/enter/${institutionA}/photos/${nobody}/`, nobodysPhoto]],
  'office/reports/': [[() => '/office/reports/', reportsSeen]],
  'office/reports/[id]/': [[({ nobody }) => `/office/reports/${nobody}/`, nobodysReport]],
  'portal/reports/': [[() => '/portal/reports/', everyInstitution]],
  'portal/listing/': [[() => '/portal/listing/', everyInstitution]],
  'portal/listing/[group]/': [[() => '/portal/listing/fees/', everyInstitution], [() => '/portal/listing/nothing/', nobodysTemplate]],
  'portal/listing/preview/': [[() => '/portal/listing/preview/', everyInstitution]],
  'portal/listing/pause/': [[() => '/portal/listing/pause/', everyInstitution]],
  'portal/listing/photos/': [[() => '/portal/listing/photos/', everyInstitution]],
  'portal/listing/photos/[photo]/': [[({ nobody }) => `/portal/listing/photos/${nobody}/`, nobodysTemplate]],
  'office/messages/': [[() => '/office/messages/', filingsWritten]],
  'office/signals/': [[() => '/office/signals/', supervisors]],
  'office/demand/': [[() => '/office/demand/', counters]],
  'office/affordable/': [[() => '/office/affordable/', filingsSeen]],
  'office/affordable/[id]/': [[({ institutionA }) => `/office/affordable/${institutionA}/`, filingOfX]],
  'office/import/': [[() => '/office/import/', filingsWritten]],
  'office/import/[id]/': [[({ nobody }) => `/office/import/${nobody}/`, noRegistration]],
  'office/due/': [[() => '/office/due/?queue=counts', dueSeen]],
  'office/counts/': [[() => '/office/counts/', counters]],
  'office/counts/export/': [[() => '/office/counts/export/', counters]],
  'office/counts/[id]/': [[({ nobody }) => `/office/counts/${nobody}/`, countOfAnother]],
  'portal/count/': [[() => '/portal/count/', ownCount]],
  'office/banners/': [[() => '/office/banners/', filingsWritten]],
  'office/incident/': [[() => '/office/incident/', [303, 303, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403]]],
  'office/data-files/': [[() => '/office/data-files/', [303, 303, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403]]],
  'office/terms/': [[() => '/office/terms/', filingsWritten]],
  'portal/slots/': [[() => '/portal/slots/', everyInstitution]],
  'portal/slots/edit/': [[() => '/portal/slots/edit/', everyInstitution], [({ nobody }) => `/portal/slots/edit/?id=${nobody}`, nobodysTemplate]],
  'portal/slots/exception/': [[() => '/portal/slots/exception/', everyInstitution]],
  'portal/terms/': [[() => '/portal/terms/', everyInstitution]],
  'portal/calls/': [[() => '/portal/calls/', callingInstitutions]],
  'portal/': [[() => '/portal/', everyInstitution]],
  'portal/who-sees/': [[() => '/portal/who-sees/', everyInstitution]],
  'portal/cases/': [[() => '/portal/cases/', everyInstitution]],
  'portal/codes/': [[() => '/portal/codes/', everyInstitution]],
  'portal/places/': [[() => '/portal/places/', everyInstitution]],
  'portal/bookings/': [[() => '/portal/bookings/', everyInstitution]],
  'portal/bookings/week/': [[() => '/portal/bookings/week/', everyInstitution]],
  'portal/bookings/day-sheet/': [[() => '/portal/bookings/day-sheet/', everyInstitution]],
  'portal/bookings/find/': [[() => '/portal/bookings/find/', everyInstitution]],
  'portal/bookings/walk-in/': [[() => '/portal/bookings/walk-in/', everyInstitution]],
  'portal/bookings/[id]/': [[({ bookingA }) => `/portal/bookings/${bookingA}/`, instAOnly], [({ bookingB }) => `/portal/bookings/${bookingB}/`, instBOnly]],
};

const dataDir = newDataDir();
let [site, app]: [Site | undefined, App | undefined] = [undefined, undefined];
let cookies: ReadonlyMap<Person, string> = new Map();
let ids: Ids | undefined;

async function signedIn(desk: App, { login, password, totpSecret }: StaffAccount): Promise<string> {
  const caller = { address: '127.0.0.1', device: { name: '测试', token: 'a-browser' }, session: undefined };
  const first = await desk.accounts.signIn(login, password, caller);
  if (!first.ok) throw new Error(`${login}: ${first.reason}`);
  if (first.value.kind === 'in') return `__Host-sid=${first.value.token}`;
  if (first.value.kind !== 'code') throw new Error(`${login}: ${first.value.kind}`);
  const second = await desk.accounts.enterCode(first.value.pending, new TOTP({ secret: Secret.fromBase32(totpSecret ?? '') }).generate(), caller);
  if (!second.ok) throw new Error(`${login}: ${second.reason}`);
  return `__Host-sid=${second.value.token}`;
}

/** A visit booked at an institution, by its id at the desk. */
async function bookedAt(where: Site, desk: App, institution: string, key: string): Promise<string> {
  const slot = (await visitsOf(where, institution)).find(({ open }) => open > 0);
  if (!slot) throw new Error('no visit to book');
  const { reference } = z.object({ reference: z.string() }).parse(JSON.parse((await book(where, key, aBooking(slot.id))).text));
  return (await rowOf(desk, deskFor(desk, slot), isoDate.parse(slot.startsAt.slice(0, 10)), reference)).booking;
}

beforeAll(async () => {
  site = await startSite(dataDir);
  const demo = (role: string, place = '120105') => demoAccountOf(dataDir, role, place);
  const institutionA = await demo('institution');
  app = await openDesk(dataDir);
  const others = (await app.accounts.institutionNames('120105')).filter(({ id }) => id !== institutionA.institution);
  let institutionB: StaffAccount | undefined;
  for (const { id } of others) if (institutionB === undefined && (await visitsOf(site, id)).some(({ open }) => open > 0)) institutionB = await accountAt(app, id, 'institution-b-of-a-test');
  if (institutionB === undefined) throw new Error('no second institution');
  const accounts: readonly (readonly [Person, StaffAccount])[] = [
    ['institutionA', institutionA], ['institutionB', institutionB], ['clerkX', await demo('clerk')], ['clerkY', await demo('clerk', '140525')], ['reviewerX', await demo('reviewer')], ['department', await demo('department')], ['street', await demo('street')],
    ['systemAdmin', await demo('systemAdmin')], ['securityAdmin', await demo('securityAdmin')], ['auditor', await demo('auditor')],
  ];
  const made = new Map<Person, string>([['parent', 'mode=elder']]);
  for (const [person, account] of accounts) made.set(person, await signedIn(app, account));
  cookies = made;
  const place = app.findJurisdiction('hebei');
  const [department, street] = [place?.departments[0]?.key ?? '', subdistrictCode.parse(place?.subdistricts[0]?.code)];
  const [shared, ofX, ofY] = [await takeDown(app, 'matrix-shared', { subdistrict: street, identity: 'confidential', phone: '13700002222' }), await takeDown(app, 'matrix-of-x'), await takeDown(app, 'matrix-of-y', { identity: 'confidential', phone: '13700002222' }, '140525')];
  for (const [at, one] of [department, 'subdistrict-offices'].entries()) {
    const added = await app.cases.addTask(anyDesk(), { id: shared.id, version: at + 1 }, 'joint', one, null);
    if (!added.ok) throw new Error(`no joint task: ${added.reason}`);
  }
  ids = {
    shared: shared.id, ofX: ofX.id, ofY: ofY.id, institutionA: institutionA.institution ?? '', nobody: '01a206a0-974b-7542-b7a7-e8f50dff47e6',
    bookingA: await bookedAt(site, app, institutionA.institution ?? '', 'matrix-booking-a'), bookingB: await bookedAt(site, app, institutionB.institution ?? '', 'matrix-booking-b'),
  };
}, 240_000);
afterAll(async () => {
  await app?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

const pages = join(import.meta.dirname, '..', '..', 'src', 'pages');
const routes = globSync('{office,portal}/**/*.{astro,ts}', { cwd: pages }).map((file) => file.replace(/(^|\/)index\.(astro|ts)$/, '$1').replace(/\.(astro|ts)$/, '/')).toSorted();

test('every page under office/ and portal/ has its row, and every row its page', () => {
  expect(routes).toEqual(Object.keys(matrix).toSorted());
});

test.each(Object.entries(matrix))('%s answers each as typed', async (_route, rows) => {
  if (!site || !ids) throw new Error('Nothing was started.');
  for (const [address, expected] of rows) {
    const path = address(ids);
    const answered: number[] = [];
    for (const person of people) {
      const cookie = cookies.get(person);
      const response = await fetch(`${site.origin}${path}`, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
      answered.push(response.status);
      if (response.status === 303) expect(response.headers.get('location'), `${person} ${path}`).toMatch(/^\/sign-in\/\?to=/);
      expect(response.headers.get('cache-control'), `${person} ${path}`).toMatch(response.status === 404 ? /no-store|no-cache/ : /no-store/);
    }
    expect(Object.fromEntries(people.map((person, at) => [person, answered[at]])), path).toEqual(Object.fromEntries(people.map((person, at) => [person, expected[at]])));
  }
}, 60_000);

test.each(Object.entries(matrix))('%s takes no form from whoever may not open it', async (_route, rows) => {
  if (!site || !ids) throw new Error('Nothing was started.');
  for (const [address, expected] of rows) {
    for (const [at, person] of people.entries()) {
      const [cookie, status] = [cookies.get(person), expected[at]];
      if (status === 200) continue;
      const response = await fetch(`${site.origin}${address(ids)}`, { method: 'POST', redirect: 'manual', headers: { 'origin': site.origin, 'content-type': 'application/x-www-form-urlencoded', ...(cookie === undefined ? {} : { cookie }) }, body: 'act=accept&version=1' });
      expect([status, 403, 404, 405].includes(response.status), `${person} ${address(ids)}: ${String(response.status)}`).toBe(true);
    }
  }
}, 60_000);

test('whoever was turned away for want of a permission stands in the record, with the permission and nothing of the page', async () => {
  const cookie = cookies.get('auditor') ?? '';
  const rows = async (): Promise<readonly string[]> => (await (await fetch(`${site?.origin ?? ''}/office/audit/table/`, { headers: { cookie } })).text()).split('\r\n').filter((row) => row.includes('没有权限，被拒绝'));
  for (const person of people) if (person !== 'auditor') await fetch(`${site?.origin ?? ''}/office/audit/`, { headers: { cookie: cookies.get(person) ?? '' }, redirect: 'manual' });
  // Those of the place who are turned away: two institutions, clerk, reviewer, department, street, two keepers.
  await expect.poll(async () => new Set((await rows()).map((row) => row.split(',')[2])).size, { timeout: 15_000 }).toBeGreaterThanOrEqual(8);
  expect((await rows()).join('\n')).toMatch(/audit/);
  expect((await rows()).join('\n')).not.toMatch(/\/office\/|\/portal\//);
});
