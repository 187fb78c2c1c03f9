import type { DataBasis, DataGuard, DataOwner, DataTerm, MappedTable } from '#domain/audit/dataMap.ts';

/** Tables of the data map by the name an auditor knows them by. */
export const mappedTableText = {
  schema_version: '结构版本', jurisdiction_revision: '数据版次', audit_head: '操作记录链首', audit_event: '操作记录', outbox: '待发通知', call_row: '电话通知', institution: '机构资料', institution_alias: '机构别名',
  credential: '备案或资质', service_mode: '服务方式', band_offer: '班型和空位', recognition: '普惠认定', recognised_places: '普惠托位', fee: '收费', opening_hours: '开放时间', import_run: '名录导入',
  team: '入户指导队', slot: '预约时段', timetable: '排期版次', slot_template: '每周排期', slot_exception: '排期例外', slot_decision: '时段处理', booking_terms: '预约规则', enrolment_code: '建档码',
  child_hours: '计时托时长', visit_signal: '参观反馈', booking: '预约', booking_child: '预约里的孩子', booking_move: '预约经过', search_place: '搜索地名', search_state: '搜索状态', search_document: '搜索条目',
  search_whole: '搜索全文', search_terms: '搜索词', demand: '入托需求登记', demand_notice: '需求通知', helpful_count: '有没有帮助', idempotency: '防重复提交', account: '账号', account_role: '账号岗位', identity_link: '统一身份认证对应',
  account_activation: '激活', recovery_code: '备用码', session: '登录', known_device: '登录过的设备', sign_in_failures: '登录失败次数', sign_in_notice: '登录提醒', export_request: '批量导出申请', listing: '展示信息',
  listing_photo: '机构照片', listing_draft: '展示草稿', assessment: '评估', decision: '正式决定', duty_record: '年度义务', staff_check: '人员核查（只有人数）', supervision_amendment: '监督记录更正', institution_change: '机构变动',
  banner: '公告', read_only: '暂停受理', publication: '公布痕迹', health_point: '儿保和接种点', health_point_report: '服务点报错', registration: '登记信息', registration_event: '登记推送', push_signature: '推送签名',
  filing_move: '备案变动', complaint: '诉求', case_move: '诉求经过', case_message: '诉求往来文字', case_task: '诉求任务', case_forward: '转机构的函', case_file: '诉求附件', case_key: '诉求密钥（单独的数据库）', case_key_owner: '诉求密钥归属',
  lead: '摸排线索', lead_move: '线索经过', inspection: '巡查', inspection_photo: '巡查照片', rectification: '整改', monthly_count: '每月在托人数', import_draft: '待确认的名录', correction_report: '信息有误',
} as const satisfies Record<MappedTable, string>;

