import type { Identity } from '#domain/complaints/model.ts';

/** Words of the form for a complaint; three steps and a page to check the answers. */
export const complaintText = {
  pageTitle: '提诉求', description: '分几步把事情说清楚：是什么事、发生了什么、要不要留联系方式，核对后提交。可以匿名。', stepsLabel: '提诉求的步骤',
  steps: ['什么事', '经过', '留不留姓名'], check: '核对并提交',
  chosen: (kind: string): string => `您选的是：${kind}`, otherDoor: '换一种',
  next: '继续', back: '上一步', change: '修改', send: '提交', sending: '正在提交，请不要关掉页面。',
  subject: '是什么事？', subjectHint: '选最接近的一项，选错了也会有人帮您分。',
  about: '是哪家机构的事？', search: '机构名字', searchHint: '写几个字再点“查找”，也可以写地址或拼音。', searchButton: '查找',
  found: (count: number): string => `找到 ${String(count)} 家，请选一家。`, foundMany: (shown: number): string => `只显示前 ${String(shown)} 家；没有看到的，把名字写长一些再找。`,
  nothing: '目录里没有找到。换几个字再找，或者在下面写下它的名字。',
  other: '目录里没有它', otherHint: '也可能没有备案，请在下面写名字或位置', none: '不针对哪一家机构',
  name: '目录里没有的，写下名字和大概位置', nameHint: '例如“幸福小区 3 号楼底商，招牌写着宝贝之家”，最多 60 个字。名字和街道会交给街道去核实，不会说是谁提的。',
  street: '在哪个街道（乡镇）？', streetHint: '知道就选，方便转给当地的人去看。', streetUnknown: '不知道，或不确定',
  happened: '发生了什么？', happenedSuggestion: '您的建议或想表扬的事',
  happenedHint: '写您看到、听到、知道的事：在哪里、谁（写“老师”“负责人”就行）、做了什么、孩子现在怎样、您希望怎样解决。请不要写孩子的姓名和证件号。',
  on: '哪一天发生的？', onHint: '记不准就写最近的一天。', onSpan: '从哪一天开始？', until: '到哪一天？', untilHint: '只有一天的，不用填。',
  at: '大概几点？', atHint: '例如“上午 10 点到 11 点，午睡时”。监控录像要按时间找。',
  spanWhy: '监控录像一般保存 90 天左右，时间写得越准，越容易找到。',
  questionsTitle: '再问几个小问题', questionsHint: '不知道的可以空着。',
  whoTitle: '谁会看到，多久有答复', identity: '要不要让经办人知道您是谁？', identityHint: '三种都会有人办，都有编号可以查进度。',
  staffWitness: '我在这家机构工作，或者工作过', staffWitnessHint: '里面的人知道的事情少有第二个人知道。请只写必要的事实，少写只有您在场的细节；不要用单位的网络和电脑提交。劳动报酬、社保、合同的事，可以另找人力资源社会保障部门。',
  contactName: '怎么称呼您', contactNameHint: '例如“李女士”。选“保密”的，称呼和电话至少填一项。', contactNameNamed: '选“留姓名”的请填写。',
  phone: '电话', phoneHint: '手机号，或带区号的固定电话。只用来问您情况、告诉您结果。',
  contactTitle: '怎样联系您（匿名的不用填，填了也不会保存）',
  answers: '您的回答', keepTitle: '请留好这些', files: '照片或文件', fileHint: '可以不传。照片用 jpg、png、webp，文件用 PDF；最多 9 个，每个不超过 10 MB，一共不超过 40 MB。照片里的拍摄地点等信息会去掉。',
  fileHeic: '苹果手机拍的 HEIC 照片传不了：在相册里先点“编辑”再存成 jpg，或者截一张图再传。', filesAgain: '照片和文件没有保存，请重新选一次。',
  fileTooBig: '这个超过 10 MB，传不了。可以截图或压缩后再传。', fileTooMany: '最多 9 个，请去掉一些。', fileAllTooBig: '加起来超过 40 MB，请去掉一些。', fileType: '这种文件传不了。照片请用 jpg、png、webp，文件请用 PDF。',
  honest: '请如实反映。故意捏造事实要承担责任。',
  similar: '别的家庭可能也遇到了同样的事。各写各的都会收到，同一件事会合在一起办，谁也看不到别人写的内容。',
  sendsTo: '交给', jointly: '一起办', confirmBy: '最晚确认', answerBy: '最晚答复', unknownDay: '暂不可计算，由工作人员另行告知', siteClock: '本站承诺', lawClock: '法定期限',
  nobody: '文件没有写由哪个部门牵头，由工作人员收到后确定，再告诉您。',
  missing: '没有填写', anonymous: '匿名，不留联系方式',
  urgent: '先打电话，再写',
  pass: '这段话可以给 12345', passHow: '复制下面这段话，打 12345 时念，或贴到 12345 的网页、小程序里。匿名的，不用告诉对方姓名。', passOnly: '这里的诉求由 12345 统一接收，本站不保存您写的内容。', copy: '复制这段话', copied: '已复制',
  gone: '刚才选的机构现在不在目录里了，您写的内容都还在。请重新选，或在下面写它的名字。',
  changedAfter: '刚才那一份已经收到。现在的内容和它不一样，再点一次“提交”会另外成为一份。',
  tooMany: (minutes: number): string => `提交得太频繁了，请 ${String(minutes)} 分钟后再试。您写的内容都还在。急事请直接打 110、120、119 或 12345。`,
  diskLow: '网站暂时存不下新的内容。您写的都还在这一页上，请先复制下来，过一会儿再提交；急事请直接打 12345。', notSentTitle: '还没有提交成功',
  tooBusy: '同时上传的人太多，照片暂时处理不过来。您写的内容都还在，请过一分钟再提交，或者先不传照片。', cut: '内容太长，这里只留下了前面的部分。',
} as const;

