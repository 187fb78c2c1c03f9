import type { ComplaintKind } from '#domain/complaints/model.ts';
import type { Subject } from '#domain/jurisdiction/model.ts';

/** 投诉 · 举报 · 建议表扬. */
export const kindText = { complaint: '投诉', tipOff: '举报', suggestion: '建议或表扬' } as const satisfies Record<ComplaintKind, string>;

type Words = { readonly label: string; readonly hint?: string };

/** What a complaint is about, as a family would say it. */
export const subjectWords = {
  abuse: { label: '孩子可能被打、被骂、被粗暴对待', hint: '体罚、虐待、侵害，或反复吓唬、关起来' },
  safety: { label: '安全和受伤', hint: '摔伤、烫伤、走失、接送、门卫和监控' },
  food: { label: '吃的、喝的、用药', hint: '饭菜、饮水、过敏、喂药' },
  health: { label: '卫生和传染病', hint: '消毒、通风、晨检、有孩子生病没有告诉家长' },
  fire: { label: '消防', hint: '通道堵住、没有灭火器、电线和用火' },
  staff: { label: '老师和保育员', hint: '人太少、没有资质、经常换人' },
  fee: { label: '收费和退费', hint: '乱收费、不退费、合同写的和收的不一样' },
  unfiled: { label: '没有备案，或备案信息不真实', hint: '没有登记也在收孩子，或牌子和备案对不上' },
  kindergarten: { label: '幼儿园办的托班', hint: '幼儿园里 3 岁以下的班' },
  premises: { label: '房屋、装修、场地', hint: '房屋质量、装修气味、工程和规划' },
  leave: { label: '产假、育儿假、哺乳时间', hint: '单位不给假，或因为怀孕、带孩子受影响' },
  facility: { label: '母婴室等公共设施', hint: '没有、不开、没法用' },
  guidance: { label: '育儿指导、体检、接种服务', hint: '入户指导、健康管理、父母课堂' },
  product: { label: '婴幼儿用品质量', hint: '奶瓶、玩具、童车、纸尿裤' },
  official: { label: '部门或工作人员没有尽责', hint: '反映了没有人管、态度差、乱作为' },
  other: { label: '别的事，或说不清归谁管', hint: '不用分清部门，我们来分' },
} as const satisfies Record<Subject, Words>;

/** 关停失联未退费: offered by itself, kept as `fee` with a topic. */
export const closedWords = { label: '机构关门、联系不上、预付的钱没退', hint: '多个家庭一起遇到的，会合在一起办' } as const satisfies Words;
/** The form's value for that shortcut. */
export const closedValue = 'closed';

/** Subjects as the form shows them. */
export const subjectGroups: readonly { readonly title: string; readonly values: readonly (Subject | typeof closedValue)[] }[] = [
  { title: '孩子的安全和健康', values: ['abuse', 'safety', 'food', 'health', 'fire'] },
  { title: '机构、老师和钱', values: [closedValue, 'fee', 'staff', 'unfiled', 'kindergarten', 'premises'] },
  { title: '其他', values: ['leave', 'facility', 'guidance', 'product', 'official', 'other'] },
];

/** The words of one choice. */
export const choiceWords = (value: Subject | typeof closedValue): Words => (value === closedValue ? closedWords : subjectWords[value]);
