import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { Typed } from '#server/forms.ts';

/** Most that is read of one form; what goes past it is refused, or cut in the case of a field's text. */
export type MultipartLimits = { readonly files: number; readonly fileBytes: number; readonly allFileBytes: number; readonly fields: number; readonly fieldBytes: number };
/** A file as sent: a window on the body that came, not a copy. What its sender called it is not kept. */
export type SentFile = { readonly field: string; readonly bytes: Uint8Array };
export type SentForm = { readonly typed: Typed; readonly files: readonly SentFile[]; readonly refusal: FilesRefusal | null };
/** Why no file of a form is taken, although its fields are. */
export type FilesRefusal = 'too-many' | 'too-large' | 'too-large-together';

const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');
const longestHead = 4_096;

/** The boundary a content type names; undefined when it names none that RFC 2046 allows. */
export function boundaryOf(contentType: string | null): string | undefined {
  const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '');
  return found?.[1] ?? found?.[2];
}

type Head = { readonly name: string; readonly isFile: boolean; readonly isChosen: boolean };
/** Name of a part's field and whether it is a file; undefined when the head says neither. */
function headOf(head: string): Head | undefined {
  const line = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1];
  const name = line === undefined ? undefined : /(?:^|;)\s*name="([^"\r\n]{1,100})"/i.exec(line)?.[1];
  return line === undefined || name === undefined ? undefined : { name: Buffer.from(name, 'latin1').toString('utf8'), isFile: /;\s*filename\*?=/i.test(line), isChosen: !/;\s*filename=""/i.test(line) };
}

type Part = Head & { readonly bytes: Buffer };

/** Parts in their order; stops with undefined at the first thing that no browser sends. */
function* partsOf(body: Buffer, boundary: string): Generator<Part | undefined> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const opening = Buffer.from(`--${boundary}`);
  if (!body.subarray(0, opening.length).equals(opening)) return yield undefined;
  let at = opening.length;
  for (;;) {
    if (body.subarray(at, at + 2).toString('latin1') === '--') return undefined;
    const headFrom = at + lineEnd.length;
    const headTo = body.subarray(headFrom, headFrom + longestHead).indexOf(headEnd);
    if (!body.subarray(at, headFrom).equals(lineEnd) || headTo < 0) return yield undefined;
    const head = headOf(body.subarray(headFrom, headFrom + headTo).toString('latin1'));
    const from = headFrom + headTo + headEnd.length;
    const to = body.indexOf(delimiter, from);
    if (head === undefined || to < 0) return yield undefined;
    yield { ...head, bytes: body.subarray(from, to) };
    at = to + delimiter.length;
  }
}

const refusalOf = (sizes: readonly number[], limits: MultipartLimits): FilesRefusal | null => {
  if (sizes.length > limits.files) return 'too-many';
  if (sizes.some((size) => size > limits.fileBytes)) return 'too-large';
  return sizes.reduce((sum, size) => sum + size, 0) > limits.allFileBytes ? 'too-large-together' : null;
};

/** Reads a form with files without copying them; the last value of a field counts, a file input left empty is none. */
export function readMultipart(body: Buffer, boundary: string, limits: MultipartLimits): Outcome<SentForm, 'malformed' | 'too-many-fields'> {
  const typed = new Map<string, string>();
  const files: SentFile[] = [];
  const sizes: number[] = [];
  for (const part of partsOf(body, boundary)) {
    if (part === undefined) return refused('malformed');
    const { name, isFile, isChosen, bytes } = part;
    if (!isFile) {
      typed.set(name, bytes.subarray(0, limits.fieldBytes).toString('utf8'));
      if (typed.size > limits.fields) return refused('too-many-fields');
    } else if (bytes.length > 0 || isChosen) {
      sizes.push(bytes.length);
      if (files.length < limits.files) files.push({ field: name, bytes });
    }
  }
  const refusal = refusalOf(sizes, limits);
  return done({ typed: Object.fromEntries(typed), files: refusal === null ? files : [], refusal });
}
