import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import type { SampleListing } from '#storage/files/sampleListings.ts';
import { assessmentColumns, decisionColumns, noteChange, putPhoto } from '#storage/listing.ts';
import type { PhotoFiles } from '#storage/photoFiles.ts';
import type { Storage, WriteTx } from '#storage/schema.ts';

const webpSize = (bytes: Buffer): { readonly width: number; readonly height: number } => {
  // A lossy WebP (VP8): 14 bits each of width and height follow the frame's start code.
  if (bytes.toString('latin1', 12, 16) !== 'VP8 ') throw new Error('a sample picture is not a lossy WebP');
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
};

async function putSample(tx: WriteTx, sample: SampleListing, hash: string, version: number, at: Instant, files: PhotoFiles): Promise<void> {
  const { institution, jurisdiction, listing, asOf } = sample;
  for (const table of ['listing', 'listing_photo', 'institution_change'] as const) await tx.deleteFrom(table).where('institution_id', '=', institution).execute();
  // What the office entered or changed since (a version above 0) stays.
  for (const table of ['assessment', 'decision'] as const) await tx.deleteFrom(table).where('institution_id', '=', institution).where('version', '=', 0).execute();
  await tx.insertInto('listing').values({ institution_id: institution, jurisdiction_code: jurisdiction, version, words: JSON.stringify(listing.words), published_at: at, source_hash: hash }).execute();
  for (const [ordinal, { id, path, caption }] of sample.photos.entries()) {
    const bytes = readFileSync(path);
    await putPhoto(tx, jurisdiction, institution, ordinal, { id, file: files.keep(bytes), caption, illustration: true, takenOn: null, ...webpSize(bytes), saidBy: 'institution', asOf, cleared: { by: 'sample', on: asOf } });
  }
  const whose = { institution_id: institution, jurisdiction_code: jurisdiction };
  for (const one of listing.assessments) await tx.insertInto('assessment').values({ id: one.id, ...whose, ...assessmentColumns(one) }).onConflict((clash) => clash.doNothing()).execute();
  for (const one of listing.decisions) await tx.insertInto('decision').values({ id: one.id, ...whose, ...decisionColumns(one) }).onConflict((clash) => clash.doNothing()).execute();
  for (const one of listing.changes) await noteChange(tx, { ...one, jurisdiction, institution });
}

/** Brings the invented listings of a place to what the shipped file says; words that somebody published since are left alone. Answers how many changed. */
export async function publishSampleListings(storage: Storage, jurisdiction: string, samples: readonly SampleListing[], files: PhotoFiles, at: Instant, event: (changed: number) => AuditDraft): Promise<number> {
  const rows = await storage.read.selectFrom('listing').select(['institution_id', 'version', 'source_hash']).where('jurisdiction_code', '=', jurisdiction).execute();
  const held = new Map(rows.map((row) => [row.institution_id, row]));
  const changed = samples.map((sample) => ({ sample, hash: createHash('sha256').update(JSON.stringify(sample)).digest('hex'), known: held.get(sample.institution) }))
    .filter(({ hash, known }) => known === undefined || (known.source_hash !== null && known.source_hash !== hash));
  if (changed.length === 0) return 0;
  await storage.write(async (tx) => {
    for (const { sample, hash, known } of changed) await putSample(tx, sample, hash, (known?.version ?? 0) + 1, at, files);
    await raiseRevision(tx, jurisdiction);
    await appendAudit(tx, event(changed.length));
  });
  return changed.length;
}
