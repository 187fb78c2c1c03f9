/** What a file's own bytes say it is; its name and declared type are not believed. */
export type Sniffed = 'picture' | 'pdf' | 'empty' | 'heic' | 'svg' | 'active-pdf' | 'broken' | 'not-allowed';

const heicBrands = /^ftyp(hei[cmsxv]|hev[cmsx]|mif1|msf1|avi[fs])/;
/** Names by which a PDF runs a script, starts a program, opens an address by itself or carries another file; `#` hides letters of a name. */
const activeNames = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToR|OpenAction|AA)\b|\/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]*/;
const markup = /<\s*(!doctype|html|script|svg|\?php|iframe|body)/i;

const isPicture = (head: Buffer): boolean => {
  const text = head.toString('latin1');
  return (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) || text.startsWith('\u0089PNG\r\n\u001a\n') || (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP');
};

/** A PDF that begins and ends as one, is no archive or page as well, and does nothing by itself. */
function sniffPdf(bytes: Buffer): Sniffed {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8)) || !bytes.subarray(-1_024).includes('%%EOF')) return 'broken';
  if (markup.test(bytes.toString('latin1', 0, 4_096)) || bytes.subarray(-66_000).includes('PK\u0005\u0006')) return 'active-pdf';
  return activeNames.test(bytes.toString('latin1')) ? 'active-pdf' : 'pdf';
}

/** 文件种类 by the first bytes. */
export function sniff(sent: Uint8Array): Sniffed {
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength);
  if (bytes.length === 0) return 'empty';
  if (isPicture(bytes.subarray(0, 12))) return 'picture';
  if (bytes.toString('latin1', 0, 5) === '%PDF-') return sniffPdf(bytes);
  if (heicBrands.test(bytes.toString('latin1', 4, 12))) return 'heic';
  return /<svg[\s>]/i.test(bytes.toString('utf8', 0, 4_096)) ? 'svg' : 'not-allowed';
}
