import { createHmac } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Delivery, SmsSender } from '#domain/notices/ports.ts';

const patienceMs = 10_000;

/** A number as a trial's file may hold it: 138****0000. */
export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

const intoFile = (file: string, now: () => number): SmsSender => ({
  send: async ({ phone, text, key }): Promise<Delivery> => {
    try {
      await appendFile(file, `${JSON.stringify({ at: new Date(now()).toISOString(), phone: maskedPhone(phone), text, key })}\n`, { mode: 0o600 });
      return { kind: 'sent' };
    } catch (fault) {
      return { kind: 'later', fault: fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : 'file' };
    }
  },
});

/**
 * POST application/json `{"phone","text","key"}`. Headers: `X-Timestamp` (Unix seconds) and `X-Signature`, hex HMAC-SHA-256 of
 * `timestamp + "." + body` under the password of SMS_URL; `Idempotency-Key` is `key`, the same whenever the same notice is sent again.
 * 2xx: taken. 408, 425, 429 and 5xx: again later. Anything else: never, somebody telephones.
 */
const overHttp = (url: URL, now: () => number): SmsSender => {
  const secret = decodeURIComponent(url.password);
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return {
    send: async ({ phone, text, key }): Promise<Delivery> => {
      const body = JSON.stringify({ phone, text, key });
      const timestamp = String(Math.floor(now() / 1000));
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      try {
        const answer = await fetch(bare, {
          method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(patienceMs),
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'X-Timestamp': timestamp, 'X-Signature': signature },
        });
        await answer.body?.cancel();
        if (answer.ok) return { kind: 'sent' };
        const again = answer.status >= 500 || [408, 425, 429].includes(answer.status);
        return { kind: again ? 'later' : 'never', fault: `sms-${answer.status}` };
      } catch (fault) {
        return { kind: 'later', fault: fault instanceof Error && fault.name === 'TimeoutError' ? 'sms-timeout' : 'sms-unreachable' };
      }
    },
  };
};

/** 短信 over the channel that SMS_URL names; null without one, and then every notice is a row of the call list. `now` is real time. */
export function smsSender(smsUrl: string | undefined, now: () => number): SmsSender | null {
  if (smsUrl === undefined) return null;
  const url = new URL(smsUrl);
  return url.protocol === 'file:' ? intoFile(fileURLToPath(url), now) : overHttp(url, now);
}
