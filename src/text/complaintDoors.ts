import type { ComplaintKind } from '#domain/complaints/model.ts';

/** 110 · 120 · 119 with what each is for. */
export const emergencyText = {
  title: '孩子现在有危险，先打电话',
  lines: [
    { number: '110', what: '正在被伤害、走失、有人闹事' },
    { number: '120', what: '受伤、抽搐、呼吸困难、叫不醒' },
    { number: '119', what: '着火、燃气泄漏、被困' },
  ],
  after: '打完电话，孩子安全了，再回来写。',
} as const;

type Door = { readonly kind: ComplaintKind; readonly title: string; readonly want: string; readonly what: string };

/** Five ways in, told apart by what a parent wants. */
export const doorsText = {
  title: '提诉求',
  lede: '不用登录，可以不留姓名。说不清归哪个部门也没关系。',
  about: (name: string): string => `关于${name}。不用登录，可以不留姓名。`,
  who: '您写的内容，只有经办这件事的工作人员能看到；要转给别的部门办时，会告诉您转给了谁。',
  merged: (successor: string): string => `这里已并入${successor}，页面上的分工是历史资料。现在的事，请拨打 12345，或向${successor}的部门反映。`,
  whoNot: '机构看不到您是谁，也看不到您的原话。',
  when: '提交后马上得到编号。本站承诺 1 个工作日内确认并告诉您由谁办，最晚哪天答复会写在回执上。',
  choose: '您想要什么？',
  doors: [
    { kind: 'complaint', title: '投诉', want: '我遇到了问题，想要一个处理结果', what: '例如退费、受伤、照护不当。会告诉您受理不受理、办得怎样、怎样答复。' },
    { kind: 'tipOff', title: '举报', want: '我知道有人违法违规，想请部门去查', what: '例如没有备案也收孩子、虐待孩子。查办的结果依法能告诉您多少，就告诉多少。' },
    { kind: 'suggestion', title: '建议或表扬', want: '我有一个好主意，或者想谢谢谁', what: '会转给能用上它的人。' },
  ] as const satisfies readonly Door[],
  talk: {
    title: '先和机构沟通', want: '事情不急，想先让机构知道',
    points: ['打机构电话或当面找负责人，说清时间、事情和希望怎样解决。', '记下和谁谈的、哪天、对方怎么答；尽量用文字再确认一遍。', '谈不拢，或不方便谈，随时可以回来投诉。'],
    link: '找机构的电话',
  },
  ask: {
    title: '只是想问问', want: '我想弄清规定、手续或该找谁',
    duties: '谁管什么：各部门的分工', help: '常见问题', policy: '政策和手续', unknownPhone: '电话：待主办单位填写', phone: '打电话问主办单位',
  },
  shortcutTitle: '机构关门、联系不上、预付的钱没退',
  shortcut: '写下这件事',
  shortcutWhat: '收好协议、付款记录和聊天截图。多个家庭的同一件事会合在一起办，每家都会得到答复。也可以拨打 12315，或到法院起诉；在这里提交不代替这两条路。',
  honest: '请如实反映。故意捏造事实要承担责任。',
  progress: '查进度',
  progressWhat: '用编号和查询码看办到哪一步，补充内容、撤回、评价。',
  hotlineTitle: '打 12345 也可以',
  hotline: '12345 全天有人接。已经打过的，不用在这里再写一遍。',
  hotlineOnly: '这里的诉求由 12345 统一接收。写好以后，本站帮您整理成一段话，您复制下来打电话时念，或贴到 12345 的网页和小程序里。本站不保存。',
  call12345: '拨打 12345',
} as const;
