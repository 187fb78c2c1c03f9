import { activationHours } from '#domain/accounts/rules.ts';
import { writeInstant, type Instant } from '#domain/shared/dates.ts';
import { qrPath } from '#server/qrPath.ts';
import { slotStartText } from '#text/dates.ts';
import { letterText } from '#text/letters.ts';

/** 激活信: who it is for, the login and the code; nothing of it is kept. */
export type Letter = { readonly to: string; readonly place: string; readonly login: string; readonly code: string; readonly expiresAt: Instant };

/** 激活链接: the code stands after #, so that no server, proxy or log ever sees it. */
export const activationLink = (origin: string, code: string): string => `${origin}/activate/#${code}`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);

const style = 'body{margin:0;font:16px/1.8 "PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1f1b16;background:#fff}'
  + 'article{max-width:40em;margin:0 auto;padding:3em 2em;break-after:page}h1{font-size:22px}dl{display:grid;grid-template-columns:auto 1fr;gap:.3em 1.2em}dt{color:#544c43}dd{margin:0;font-weight:700}'
  + 'svg{width:200px;height:200px;display:block}.code{font-size:20px;letter-spacing:.06em}.small{font-size:14px;color:#544c43}';

function letterOf(letter: Letter, origin: string): string {
  const qr = qrPath(activationLink(origin, letter.code));
  const side = String(qr.side);
  const steps = letterText.steps(`${origin}/activate/`).map((step) => `<li>${escaped(step)}</li>`).join('');
  return `<article><h1>${escaped(letterText.title(letter.place))}</h1><p>${escaped(letterText.to(letter.to))}</p><p>${escaped(letterText.intro)}</p>`
    + `<svg viewBox="0 0 ${side} ${side}" role="img" aria-label="${escaped(letterText.qr)}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${qr.d}"/></svg>`
    + `<dl><dt>${escaped(letterText.login)}</dt><dd>${escaped(letter.login)}</dd><dt>${escaped(letterText.code)}</dt><dd class="code">${escaped(letter.code)}</dd><dt>${escaped(letterText.until)}</dt><dd>${escaped(slotStartText(writeInstant(letter.expiresAt)))}</dd></dl>`
    + `<ol>${steps}</ol><p class="small">${escaped(letterText.care(activationHours))}</p></article>`;
}

/** 激活信 for printing, one page each: a file that needs nothing else. */
export const lettersPage = (letters: readonly Letter[], origin: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(letterText.file)}</title><style>${style}</style></head><body>${letters.map((letter) => letterOf(letter, origin)).join('\n')}</body></html>\n`;
