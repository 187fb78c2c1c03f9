import { useState } from 'preact/hooks';

interface Props {
  readonly text: string;
  readonly label: string;
  readonly done: string;
}

/** 复制: puts a text on the clipboard. Rendered only in the browser; without JavaScript the text itself can be selected. */
export default function CopyText({ text, label, done }: Props) {
  const [copied, setCopied] = useState(false);
  if (!('clipboard' in navigator)) return null;
  const copy = () => {
    navigator.clipboard.writeText(text).then(() => { setCopied(true); }, () => { setCopied(false); });
  };
  return <button type="button" class="copy" onClick={copy} aria-live="polite">{copied ? done : label}</button>;
}
