import { basename, join } from 'node:path';
import { inspectionChecklist, type InspectionChecklist } from '#domain/inspections/model.ts';
import { DataError, stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

/** 巡查清单 from `data/rules/inspection-checklist.json`; else one DataError with all sentences. */
export function loadInspectionChecklist(dataDir: string): InspectionChecklist {
  const label = `${basename(dataDir)}/rules/inspection-checklist.json`;
  const { value, problems } = readJson(join(dataDir, 'rules', 'inspection-checklist.json'), label, inspectionChecklist);
  stopOn(problems);
  if (!value) throw new DataError([`${label}: nothing could be read`]);
  return value;
}
