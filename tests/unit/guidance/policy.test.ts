import { describe, expect, test } from 'vitest';
import { checkPolicyBody, parsePolicyBody, placeNoteHead, policyHead, policySlugs, policySource, statementNeedsCheck, statementsOf, type PolicySource } from '#domain/guidance/policy.ts';
import { noteFolders, pagesIn, readPage } from '#tests/unit/guidance/policyFiles.ts';

const law: PolicySource = policySource.parse({ key: 'law', title: '某法', number: null, issuer: '某机关', year: 2020, confidence: 'A' });
const copy: PolicySource = { ...law, key: 'copy', confidence: 'C' };
const faultsIn = (body: string, sources: readonly PolicySource[] = [law], place = false): readonly string[] => checkPolicyBody(sources, parsePolicyBody(body), place);

describe('the small Markdown of policy pages', () => {
  test('titles, paragraphs, lists and steps, each statement with what it rests on', () => {
    expect(parsePolicyBody('开头。 [[law]]\n\n## 一\n- 甲 [[law 第一条]]\n- 乙 [[law]] [[own]]\n1. 丙 [[own]]\n一段。 [[law]]\n又一段。 [[law]]')).toEqual([
      { title: null, blocks: [{ kind: 'paragraph', statements: [{ text: '开头。', cites: [{ key: 'law', part: null }] }] }] },
      { title: '一', blocks: [
        { kind: 'list', statements: [{ text: '甲', cites: [{ key: 'law', part: '第一条' }] }, { text: '乙', cites: [{ key: 'law', part: null }, { key: 'own', part: null }] }] },
        { kind: 'steps', statements: [{ text: '丙', cites: [{ key: 'own', part: null }] }] },
        { kind: 'paragraph', statements: [{ text: '一段。', cites: [{ key: 'law', part: null }] }] },
        { kind: 'paragraph', statements: [{ text: '又一段。', cites: [{ key: 'law', part: null }] }] },
      ] },
    ]);
  });

  test('each fault is named', () => {
    expect(faultsIn('一句话。 [[law]]')).toEqual([]);
    expect(faultsIn('没有依据。\n另一句。 [[law]]')).toEqual(['"没有依据。…": cites no source']);
    expect(faultsIn('一句。 [[law]]\n二句。 [[lwa]]')).toEqual(['"二句。…": cites lwa, which is no source of this page']);
    expect(faultsIn('一句。 [[own]]')).toEqual(['source law: no statement cites it']);
    expect(faultsIn('每月 300 元。 [[own]]\n一句。 [[law]]')).toEqual(['"每月 300 元。…": the site\'s own advice holds a number; cite its source']);
    expect(faultsIn('看[这里](/x/)。 [[law]]')).toEqual(['"看[这里](/x/)。…": holds marks this small Markdown does not know']);
    expect(faultsIn('## 空的\n## 有\n一句。 [[law]]')).toEqual(['section "空的": nothing stands under it']);
    expect(faultsIn('一句。 [[plan]]', [], true)).toEqual(['"一句。…": cites the plan without its line (第N行)']);
    expect(faultsIn('一句。 [[plan 第3行]]', [])).toEqual(['"一句。…": cites plan, which is no source of this page']);
  });

  test('a statement that rests on a transcription, or on nothing that was read, is marked; one from a law read in full is not', () => {
    const [first, second] = statementsOf(parsePolicyBody('甲 [[law]] [[copy]]\n乙 [[law]]'));
    expect(first && statementNeedsCheck(first, [law, copy])).toBe(true);
    expect(second && statementNeedsCheck(second, [law, copy])).toBe(false);
    expect(first && statementNeedsCheck(first, [law, { ...copy, confidence: 'G' }])).toBe(true);
    expect(first && statementNeedsCheck(first, [law, { ...copy, confidence: 'B' }])).toBe(false);
  });
});

describe('the pages of the repository', () => {
  test('every page of the index exists, and no other', () => {
    expect(pagesIn('policy')).toEqual([...policySlugs].sort());
  });

  test.each(pagesIn('policy'))('policy/%s has a strict head and a source for every statement', (name) => {
    const { head, body } = readPage(`policy/${name}.md`);
    const { sources, related } = policyHead.parse(head);
    expect(checkPolicyBody(sources, parsePolicyBody(body), false)).toEqual([]);
    expect(related).not.toContain(name);
    expect(policyHead.safeParse({ ...policyHead.parse(head), tilte: 'x' }).success).toBe(false);
  });

  test.each(noteFolders().flatMap((code) => pagesIn(`jurisdictions/${code}`).map((name) => [code, name] as const)))('jurisdictions/%s/%s is about the page it is named after', (code, name) => {
    const { head, body } = readPage(`jurisdictions/${code}/${name}.md`);
    const { policy, sources } = placeNoteHead.parse(head);
    expect(policy).toBe(name);
    expect(checkPolicyBody(sources, parsePolicyBody(body), true)).toEqual([]);
  });

  test('sentences are short, and no text speaks of a permit, of quality or to mothers alone', () => {
    const texts = [...pagesIn('policy').map((name) => `policy/${name}.md`), ...noteFolders().flatMap((code) => pagesIn(`jurisdictions/${code}`).map((name) => `jurisdictions/${code}/${name}.md`))]
      .flatMap((path) => statementsOf(parsePolicyBody(readPage(path).body)).map(({ text }) => ({ path, text })));
    const sentences = texts.flatMap(({ text }) => text.split(/[。！？；]/u).filter((sentence) => sentence.length > 0));
    const characters = sentences.reduce((total, sentence) => total + sentence.length, 0);
    expect(characters / sentences.length).toBeLessThanOrEqual(25);
    expect(texts.filter(({ text }) => /已认证|放心机构|黑托育|未备案机构|备案许可|撤销备案|宝妈|免费托育|老人版|敬请期待|点击这里/u.test(text))).toEqual([]);
  });

  test('the daily question has its answer: what is free in the last year of kindergarten is not so in a 托班', () => {
    expect(readPage('policy/money.md').body).toMatch(/## 免保教费，托班能用吗\n不能。/);
  });
});
