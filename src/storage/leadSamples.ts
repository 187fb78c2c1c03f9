import type { AuditDraft } from '#domain/audit/model.ts';
import { leadKey, type LeadSource, type LeadState } from '#domain/leads/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, instantAt, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

type Step = readonly [daysLater: number, state: LeadState, reason: string];
type Sample = { readonly name: string; readonly daysAgo: number; readonly street: number | null; readonly address: string | null; readonly seen: string | null; readonly children: number | null; readonly source: LeadSource; readonly times: number; readonly steps: readonly Step[] };

/** Invented places and what came of each; nobody and nowhere. */
const samples: readonly Sample[] = [
  { name: '示例·三楼住家带娃点', daysAgo: 3, street: 0, address: '示例路示例小区', seen: '楼道里停着五辆婴儿车，早上有家长送孩子上楼。', children: 6, source: 'street', times: 1, steps: [] },
  { name: '示例·启蒙早教屋', daysAgo: 9, street: 1, address: '示例街商铺', seen: '招牌写早教，工作日全天收孩子，有午睡床。', children: 12, source: 'street', times: 1, steps: [[2, 'visited', '上门看过，确有全日照护，没有登记备案。']] },
  { name: '示例·阳光小院', daysAgo: 16, street: 0, address: null, seen: null, children: null, source: 'complaint', times: 2, steps: [] },
  { name: '示例·午后托管班', daysAgo: 24, street: 2, address: '示例大厦', seen: '挂“小学托管”，屋里有两名三岁以下的孩子。', children: 2, source: 'clerk', times: 1, steps: [[3, 'visited', '核实有两名三岁以下幼儿。'], [8, 'guided', '已当面讲清登记和备案怎么办，留了办事指南。']] },
  { name: '示例·小脚丫工作室', daysAgo: 41, street: 1, address: '示例里底商', seen: '橱窗贴“月托”价目，白天窗帘拉着。', children: 8, source: 'street', times: 1, steps: [[5, 'visited', '第二次上门才开门，没有任何登记。'], [12, 'handedOver', '消防通道堵塞，已连同照片移交执法。']] },
  { name: '示例·亲子餐厅', daysAgo: 58, street: 2, address: '示例广场', seen: '有人反映白天代看孩子。', children: null, source: 'clerk', times: 1, steps: [[4, 'notCare', '家长全程陪同，不收托，不是托育。']] },
];

/** Invented leads of a place for a demonstration, once; none where one stands already or no street is known. Answers how many were written. */
export async function publishSampleLeads(storage: Storage, { code, subdistricts }: Pick<Jurisdiction, 'code'> & { readonly subdistricts: readonly Pick<Jurisdiction['subdistricts'][number], 'code'>[] }, today: IsoDate, at: Instant, event: (changed: number) => AuditDraft): Promise<number> {
  const held = await storage.read.selectFrom('lead').select('id').where('jurisdiction_code', '=', code).executeTakeFirst();
  if (held || subdistricts.length === 0) return 0;
  await storage.write(async (tx) => {
    for (const { name, daysAgo, street, address, seen, children, source, times, steps } of samples) {
      const [id, foundOn] = [newId(), addDays(today, -daysAgo)];
      const subdistrict = street === null ? null : subdistricts[street % subdistricts.length]?.code ?? null;
      await tx.insertInto('lead').values({
        id, jurisdiction_code: code, name, name_key: leadKey(name), subdistrict_code: subdistrict, address, seen, children, found_on: foundOn, source, times,
        state: steps.at(-1)?.[1] ?? 'found', institution_id: null, version: steps.length + 1, created_at: instantAt(foundOn, '09:00'),
      }).execute();
      const first = { lead_id: id, version: 1, at: instantAt(foundOn, '09:00'), state: 'found', actor: source === 'complaint' ? 'parent' : 'system', reason: null };
      const later = steps.map(([days, state, reason], index) => ({ lead_id: id, version: index + 2, at: Math.min(instantAt(addDays(foundOn, days), '15:00'), at), state, actor: 'system', reason }));
      await tx.insertInto('lead_move').values([first, ...later]).execute();
    }
    await appendAudit(tx, event(samples.length));
  });
  return samples.length;
}
