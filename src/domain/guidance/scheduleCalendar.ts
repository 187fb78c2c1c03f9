// RFC 5545 by hand, because the file is made on the device and must stay small there.

/** One whole-day entry: `uid` stays the same whenever the file is made again, so that a calendar replaces and does not double. */
export type CalendarEntry = { readonly uid: string; readonly day: string; readonly nextDay: string; readonly summary: string; readonly description: string };

// RFC 5545 section 3.3.11: TEXT escapes backslash, semicolon, comma and line break.
const escapeText = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, '\\n');

const octetsOf = (sign: string): number => {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** Folds a content line at 75 octets of UTF-8, never inside a character (RFC 5545 section 3.1). */
export const foldLine = (line: string): string => {
  let [folded, octets] = ['', 0];
  for (const sign of line) {
    const more = octetsOf(sign);
    if (octets + more > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += sign;
    octets += more;
  }
  return folded;
};

const basic = (day: string): string => day.replaceAll('-', '');

/** 日历文件: whole-day entries with a reminder at nine the morning before; `stamp` is a day, UTC midnight of which is DTSTAMP. */
export const writeCalendar = (name: string, entries: readonly CalendarEntry[], stamp: string): string => [
  'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//tuoyu//this-month//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escapeText(name)}`,
  ...entries.flatMap(({ uid, day, nextDay, summary, description }) => [
    'BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${basic(stamp)}T000000Z`, `DTSTART;VALUE=DATE:${basic(day)}`, `DTEND;VALUE=DATE:${basic(nextDay)}`,
    `SUMMARY:${escapeText(summary)}`, `DESCRIPTION:${escapeText(description)}`, 'TRANSP:TRANSPARENT',
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escapeText(summary)}`, 'TRIGGER:-PT15H', 'END:VALARM', 'END:VEVENT',
  ]),
  'END:VCALENDAR',
].map((line) => `${foldLine(line)}\r\n`).join('');
