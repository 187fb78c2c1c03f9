import { addInspection, findInspection, inspectable, openRemedies, recheck, reportDone, type InspectionDeps } from '#domain/inspections/commands.ts';
import type { InspectionActor, InspectionChecklist, InspectionPhoto, Inspection, Remedy } from '#domain/inspections/model.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { refused, type Outcome } from '#domain/shared/outcome.ts';
import type { SignedIn } from '#server/guard.ts';
import { cleanPhoto, type PhotoRefusal } from '#server/photos.ts';
import { loadInspectionChecklist } from '#storage/files/inspectionChecklist.ts';
import { newId } from '#storage/ids.ts';
import { inspectionStore } from '#storage/inspections.ts';
import type { PhotoFiles } from '#storage/photoFiles.ts';
import type { Storage } from '#storage/schema.ts';

type Bound<Command extends (deps: InspectionDeps, ...rest: never[]) => unknown> = Command extends (deps: InspectionDeps, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** 巡查和整改 as office and portal use them. */
export type Inspections = {
  readonly checklist: InspectionChecklist;
  readonly institutions: Bound<typeof inspectable>; readonly add: Bound<typeof addInspection>; readonly find: Bound<typeof findInspection>; readonly open: Bound<typeof openRemedies>;
  readonly recheck: Bound<typeof recheck>; readonly reportDone: Bound<typeof reportDone>;
  readonly recent: (actor: InspectionActor, most: number) => Promise<readonly Inspection[]>;
  readonly ofInstitution: (jurisdiction: JurisdictionCode, institution: string) => Promise<readonly Remedy[]>;
  /** Makes a picture anew and keeps it; why not, where it is none. */
  readonly keepPhoto: (bytes: Uint8Array) => Promise<Outcome<InspectionPhoto, PhotoRefusal>>;
  readonly photoBytes: (file: string) => Promise<Uint8Array | undefined>;
};

/** Binds inspections to storage, files, data and clock. */
export function makeInspections(storage: Storage, dataFolder: string, files: PhotoFiles, now: () => Instant): Inspections {
  const store = inspectionStore(storage);
  const deps: InspectionDeps = { store, checklist: loadInspectionChecklist(dataFolder), newId, now };
  return {
    checklist: deps.checklist,
    institutions: (actor) => inspectable(deps, actor), add: (...given) => addInspection(deps, ...given), find: (...asked) => findInspection(deps, ...asked), open: (actor) => openRemedies(deps, actor),
    recheck: (...given) => recheck(deps, ...given), reportDone: (...given) => reportDone(deps, ...given),
    recent: (actor, most) => store.recent(actor.jurisdiction, actor.subdistrict, most), ofInstitution: (jurisdiction, institution) => store.remedies(jurisdiction, { institution }),
    keepPhoto: async (bytes) => {
      const clean = await cleanPhoto(bytes);
      return clean.ok ? { ok: true, value: { id: newId(), file: files.keep(clean.value.bytes), width: clean.value.width, height: clean.value.height } } : refused(clean.reason);
    },
    photoBytes: (file) => files.find(file),
  };
}

/** Who looks: a street in its own, everyone else of the office in the place. */
export const inspectionActorOf = ({ account, place }: Pick<SignedIn, 'account' | 'place'>): InspectionActor => ({ account: account.id, jurisdiction: place.code, subdistrict: account.subdistrict });
