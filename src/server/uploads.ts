import type { CleanFile } from '#domain/complaints/model.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { complaintFileText } from '#text/complaintUploads.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { boundaryOf, readMultipart, type FilesRefusal, type SentFile } from '#server/multipart.ts';
import { loadSharp } from '#server/photos.ts';
import { sniff } from '#server/sniff.ts';
import { uploadQueue, type UploadQueue } from '#server/uploadQueue.ts';

/** What a case may carry. */
export const caseFileLimits = { files: 9, fileBytes: 10 * 1024 * 1024, allFileBytes: 40 * 1024 * 1024, fields: 80, fieldBytes: 100_000 } as const;
const mostPixels = 50_000_000;
const longestSide = 2_048;
const longestSeconds = 20;

/** Two pictures at a time for the whole server; forty wait at most. */
const pictures = uploadQueue(2, 40);

export type FileRefusal = 'empty' | 'heic' | 'svg' | 'not-allowed' | 'too-many-pixels' | 'broken' | 'active-pdf' | 'busy';

async function redraw(bytes: Uint8Array): Promise<Outcome<CleanFile, FileRefusal>> {
  const sharp = await loadSharp();
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata();
    if (width * height > mostPixels) return refused('too-many-pixels');
    const drawn = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true }).timeout({ seconds: longestSeconds })
      .autoOrient().resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toBuffer();
    return done({ type: 'image/jpeg', bytes: drawn });
  } catch (fault) {
    // libvips says what it could not read only in words; whatever it was, nothing of the file is kept.
    if (fault instanceof Error) return refused('broken');
    throw fault;
  }
}

/** 附件: one file as it may be kept. A picture is drawn anew, so that place, camera and anything hidden in it are gone; a PDF is looked at and kept as a file only. */
export async function cleanFile(bytes: Uint8Array, queue: UploadQueue = pictures): Promise<Outcome<CleanFile, FileRefusal>> {
  const kind = sniff(bytes);
  if (kind === 'picture') {
    const drawn = await queue.run(() => redraw(bytes));
    return drawn === 'busy' ? refused('busy') : drawn;
  }
  return kind === 'pdf' ? done({ type: 'application/pdf', bytes: Uint8Array.from(bytes) }) : refused(kind);
}

type FileError = { readonly field: string; readonly message: string };
/** What came by POST: the fields as typed, files made clean, and what is wrong with those that were refused. */
export type ReadUpload = { readonly typed: Typed; readonly files: readonly CleanFile[]; readonly fileErrors: readonly FileError[]; readonly busy: boolean };

const errorOf = (sentence: string): FileError => ({ field: 'files', message: sentence });
const none = { files: [], fileErrors: [], busy: false } as const;
const refusedForm = (typed: Typed, refusal: FilesRefusal): ReadUpload => ({ ...none, typed, fileErrors: [errorOf(complaintFileText[refusal])] });

async function cleanAll(typed: Typed, sent: readonly SentFile[], queue: UploadQueue): Promise<ReadUpload> {
  const files: CleanFile[] = [];
  const fileErrors: FileError[] = [];
  for (const [index, { bytes }] of sent.entries()) {
    const clean = await cleanFile(bytes, queue);
    if (clean.ok) files.push(clean.value);
    else if (clean.reason === 'busy') return { ...none, typed, busy: true };
    else fileErrors.push(errorOf(complaintFileText.one(index + 1, clean.reason)));
  }
  return { typed, files: fileErrors.length > 0 ? [] : files, fileErrors, busy: false };
}

/** Reads a form that may carry files, of a body which the shell has received within its limit; a form without files reads as any other. An unreadable body reads as an empty form, so that the page asks again. */
export async function readUpload(request: Request, queue: UploadQueue = pictures): Promise<ReadUpload> {
  const boundary = boundaryOf(request.headers.get('content-type'));
  if (boundary === undefined) return { ...none, typed: await readTyped(request) };
  const form = readMultipart(Buffer.from(await request.arrayBuffer()), boundary, caseFileLimits);
  if (!form.ok) return { ...none, typed: {} };
  const { typed, files, refusal } = form.value;
  return refusal === null ? cleanAll(typed, files, queue) : refusedForm(typed, refusal);
}

const extensions: Readonly<Record<CleanFile['type'], string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf' };

/** A file of a case as an authorised page hands it over: to be saved, never opened within the site, whatever its bytes claim to be. `ordinal` counts from 1. */
export const fileAnswer = ({ type, bytes }: CleanFile, ordinal: number): Response => new Response(Uint8Array.from(bytes), {
  headers: {
    'content-type': type, 'content-length': String(bytes.byteLength), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
    'content-disposition': `attachment; filename="file-${ordinal}.${extensions[type]}"; filename*=UTF-8''${encodeURIComponent(`附件${ordinal}`)}.${extensions[type]}`,
    'content-security-policy': "sandbox; default-src 'none'",
  },
});
