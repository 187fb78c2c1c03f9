import type { WriteStream } from 'node:tty';

/** Says how far long work has come. */
export type Progress = { readonly show: (label: string, done: number, total: number) => void; readonly clear: () => void };

/** Progress on one line of a terminal; says nothing where the output goes to a file or another program. */
export function makeProgress(stream: Pick<WriteStream, 'isTTY' | 'write'>): Progress {
  let shown = '';
  return {
    show: (label, done, total) => {
      if (!stream.isTTY) return;
      const share = total > 0 ? Math.floor((done * 100) / total) : 0;
      const text = `${label} ${share}% (${done}/${total})`;
      if (text === shown) return;
      shown = text;
      stream.write(`\r\u001B[K${text}`);
    },
    clear: () => {
      if (shown !== '') stream.write('\r\u001B[K');
      shown = '';
    },
  };
}
