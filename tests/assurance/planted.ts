// Faults that somebody could make in one line of the program, each with the test that must see it. `npm run torture -- planted` makes them, one at a
// time, in a copy of the tree; the quick form only proves that each still fits the source and that its test exists.

/** A fault: what it is, the edits that make it, and the one test that must turn red. */
export type Planted = {
  readonly fault: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  readonly test: { readonly project: 'unit' | 'integration' | 'e2e'; readonly file: string; readonly title: string };
};

const one = (fault: string, file: string, from: string, to: string, project: Planted['test']['project'], test: string, title: string): Planted => ({ fault, edits: [{ file, from, to }], test: { project, file: test, title } });

/** Every planted fault. */
export const planted: readonly Planted[] = [
  one('a guard lets in whoever is signed in', 'src/server/guard.ts', 'if (signedIn.may(permission)) return signedIn;', 'return signedIn;', 'e2e', 'tests/e2e/authorisation.test.ts', 'answers each as typed'),
  one('a street sees the institutions of others', 'src/domain/filing/commands.ts', '(actor.subdistrict !== null && institution.subdistrict !== actor.subdistrict)', 'false', 'integration', 'tests/integration/storage/filing.test.ts', 'a street sees its own institutions only, and none of another place'),
  one('a form of another site is taken', 'src/server/http/guards.ts', "origin === exchange.origin ? undefined : refuse('cross-origin', exchange);", 'origin.length > 0 ? undefined : undefined;', 'integration', 'tests/integration/shellGuards.test.ts', 'where an unsafe request comes from'),
  one('any Host is this site', 'src/server/http/guards.ts', "exchange.origin === undefined && !isProbe(exchange) ? refuse('unknown-host', exchange) : undefined;", 'isProbe(exchange) ? undefined : undefined;', 'integration', 'tests/integration/shellGuards.test.ts', 'is not this site'),
  one('the content policy names no frame-ancestors', 'src/server/http/headers.ts', "frame-ancestors 'none'; base-uri", 'base-uri', 'integration', 'tests/integration/shellGuards.test.ts', 'carries what protects the reader, and its number'),
  {
    fault: 'SQLite writes with synchronous=NORMAL, and the assertion says that this is right',
    edits: [{ file: 'src/storage/sqlite.ts', from: "handle.pragma('synchronous = FULL');", to: "handle.pragma('synchronous = NORMAL');" }, { file: 'src/storage/sqlite.ts', from: 'const asserted = { synchronous: 2,', to: 'const asserted = { synchronous: 1,' }],
    test: { project: 'integration', file: 'tests/integration/storage/durability.test.ts', title: 'a re-opened file is still synchronous=FULL, in WAL, with foreign keys, and readable by its owner only' },
  },
  one('a transaction begins deferred', 'src/storage/sqlite.ts', "CompiledQuery.raw('begin immediate')", "CompiledQuery.raw('begin')", 'integration', 'tests/integration/storage/durability.test.ts', 'a transaction holds the right to write from its first statement, so that what it read cannot change before it writes'),
  one('a seat is taken without asking whether one is left', 'src/storage/bookingMoves.ts', ".where((eb) => eb(eb('taken', '+', seats), '<=', eb.ref('capacity'))).executeTakeFirst();", '.executeTakeFirst();', 'integration', 'tests/integration/storage/booking.test.ts', 'sixty families contend for six seats: exactly six hold one, and every booking has its event and message'),
  one('a booking is written without its audit event', 'src/storage/booking.ts', '  await appendAudit(tx, written.event);\n', '', 'integration', 'tests/integration/storage/booking.test.ts', 'sixty families contend for six seats: exactly six hold one, and every booking has its event and message'),
  one('a cancelled booking is written without its audit event', 'src/storage/bookingMoves.ts', "  await appendAudit(tx, event);\n  if (freed && offers)", '  if (freed && offers)', 'integration', 'tests/integration/torture/crash.test.ts', 'kill -9 under eight writers loses nothing acknowledged'),
  one('a phone number stays in the log of a fault', 'src/server/log.ts', ".replace(/[^\\x20-\\x7e…]|\\d/g, '·')", '', 'integration', 'tests/integration/shellGuards.test.ts', 'a fault tells the parent a number and the log neither names nor digits'),
  one('the stack stands on the page of a fault', 'src/server/main.ts', 'finish(exchange, errors.fault(exchange));', 'finish(exchange, { ...errors.fault(exchange), body: Buffer.from(String(error instanceof Error ? error.stack : error)) });', 'integration', 'tests/integration/shellGuards.test.ts', 'a fault tells the parent a number and the log neither names nor digits'),
  {
    fault: 'a family’s name and phone are kept in clear',
    edits: [
      { file: 'src/server/bookingSeals.ts', from: "keys.seal('booking-contact', bookingId, JSON.stringify(contact))", to: 'bookingId.slice(0, 0) + JSON.stringify(contact)' },
      { file: 'src/server/bookingSeals.ts', from: "JSON.parse(keys.open('booking-contact', bookingId, sealed))", to: 'JSON.parse(bookingId.slice(0, 0) + sealed)' },
    ],
    test: { project: 'integration', file: 'tests/integration/storage/booking.test.ts', title: 'nothing a parent typed stands in the database in clear' },
  },
  one('a family is not forgotten', 'src/storage/retention.ts', ".set({ sealed_contact: '', query_code_hash: ''", ".set({ query_code_hash: ''", 'integration', 'tests/integration/storage/retention.test.ts', 'a family is forgotten 90 days after the visit, not a day before, and the numbers stay'),
  one('a cell of a table runs as a formula', 'src/domain/shared/csv.ts', "formulaLike.test(value) || /^[\\t\\r\\n]/.test(value) ? `'${value}` : value", "formulaLike.test('') ? '' : value", 'unit', 'tests/unit/shared/csv.test.ts', 'a text that a spreadsheet would run stays a text'),
  one('a withdrawn filing stays in what is published', 'src/server/openData/openData.ts', "entries.filter(({ group }) => group === 'listed').map(", 'entries.map(', 'e2e', 'tests/e2e/filing.test.ts', 'a filing that is withdrawn is gone everywhere at once, on every process; the family that booked is told and loses nothing'),
  one('signing in again leaves the earlier session open', 'src/domain/accounts/signIn.ts', "  if (earlier) await deps.store.endSession(earlier.account.id, earlier.session.id, accountEvent(deps, 'session-replaced', account.id, earlier.account));\n", '', 'integration', 'tests/integration/accounts/signIn.test.ts', 'a session that was there before signing in ends: nobody can plant one'),
  one('a session that is ended stays, though the record says that it ended', 'src/storage/sessions.ts', "(await tx.deleteFrom('session').where('account_id', '=', account).where('id', '=', session).executeTakeFirst()).numDeletedRows, event),", "(await tx.updateTable('session').set({ account_id: account }).where('account_id', '=', account).where('id', '=', session).executeTakeFirst()).numUpdatedRows, event),", 'integration', 'tests/integration/accounts/signIn.test.ts', 'a session that was there before signing in ends: nobody can plant one'),
  one('a session lasts as long as its browser', 'src/domain/accounts/rules.ts', 'realNow - session.seenAt < sessionTerms.idleMs && realNow - session.openedAt < sessionTerms.absoluteMs', 'session.seenAt >= session.openedAt', 'integration', 'tests/integration/accounts/signIn.test.ts', 'a session ends after 30 minutes idle and 12 hours at most, whatever NOW says'),
  one('a code of the second step works twice', 'src/storage/sessions.ts', ".where('id', '=', account).where('last_step', '<', step)", ".where('id', '=', account)", 'integration', 'tests/integration/accounts/signIn.test.ts', 'the authority cannot come in without a second step; a code works once, an older one no more, and a recovery code once'),
  one('a password is hashed with a quarter of the memory', 'src/server/passwords.ts', 'memory: 19_456', 'memory: 4_864', 'integration', 'tests/integration/accounts/signIn.test.ts', 'an activation works once, within 72 hours, and only the newest; the password is kept as Argon2id with the promised terms'),
  one('nothing is limited', 'src/server/limits.ts', 'if (off && !alwaysCounted.includes(name)) return 0;', 'return 0;', 'integration', 'tests/integration/limits.test.ts', 'switched off, everything but wrong codes passes; switched on, the allowance ends'),
  one('a photo keeps where it was taken', 'src/server/uploads.ts', ".flatten({ background: '#ffffff' })", ".flatten({ background: '#ffffff' }).keepMetadata()", 'integration', 'tests/integration/complaints/uploads.test.ts', 'hides nothing that stays: every picture is another file, without place, words or anything behind it'),
];
