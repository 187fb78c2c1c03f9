import type { Transporter } from 'nodemailer';
import type { Delivery, MailSender } from '#domain/notices/ports.ts';
import { isLoopback, senderOf } from '#server/config.ts';

const usualPatienceMs = 20_000;

const numberIn = (fault: unknown, key: string): number | undefined => {
  const value: unknown = typeof fault === 'object' && fault !== null ? Reflect.get(fault, key) : undefined;
  return typeof value === 'number' ? value : undefined;
};

/** What a failed sending means: a 5xx answer of the server is its last word, all else may pass. The server's own text is never kept: it may quote the address. */
export function readMailFault(fault: unknown): Exclude<Delivery, { kind: 'sent' }> {
  const code = numberIn(fault, 'responseCode');
  if (code !== undefined && code >= 500 && code < 600 && code !== 530 && code !== 535 && code !== 534) return { kind: 'never', fault: `mail-${code}` };
  if (code !== undefined) return { kind: 'later', fault: `mail-${code}` };
  const name = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' && /^[A-Z]{3,20}$/.test(fault.code) ? fault.code : 'unknown';
  return name === 'EENVELOPE' || name === 'EMESSAGE' ? { kind: 'never', fault: `mail-${name}` } : { kind: 'later', fault: `mail-${name}` };
}

/** 邮件 through the server of MAIL_URL; null without one. A message keeps its Message-ID when it is sent again, so that a mailbox can tell. */
export function mailSender(mailUrl: string | undefined, patienceMs = usualPatienceMs): MailSender | null {
  if (mailUrl === undefined) return null;
  const url = new URL(mailUrl);
  const from = senderOf(mailUrl);
  if (from === undefined) throw new Error('MAIL_URL names no sender');
  const secure = url.protocol === 'smtps:';
  const connect = async (): Promise<Transporter> => (await import('nodemailer')).createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), secure,
    ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    // Over an open wire only to this machine itself, and a password not even there.
    requireTLS: !secure && (url.username !== '' || !isLoopback(url.hostname)), tls: { minVersion: 'TLSv1.2' },
    connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs, disableFileAccess: true, disableUrlAccess: true,
  });
  let transport: Promise<Transporter> | undefined; // made for the first message: a start needs none
  const domain = from.slice(from.indexOf('@') + 1);
  return {
    send: async ({ to, subject, text, key, calendar }): Promise<Delivery> => {
      try {
        transport ??= connect();
        await (await transport).sendMail({
          from: { name: '托育服务', address: from }, to: { name: '', address: to }, subject, text, messageId: `<${key}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated', 'X-Notice-Key': key },
          ...(calendar === null ? {} : { icalEvent: { method: calendar.method, filename: 'booking.ics', content: calendar.text } }),
        });
        return { kind: 'sent' };
      } catch (fault) {
        return readMailFault(fault);
      }
    },
    close: () => { void transport?.then((open) => { open.close(); }); },
  };
}
