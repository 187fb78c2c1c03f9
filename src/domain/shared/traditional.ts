/** Traditional characters and their simplified forms, in pairs: the commonest, and those that names of places and institutions bear. */
const pairs = [
  '個个們们來来會会時时國国過过對对說说後后經经學学開开關关長长無无發发現现門门見见車车東东馬马書书買买賣卖問问間间從从兩两還还進进這这邊边樣样點点',
  '嗎吗媽妈爺爷孫孙兒儿嬰婴園园團团圓圆圖图場场塊块壓压壞坏聲声處处備备複复夠够頭头夢梦奪夺奮奋婦妇嬌娇寧宁實实審审寫写寬宽寶宝將将專专尋寻導导屆届屬属層层歲岁島岛嶺岭',
  '帥帅師师帳帐帶带幫帮幹干幾几庫库廠厂廣广廢废應应彈弹強强彎弯歸归錄录徑径復复徵征憶忆態态慶庆慣惯愛爱憂忧懷怀戀恋戲戏戶户撲扑執执擴扩掃扫揚扬換换擇择擔担據据擊击擠挤',
  '攝摄擺摆摟搂敵敌數数齊齐齋斋斷断於于舊旧曬晒曉晓暈晕暉晖暢畅術术機机殺杀雜杂權权條条楊杨極极構构標标棟栋樓楼樂乐橋桥樹树檢检櫻樱欄栏歡欢殘残毀毁畢毕氣气漢汉湯汤溝沟',
  '沖冲淚泪澤泽潔洁淺浅漿浆測测濟济濃浓濱滨滿满漁渔溫温灣湾濕湿災灾爐炉煉炼煙烟煩烦燒烧熱热營营燈灯爾尔牆墙狀状獨独獎奖獲获貓猫環环瑩莹瑪玛璽玺電电畫画當当療疗瘋疯',
  '皺皱監监蓋盖盤盘盡尽睜睁著着礎础碩硕確确禮礼禍祸種种積积稱称穩稳窮穷窩窝竅窍競竞筆笔築筑簽签簡简籃篮糧粮紀纪約约紅红紋纹級级純纯紗纱納纳紙纸組组細细織织終终紹绍給给',
  '絡络絕绝統统結结綠绿線线維维練练緊紧緒绪編编緣缘縣县縮缩總总績绩繡绣繼继續续纖纤罰罚羅罗義义習习職职聯联聰聪聽听肅肃腦脑腳脚腸肠膠胶臉脸臨临臺台與与興兴舉举艙舱艱艰',
  '藝艺節节蘋苹範范莊庄華华萬万葉叶蓮莲薦荐藍蓝藥药蘆芦蘇苏蘭兰蕭萧虛虚號号蟲虫蠶蚕衛卫裝装補补製制襪袜襲袭規规視视覺觉覽览觀观計计訂订認认討讨讓让訓训議议記记講讲許许',
  '論论設设訪访證证評评識识詞词試试詩诗誠诚話话詢询詳详語语誤误請请諸诸課课誰谁調调談谈謀谋謎谜謝谢謙谦譯译護护讀读變变貝贝負负財财責责賢贤敗败貨货質质貧贫費费貴贵貸贷',
  '貿贸賀贺資资賓宾賞赏賴赖贈赠贊赞贏赢趙赵趕赶趨趋躍跃踐践軍军軌轨軒轩軟软轉转輪轮輕轻載载較较輔辅輛辆輝辉輸输轄辖辦办辭辞農农遠远違违連连遲迟適适選选遷迁遞递遺遗郵邮',
  '鄉乡鄰邻鄧邓鄭郑醫医釋释裏里鑒鉴針针鈴铃鐵铁鋼钢鉛铅銀银銘铭銷销鋒锋錢钱錦锦鍵键鍾钟鐘钟鎮镇鏡镜閃闪閉闭閑闲闊阔閱阅隊队陽阳陰阴陣阵階阶際际陳陈陸陆險险隨随隱隐隸隶',
  '難难雞鸡離离雲云霧雾靈灵靜静響响頁页頂顶項项順顺須须預预領领頻频題题顏颜願愿類类顧顾風风飛飞飯饭飲饮養养館馆駕驾驗验騎骑驚惊驕骄魚鱼鮮鲜鳥鸟鳳凤鳴鸣鴻鸿鵬鹏鷹鹰',
  '麗丽麥麦黃黄黨党齡龄龍龙龜龟區区華华單单協协傑杰偉伟側侧僅仅億亿價价優优儲储倫伦倉仓傳传債债傷伤傾倾償偿儉俭貞贞劉刘則则剛刚創创劃划劇剧勁劲動动務务勝胜勞劳勢势勳勋',
  '匯汇廳厅厲厉參参雙双葦苇員员啟启喚唤喪丧喬乔嚴严嘗尝嚇吓囑嘱飼饲託托盧卢錫锡燦灿淨净濤涛滾滚潤润滬沪凱凯順顺蔭荫贛赣晉晋龐庞釣钓鐺铛隴陇閣阁閘闸閩闽麵面',
].join('');

const simplifiedOf: ReadonlyMap<string, string> = new Map(
  Array.from({ length: pairs.length / 2 }, (_, index): [string, string] => [pairs.charAt(index * 2), pairs.charAt(index * 2 + 1)]),
);

/** 简体 of one character where the table knows it, else the character itself. */
export const simplify = (character: string): string => simplifiedOf.get(character) ?? character;

const firstHan = 0x4e00;
const held = new Uint8Array(0xa000 - firstHan);
for (const character of simplifiedOf.keys()) held[character.charCodeAt(0) - firstHan] = 1;

/** Whether the character of this code is a traditional one of the table. */
export const isTraditional = (code: number): boolean => held[code - firstHan] === 1;

/** Every pair of the table, for checking it. */
export const traditionalPairs: ReadonlyMap<string, string> = simplifiedOf;