/** What a column holds; the same name holds the same kind of thing in every table. A new name gets its words here. */
export const columnText: Readonly<Record<string, string>> = {
  inspected_on: '巡查日期', answers: '逐项结果', recheck_on: '再去看的日期', inspection_id: '巡查', finding: '问题', demand: '整改要求', ordered_on: '责令日期', done_words: '机构怎么改的', rechecked_on: '复查日期', passed: '是否改好', recheck_note: '复查情况',
  part: '内容还是身份', owner: '密钥归属', wrapped: '包裹过的密钥', about: '事由', accept_missing: '允许缺失数', accepts_allergy: '接收过敏', accepts_medicine: '接收用药', accepts_special_needs: '接收特殊需要', account_id: '账号', act: '更正种类', acting_as: '以什么身份同意',
  actor: '谁做的', added: '新增数', address: '机构地址', admission: '入托条件', alias: '别名', aliases: '别名位置', amount: '金额', answer: '回答',
  answer_by: '答复期限', answered_at: '回答时间', applied_at: '启用时间', approved: '通过的内容', article: '文章', as_of: '截至', asked_at: '申请时间', asked_by: '申请账号',
  asked_to_pay: '是否被要求付款', assessed_on: '评估日期', assignment: '承办安排', at: '时间', attempts: '发送次数', audience: '对象', authority: '机关', available_from: '可入托月份',
  band: '班型', bands: '班型', base: '起草时内容', base_version: '起草时版次', basis: '依据', before: '原来内容', blob: '附件内容', body: '作出单位',
  body_hash: '内容校验值', booking_count: '涉及预约数', booking_id: '预约', bookings: '预约怎么办', by_account: '办理账号', by_whom: '谁写的', cancel_hours_before: '取消时限', capacity: '名额',
  caps: '名额', caption: '图片说明', changed: '变更数', changed_at: '改动时间', channel: '来源渠道', checked_by: '检查单位', checked_on: '检查日期', child_key: '孩子的单向换算值',
  children: '孩子人数', choice: '选择', cleared_by: '审核账号', cleared_on: '审核日期', clock_basis: '期限依据', closed_at: '办结时间', closes: '关门时间', closes_hours_before: '截止时限',
  code: '代码', code_hash: '码的校验值', complaint_id: '诉求', confirm_by: '受理期限', confirmation: '确认方式', confirmed_on: '核对日期', content: '上传的名录', county_code: '区县',
  created_at: '建立时间', credential: '资质', credit_code: '统一社会信用代码', crs: '坐标系', day: '日期', dead_at: '放弃时间', decided_at: '决定时间', decided_by: '决定账号',
  decided_on: '决定日期', decision_number: '文号', dedup_key: '防重复值', demand_id: '需求登记', department: '部门', department_key: '部门', detail: '说明（不含姓名电话）', details: '时段说明',
  device: '设备种类（不含型号和地址）', digest: '内容摘要', document_id: '索引条目', document_number: '文号', done: '已完成人数', done_at: '完成时间', done_on: '完成日期', downloads: '下载次数',
  due_at: '应办时间', due_on: '到期日', duty: '义务', ended_by: '谁结束', ends_at: '结束时间', enrolled: '是否入托', enrolment_id: '建档码', entered_by: '录入账号',
  entry_id: '条目', event_id: '推送编号', everything: '可搜索文字', expires_at: '失效时间', extended_from: '延期前到期日', extended_until: '延时至', external_deadline: '外部期限', external_number: '外部工单号',
  fault: '故障', fees_from: '收费起算', file: '文件', file_hash: '文件校验值', file_name: '文件名', first_at: '首次时间', found_on: '发现日期', free: '空余托位',
  from_at: '开始时间', from_day: '开始日期', from_state: '原状态', grade: '等级', grams: '索引词', handled: '处理', handled_at: '处理时间', handled_on: '处理日期',
  handler: '经办账号', hash: '校验值', height: '高', holds: '是否占用', host_id: '主办方', id: '编号', identity: '具名方式', illustration: '是否示意图',
  info_matched: '信息是否相符', institution_id: '机构', institutions: '想去的机构', is_mass: '是否群体', issued_on: '发出日期', item: '收费项目', jurisdiction_code: '地区', keep_until: '影像可能保留到',
  key_hash: '防重复值', kind: '类别', lapses_on: '到期日', last_at: '最近时间', last_step: '最近用过的动态码步数', lat: '纬度', lead_id: '线索', lead_key: '牵头部门',
  lease_until: '发送占用到', legal_hold: '依法保留理由', link: '链接', listed_at: '公布时间', lng: '经度', login: '登录名', made_at: '建立时间', made_by: '起草账号',
  master_id: '并入', max_fee: '收费上限', meals_provided: '是否供餐', message_id: '消息', minutes: '时长（分钟）', missing: '缺失数', missing_since: '何时起缺失', mode: '服务方式',
  modes: '服务方式', month: '月份', monthly_hours: '每月时长上限', move: '步骤', name: '名称', name_key: '名称换算值', nature: '机构性质', needed: '应打电话数',
  next_due: '下次到期', next_fees: '将来收费', not_done: '未完成人数', note: '备注', number: '文号', object_id: '对象编号', object_kind: '对象类别', offer_ends_at: '候补保留到',
  office_at: '转办公室时间', on_day: '日期', open_to_neighbours: '是否面向社区', opened_at: '登录时间', opens: '开门时间', opens_at: '开放时刻', opens_days_ahead: '提前开放天数', opens_in_school_holidays: '假期是否开',
  ordinal: '序号', origin: '来源', outcome: '结果', ownership: '举办主体', parts: '改动部分', password_hash: '口令校验值', password_set_at: '设置密码的时间', subject_key: '统一身份认证编号的单向换算值', linked_by: '谁对应的', linked_at: '对应时间', pattern: '每周安排', pauses: '停班',
  per: '计费单位', phone: '公开电话', phone_key: '手机号的单向换算值', phone_ordinal: '同号序号', pinyin: '拼音', places: '托位数', planned: '规划资料', point_id: '服务点',
  prepared_at: '上传时间', prepared_by: '上传账号', previous_hash: '前一条校验值', price_ceiling: '价格上限', proposal: '草稿内容', proved_at: '验证身份时间', published_at: '公布时间', query_code_hash: '查询码校验值',
  queue_last: '候补末号', queue_number: '候补号', reach: '可接受范围', reason: '理由', reason_words: '理由文字', receipted_on: '回执日期', received_at: '收到时间', received_on: '签收日期',
  reference: '查询编号', registration_id: '登记', reopened_at: '重办时间', replaces_id: '被接替账号', replied_at: '答复时间', replied_on: '答复日期', reply: '答复', reply_by: '答复期限',
  reported_at: '报送时间', request_hash: '请求校验值', required: '是否必交', returned: '退回数', revision: '版次', role: '岗位', round: '轮次', row_hash: '行校验值',
  row_key: '行标识', rows: '行数', rules_version: '同意的规则版本', said: '填报内容', said_by: '谁填报', sample: '是否示例', satisfaction: '满意度', scope: '范围',
  sealed: '加密的内容', sealed_answer: '加密的回执', sealed_contact: '家长称呼、手机号、备注和孩子出生年月', sealed_identity: '投诉人称呼和电话', sealed_phone: '报告人的电话', sealed_reply: '机构的说明', sealed_result: '办理结果文字', sealed_story: '诉求内容',
  sealed_text: '转给机构的文字', sealed_totp: '动态码密钥', sealed_words: '报告的文字', seats: '人数', second: '要不要复核', seen: '看到的情况', seen_at: '最近使用时间', seen_on: '看材料日期',
  sent_at: '发出时间', seq: '序号', sequence: '日历版次', set_by: '设定账号', settled: '了结方式', settled_at: '了结时间', settled_by: '了结账号', shown: '看过的机构',
  signature_hash: '签名校验值', since: '开始', single: '唯一行', size: '大小', slot_id: '时段', sounds: '读音', source: '来源', source_hash: '来源校验值',
  source_read_on: '读取日期', source_title: '来源名称', source_url: '来源地址', staff_witness: '是否员工反映', standard: '评估标准', start_month: '希望入托月份', starts_at: '开始时间', state: '状态',
  subdistrict_code: '街道（乡镇）', subject: '事项', submitted_at: '提交时间', submitted_by: '提交账号', taken: '已占', taken_on: '拍摄日期', tally: '有没有帮助', team_id: '指导队',
  template_id: '排期模板', times: '次数', title: '岗位或标题', to_state: '新状态', token_hash: '登录凭据校验值', topic: '具体问题', tries: '拨打次数', type: '文件类型',
  until_at: '结束时间', until_day: '结束日期', used_at: '使用时间', valid_from: '生效日期', valid_until: '有效期至', verify_phone: '核实电话', version: '版次', visited_on: '参观日期',
  waiting: '候补人数', waiting_list: '是否候补', waiting_since: '等待补充自', warned: '是否提醒过', weekday: '星期', whole: '全部资料', width: '宽', withdrawn_at: '撤下时间',
  withdrawn_kind: '撤销种类', withdrawn_note: '撤销说明', withdrawn_on: '撤销日期', words: '文字', worked_at: '处理时间', worked_by: '处理账号', written_by: '起草账号', year: '年度',
};

