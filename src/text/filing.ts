import type { Credential } from '#domain/directory/model.ts';

/** Words of 查一查备案. 备案 is a notification: nothing here says what an institution is worth, nor that it lacks anything. */
export const filingText = {
  title: '查一查备案',
  lede: '输入机构名、曾用名、统一社会信用代码或地址，看本目录里有没有它的备案信息，由哪个部门、在哪一天记载。',
  label: '机构名、信用代码或地址',
  placeholder: '例如营业执照或招牌上的名字',
  button: '查一查',
  hitTitle: (count: number): string => (count < 20 ? `查到 ${String(count)} 条` : `先列出 ${String(count)} 条，名称写全一些会更准`),
  nearTitle: (count: number): string => `还有 ${String(count)} 条名称相近的`,
  missTitle: '没有查到这个名称',
  notImported: '本目录还没有导入这里的备案名录，所以查不到；这不代表机构没有备案。',
  missTodo: [
    '换一个名字再查：营业执照上的全称、招牌上的名字、统一社会信用代码都可以。',
    '请机构出示备案回执，看上面的机构名称和备案机关。',
  ],
  callOffice: (authority: string): string => `向${authority}核实`,
  ownCounty: '机构所在县区的卫生健康部门',
  national: '也可以查国家托育机构备案信息公示平台：',
  inForce: { filing: '本目录有它的备案信息。', kindergarten: '幼儿园托班，由教育部门管理。', licence: '本目录有它的准入信息。' } satisfies Record<Credential['kind'], string>,
  planned: (year: number): string => `只出现在 ${String(year)} 年的公开方案里，是规划点位；备案情况未载明。`,
  matched: (by: string): string => `按${by}部分相同找到，请核对是不是这一家。`,
  filingIsNotice: '备案是告知，不代表质量评价。',
} as const;
