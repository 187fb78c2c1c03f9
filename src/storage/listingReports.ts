import { z } from 'zod';
import { reportNote, reportStates, reportTopics } from '#domain/listing/model.ts';
import type { HandledReport, ReportStore } from '#domain/listing/ports.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { Database, Storage } from '#storage/schema.ts';

const openStates = ['received', 'checked'];
const mostSettled = 50;

type Row = { readonly [Column in keyof Database['correction_report']]: Column extends 'note' ? string | null : Column extends 'handled_at' ? number | null : Database['correction_report'][Column] };

const readReport = (row: Row): HandledReport => ({
  id: row.id, institution: row.institution_id, reference: row.reference, topic: z.enum(reportTopics).parse(row.topic), state: z.enum(reportStates).parse(row.state), version: row.version, at: instant.parse(row.created_at),
  sealedWords: row.sealed_words, sealedPhone: row.sealed_phone, notes: row.note === null ? [] : z.array(reportNote).parse(JSON.parse(row.note)),
});

/** 信息有误的办理 on either engine. */
export function reportStore({ read, write }: Storage): ReportStore {
  const of = (jurisdiction: string, institution: string | null) => {
    const all = read.selectFrom('correction_report').selectAll().where('jurisdiction_code', '=', jurisdiction);
    return institution === null ? all : all.where('institution_id', '=', institution);
  };
  return {
    reports: async (jurisdiction, institution) => [
      ...(await of(jurisdiction, institution).where('state', 'in', openStates).orderBy('created_at').orderBy('id').limit(1_000).execute()).map(readReport),
      ...(await of(jurisdiction, institution).where('state', 'not in', openStates).orderBy('handled_at', 'desc').orderBy('id').limit(mostSettled).execute()).map(readReport),
    ],
    report: async (jurisdiction, id) => {
      const row = await of(jurisdiction, null).where('id', '=', id).executeTakeFirst();
      return row && readReport(row);
    },
    settleReport: (next, seen, at, event) => write(async (tx) => {
      const isSettled = !openStates.includes(next.state);
      const moved = await tx.updateTable('correction_report').set({ state: next.state, version: next.version, note: JSON.stringify(next.notes), handled_at: at, ...(isSettled ? { sealed_phone: null } : {}) })
        .where('id', '=', next.id).where('version', '=', seen).executeTakeFirst();
      if (moved.numUpdatedRows !== 1n) return 'changed-meanwhile';
      await appendAudit(tx, event);
      return 'saved';
    }),
    note: (event) => write((tx) => appendAudit(tx, event)),
  };
}
