// 分享: the system's own sheet where there is one, else one press to copy; without either the text can be selected by hand.
import { shareText as words } from '#text/share.ts';

const start = (share: HTMLDetailsElement): void => {
  const text = share.querySelector('[data-share-text]')?.textContent ?? '';
  const copy = share.querySelector<HTMLButtonElement>('[data-share-copy]');
  const said = share.querySelector('[data-share-said]');
  const { title = '', link = '' } = share.dataset;
  const say = (sentence: string): void => { if (said) said.textContent = sentence; };
  if (copy && 'clipboard' in navigator) {
    copy.hidden = false;
    copy.addEventListener('click', () => {
      navigator.clipboard.writeText(text).then(() => { say(words.copied); }, () => { say(words.byHand); });
    });
  }
  if (!('share' in navigator)) return;
  share.querySelector('summary')?.addEventListener('click', (event) => {
    if (share.open) return;
    event.preventDefault();
    // Closed by hand is an answer too; anything else opens the text.
    navigator.share({ title, text: text.replace(link, '').trim(), url: link }).catch((fault: unknown) => {
      if (!(fault instanceof DOMException) || fault.name !== 'AbortError') share.open = true;
    });
  });
};

for (const share of document.querySelectorAll<HTMLDetailsElement>('[data-share]')) start(share);
