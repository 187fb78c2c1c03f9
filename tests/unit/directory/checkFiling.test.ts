import { describe, expect, test } from 'vitest';
import { checkFiling } from '#domain/directory/checkFiling.ts';
import { anInstitution, aSnapshot } from '#tests/unit/directory/builders.ts';

const credential = (state: string) => ({ kind: 'filing', state, number: null, receiptedOn: null, authority: null, since: null, decisionNumber: null });
const filed = anInstitution({ name: '示例小水滴托育', aliases: ['水滴屋'], address: '示例路5号', creditCode: '91350100M000100Y43' });
const ended = anInstitution({ name: '示例小水滴二园', credential: credential('withdrawn') });
const planned = anInstitution({ name: '示例规划园', credential: credential('planned') });
const returned = anInstitution({ name: '示例退回园', credential: credential('returned') });
const snapshot = aSnapshot([ended, filed, planned, returned]);
const hits = (typed: string) => {
  const answer = checkFiling(snapshot, typed);
  return answer.ok ? answer.value.hits.map(({ institution, matchedBy, exact, group }) => [institution.name, matchedBy, exact, group]) : answer.reason;
};

describe('查一查备案', () => {
  test.each([
    ['示例小水滴托育', [['示例小水滴托育', 'name', true, 'listed']]],
    ['小水滴', [['示例小水滴二园', 'name', false, 'ended'], ['示例小水滴托育', 'name', false, 'listed']]],
    ['水滴屋', [['示例小水滴托育', 'alias', true, 'listed']]],
    ['９１350100m000100y43', [['示例小水滴托育', 'creditCode', true, 'listed']]],
    ['示例路5号', [['示例小水滴托育', 'address', true, 'listed']]],
    ['示例小水滴托育有限公司', [['示例小水滴托育', 'name', false, 'listed']]],
    ['示例规划园', [['示例规划园', 'name', true, 'planned']]],
    ['示例退回园', []], ['91350100M000', []], ['没有的园', []], ['园', 'too-short'], ['  ', 'too-short'],
  ])('%s', (typed, expected) => { expect(hits(typed)).toEqual(expected); });
});