export const dataOwnerText = { child: '孩子和家长', family: '家长、投诉人', staff: '工作人员（只有岗位和账号）', institution: '机构', nobody: '不涉及个人' } as const satisfies Record<DataOwner, string>;

/** Why it is there at all, by whose consent or by what. */
export const dataBasisText = {
  consent: { why: '家长预约、登记需求时使用', basis: '监护人同意（个人信息保护法第二十八条至第三十一条），同意时的规则版本记在每一条里' },
  duty: { why: '主管部门登记、监督和办理诉求', basis: '履行法定职责（条款待官方核对）' },
  account: { why: '工作人员登录，分清谁能做什么', basis: '岗位管理；未成年人网络保护条例第三十五条至第三十七条要求最小授权' },
  record: { why: '查得到谁在什么时候看过、改过、导出过', basis: '未成年人网络保护条例第三十五条至第三十七条要求访问审批并留痕' },
  technical: { why: '程序运行需要', basis: '不涉及个人信息' },
} as const satisfies Record<DataBasis, { readonly why: string; readonly basis: string }>;

export const dataTermText = {
  visit90: '参观结束 90 天后清除个人内容，只留时间和数量', unlinked90: '90 天后与预约断开，只留回答', codes: '有效期过后、最后一个预约清除时删除', demand: '撤回时或 6 个月到期时清除，只留街道、月龄段和月份',
  report90: '90 天后清除文字和电话', caseTerms: '办结后按本站期限先销毁身份密钥、再销毁内容密钥；依法保留的除外', days: '到期自动删除，一般几天', session: '登录结束后删除；设备记号和提醒 180 天后删除', account: '停用时清除口令和动态码，登录名保留', inUse: '使用期间', forever: '长期保留，不能改、不能删',
} as const satisfies Record<DataTerm, string>;

export const dataGuardText = { sealed: '加密保存', sealedByCase: '加密保存，每件一把密钥', hashed: '只存校验值，还原不出原文', keyed: '带密钥的单向换算值，还原不出原文', chained: '前后相连的校验链' } as const satisfies Record<DataGuard, string>;
/** A column with no guard but rights. */
export const byRightsText = '按岗位权限查看';
