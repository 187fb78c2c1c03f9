import SQLite from 'better-sqlite3';

const perSlot = 4;
const daysBack = 84; // inside the 90 days after which a family's data is forgotten

/**
 * Writes `count` bookings of the last twelve weeks into a closed SQLite file, with slots, children, moves, sent messages
 * and audit events as the program leaves them, ids in order of time and everything hashed or sealed as noise. The audit
 * chain's hashes are invented: what is measured only ever reads its head. Answers the bookings counted afterwards.
 */
export function writeBookings(file: string, jurisdiction: string, count: number, today: number): number {
  const db = new SQLite(file);
  db.pragma('journal_mode = OFF'); // a throw-away copy: nothing to roll back to
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -400000');
  const slots = Math.ceil(count / perSlot);
  // Bookings are numbered from 0, slots by fours of them; ids sort as the program's do, the rest is noise.
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)`;
  const id = (kind: string, number: string): string => `printf('0190a000-${kind}-7000-8000-%012x', ${number})`;
  const slotOf = `(i / ${perSlot})`;
  const at = `(:today - (1 + ${slotOf} % ${daysBack}) * 86400000)`;
  const run = (statement: string, values: Readonly<Record<string, unknown>>): void => { db.prepare(statement).run(values); };
  const all = { count, today, jurisdiction };
  db.exec('BEGIN');
  db.prepare('CREATE TEMP TABLE host (n integer PRIMARY KEY, id text NOT NULL)').run();
  db.prepare('INSERT INTO host SELECT row_number() OVER (ORDER BY id) - 1, id FROM institution WHERE jurisdiction_code = ?').run(jurisdiction);
  const hosts = Number(db.prepare('SELECT count(*) FROM host').pluck().get());
  const hostOf = `(SELECT id FROM host WHERE n = ${slotOf} / ${daysBack} % ${hosts})`;
  run(`WITH RECURSIVE n(s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :slots)
    INSERT INTO slot (id, jurisdiction_code, institution_id, kind, starts_at, ends_at, capacity, taken, state, bands)
    SELECT ${id('aaaa', 's')}, :jurisdiction, host.id, 'visit', starts, starts + 1800000, ${perSlot}, ${perSlot}, 'open', '[]'
    FROM (SELECT s, :today - (1 + s % ${daysBack}) * 86400000 + (s / ${daysBack} / ${hosts}) * 1800000 AS starts FROM n) JOIN host ON host.n = s / ${daysBack} % ${hosts}`, { slots, today, jurisdiction });
  run(`${numbers} INSERT INTO booking (id, jurisdiction_code, reference, query_code_hash, slot_id, state, seats, version, sealed_contact, acting_as, rules_version, created_at)
    SELECT ${id('bbbb', 'i')}, :jurisdiction, printf('Y-%08X', (i * 2654435761) % 4294967296), hex(randomblob(21)), ${id('aaaa', slotOf)}, 'attended', 1, 2, hex(randomblob(150)), 'guardian', '2026-11', ${at} FROM n`, all);
  run(`${numbers} INSERT INTO booking_child (booking_id, ordinal, child_key, slot_id, institution_id, day, holds)
    SELECT ${id('bbbb', 'i')}, 0, hex(randomblob(21)), ${id('aaaa', slotOf)}, ${hostOf}, date(${at} / 1000, 'unixepoch'), 0 FROM n`, all);
  run(`${numbers} INSERT INTO booking_move (booking_id, ordinal, at, kind) SELECT ${id('bbbb', 'i')}, 1, ${at}, 'booked' FROM n`, all);
  run(`${numbers} INSERT INTO booking_move (booking_id, ordinal, at, kind) SELECT ${id('bbbb', 'i')}, 2, ${at}, 'attended' FROM n`, all);
  run(`${numbers} INSERT INTO outbox (id, jurisdiction_code, kind, sealed, created_at, due_at, sent_at, attempts)
    SELECT ${id('cccc', 'i')}, :jurisdiction, 'booking-made', hex(randomblob(60)), ${at}, ${at}, ${at}, 1 FROM n`, all);
  const head = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM audit_event WHERE jurisdiction_code = ?').pluck().get(jurisdiction));
  run(`${numbers} INSERT INTO audit_event (jurisdiction_code, seq, id, at, kind, actor, object_kind, object_id, detail, previous_hash, hash)
    SELECT :jurisdiction, :head + 1 + i, ${id('dddd', 'i')}, ${at}, 'booking-made', 'parent', 'booking', ${id('bbbb', 'i')}, '{"seats":1}', hex(randomblob(32)), hex(randomblob(32)) FROM n`, { ...all, head });
  db.prepare('UPDATE audit_head SET seq = seq + ? WHERE jurisdiction_code = ?').run(count, jurisdiction);
  db.exec('COMMIT');
  db.exec('ANALYZE');
  const written = Number(db.prepare('SELECT count(*) FROM booking').pluck().get());
  db.pragma('journal_mode = WAL');
  db.close();
  return written;
}
