const shanghaiMs = 8 * 3_600_000;

// Asia/Shanghai has kept UTC+8 without summer time since 1992.
const zone = [
  'BEGIN:VTIMEZONE', 'TZID:Asia/Shanghai', 'BEGIN:STANDARD', 'DTSTART:19920101T000000', 'TZOFFSETFROM:+0800', 'TZOFFSETTO:+0800', 'TZNAME:CST', 'END:STANDARD', 'END:VTIMEZONE', '',
].join('\r\n');

const localTime = (utc: string): string => {
  const [year, month, day, hour, minute, second] = [utc.slice(0, 4), utc.slice(4, 6), utc.slice(6, 8), utc.slice(9, 11), utc.slice(11, 13), utc.slice(13, 15)].map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + shanghaiMs).toISOString();
  return at.slice(0, 19).replaceAll(/[-:]/g, '');
};

/** Rewrites the beginnings and ends of a calendar's events from UTC to Asia/Shanghai, with its VTIMEZONE. The generator itself would write a `Date` in the server's zone. */
export const inShanghai = (calendar: string): string =>
  calendar.replace(/^(?=BEGIN:VEVENT)/m, zone).replaceAll(/^(DTSTART|DTEND):(\d{8}T\d{6})Z\r?$/gm, (_line, name: string, utc: string) => `${name};TZID=Asia/Shanghai:${localTime(utc)}\r`);