/** Names of the answers on the page that checks them. */
export const answerText = {
  kind: '类别', subject: '什么事', about: '机构', chosen: '您选的那一家', noInstitution: '不针对哪一家', street: '街道（乡镇）', happened: '经过', when: '时间', where: '地区', identity: '姓名', works: '在这家机构工作过', yes: '是',
} as const;

/** What being unnamed, confidential or named means for the one who writes. */
export const identityWords = {
  anonymous: { label: '匿名', hint: '不留姓名和电话。没有人能打电话问您，只能用编号和查询码来看答复；丢了查询码就看不到了。孩子很少的班，机构可能从事情本身猜到是您，可以只写事实、不写日期的细节。' },
  confidential: { label: '保密', hint: '称呼和电话只给经办人看，打开一次就记一次。机构不会知道是您，但孩子很少的班也可能被猜到。' },
  named: { label: '留姓名', hint: '经办人知道您的姓名，方便核实和当面谈；身份仍不向机构公开。没有人核对证件。' },
} as const satisfies Record<Identity, { readonly label: string; readonly hint: string }>;

type Sentences = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A field's fault → the sentence beside it. */
export const complaintFieldText: Sentences = {
  kind: { required: '请选择投诉、举报，还是建议。', 'unknown-value': '请选择投诉、举报，还是建议。' },
  subject: { required: '请选择是什么事；说不清就选“别的事”。', 'unknown-value': '请选择是什么事；说不清就选“别的事”。' },
  about: { required: '请选择是哪家机构；不针对哪一家，也请选上。', 'unknown-value': '这家机构现在不在目录里了，请重新选，或者写下它的名字。', choose: '请从找到的机构里选一家。' },
  institutionName: { required: '请写下它的名字或大概位置。', 'too-long': '最多 60 个字，请缩短一些。' },
  subdistrict: { 'unknown-value': '请从列表里选街道（乡镇）。', format: '请从列表里选街道（乡镇）。' },
  happened: { required: '请写一写发生了什么。', 'too-short': '请再多写几个字，至少 10 个字，让经办人看得明白。', 'too-long': '最多 5000 个字，请缩短一些；照片和文件在最后一页可以传。' },
  happenedOn: { format: '请用日历选日期，或写成 2026-11-20 这样。', range: '日期不能晚于今天。', required: '请写哪一天，记不准就写最近的一天。' },
  happenedUntil: { format: '请用日历选日期，或写成 2026-11-20 这样。', range: '结束的日期不能早于开始的日期，也不能晚于今天。' },
  happenedAt: { 'too-long': '最多 60 个字，请缩短一些。' },
  answers: { 'too-long': '最多 500 个字，请缩短一些。', 'unknown-field': '页面放得太久了，请再看一遍。', 'unknown-value': '请从列出的里面选。' },
  identity: { required: '请选一种。不想让人知道就选“匿名”。', 'unknown-value': '请选一种。不想让人知道就选“匿名”。' },
  contactName: { required: '选了“留姓名”，请填写怎么称呼您；不想留就选“匿名”。', 'too-long': '最多 20 个字，请缩短一些。', format: '称呼里有不能用的符号，请只用文字。' },
  phone: { required: '选了“保密”，称呼和电话请至少填一项；都不想留就选“匿名”。', format: '请填写 11 位手机号，或带区号的固定电话。', 'too-long': '电话太长了，请检查一下。' },
  topic: { 'too-long': '请缩短一些。' },
};
const otherwise = '请检查这一项。';
/** The sentence beside a field. */
export const complaintSentence = (field: string, code: string): string => complaintFieldText[field]?.[code] ?? otherwise;
