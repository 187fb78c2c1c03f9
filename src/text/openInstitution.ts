/** Words of 办托清单. */
export const openInstitutionText = {
  title: '办托清单：一步一步准备', short: '办托清单',
  lede: '按机构性质列出先后顺序、找哪个部门、准备什么。本站不收材料，也不代办；登记找登记机关，备案在国家的备案系统里办。',
  choose: '先选性质', natureOf: (name: string): string => `${name}怎么办`,
  register: '第一步：登记', registerAt: '到哪里登记', quote: (quote: string, line: number): string => `原文：“${quote}”（文件第 ${String(line)} 行）`, doubt: (doubt: string): string => `注意：${doubt}。`,
  checks: '登记时核对', checkName: '名称里写“托育”', checkScope: '业务范围（经营范围）写明托育服务', checkScopeNational: '业务范围或经营范围写明托育服务；名称里可以有“托育”', nationalBy: (title: string): string => `依据《${title}》第五条（读过公开摘录）。`,
  file: '第二步：备案', fileWith: '向谁备案', entrance: '官方办理入口', entranceMissing: '待主办单位填写', system: (name: string, article: string): string => `在国家的“${name}”里在线填写备案书和承诺书，上传下面材料的扫描件（${article}）。`,
  materials: '准备好的打勾', materialsBy: (title: string, article: string): string => `依据《${title}》${article}（读过公开摘录）。`, toVerify: '待官方核对',
  terms: '第三步：等回执', receipt: (days: number): string => `材料齐全：${String(days)} 个工作日内给备案回执和基本条件告知书。`, refusal: (days: number): string => `不符合：${String(days)} 个工作日内通知并说明理由，向社会公开。`, termsBy: (title: string, article: string, standing: string): string => `依据《${title}》${article}。${standing}`,
  after: '备案以后', changes: (quote: string, line: number): string => `“${quote}”（文件第 ${String(line)} 行）。`, changesNational: '登记事项有变更、或者终止服务的，及时变更备案信息或报送注销信息（第十条，待官方核对）。', disposal: (quote: string, line: number): string => `没有备案的怎么办：“${quote}”（文件第 ${String(line)} 行）。`,
  notLicence: '备案是告知，不是许可；备案以后机构的信息会进入公开名录，家长可以查到。', noBody: '文件没有写登记机关，请问当地政务服务部门。', phone: (phone: string | null): string => `咨询电话：${phone ?? '待主办单位填写'}。`,
  readOn: '接着看', running: '我要办托：条件和要求', filing: '备案是怎么回事', fromPlan: (document: string | null): string => `“文件”指${document === null ? '当地的实施方案' : `《${document}》`}，行号是本站所存文本的行号。`,
} as const;
