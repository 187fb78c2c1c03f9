import { describe, expect, test } from 'vitest';
import { keeperRoles, login, may, mayHold, needsTotp, permissions, roles, rolesInForce, type Permission, type Role } from '#domain/accounts/model.ts';
import { isOpen, isProved, sessionTerms } from '#domain/accounts/rules.ts';
import { instant } from '#domain/shared/dates.ts';

const names: readonly Permission[] = ['portal', 'office', 'listing.review', 'audit.read', 'account.write', 'bookings.read', 'own'];
const someone = (...held: Role[]) => ({ roles: held, state: 'active' as const });

describe('what roles may do', () => {
  test.each([
    ['institution', ['portal', 'bookings.read', 'own']], ['clerk', ['office', 'own']], ['reviewer', ['office', 'listing.review', 'own']], ['department', ['office', 'own']], ['street', ['office', 'own']],
    ['systemAdmin', ['office', 'account.write', 'own']], ['securityAdmin', ['office', 'own']], ['auditor', ['office', 'audit.read', 'own']],
  ] as const)('%s: exactly this of a sample', (role, allowed) => { expect(names.filter((name) => may(someone(role), name, 'small'))).toEqual(allowed); });

  test('nobody invited or disabled may do anything', () => {
    for (const state of ['invited', 'disabled'] as const) for (const name of names) expect(may({ roles: ['reviewer'], state }, name, 'small')).toBe(false);
  });

  test('an institution is never an authority: no permission of the office but those both desks share', () => {
    const shared = Object.entries(permissions).filter(([, allowed]) => allowed.some((one) => one === 'institution') && allowed.length > 1).map(([name]) => name);
    expect(shared).toEqual(['count.report', 'calls.work', 'correction.handle', 'own']);
  });
});

describe('三员分立', () => {
  test('two people can hold everything under the small profile', () => {
    expect(mayHold(['clerk', 'street', 'systemAdmin'], 'small')).toBe(true);
    expect(mayHold(['reviewer', 'department', 'securityAdmin', 'auditor'], 'small')).toBe(true);
  });

  test('no keeper holds anything else when roles are separated, whatever the pair', () => {
    for (const keeper of keeperRoles) for (const other of roles) if (other !== keeper) expect(mayHold([keeper, other], 'separated'), `${keeper} and ${other}`).toBe(false);
    expect(mayHold(['clerk', 'reviewer'], 'separated')).toBe(true);
    for (const role of roles) expect(mayHold([role], 'separated')).toBe(true);
  });

  test('of all 255 sets of roles none may, when roles are separated, keep two of system, rights and record, nor keep one and do business; an export needs two accounts under either', () => {
    const sets = Array.from({ length: 2 ** roles.length - 1 }, (_, at) => roles.filter((_role, bit) => ((at + 1) >> bit) % 2 === 1));
    const kept: readonly Permission[] = ['account.write', 'account.secure', 'audit.read'];
    const business: readonly Permission[] = ['listing.review', 'filing.write', 'import.commit', 'complaint.handle', 'complaint.identity', 'bookings.read', 'inspection.write', 'notice.write'];
    expect(sets).toHaveLength(255);
    for (const held of sets) {
      const able = (asked: readonly Permission[]) => asked.filter((one) => may({ roles: held, state: 'active' }, one, 'separated'));
      expect(able(kept).length, held.join(' ')).toBeLessThanOrEqual(1);
      if (able(kept).length > 0) expect(able(business), held.join(' ')).toEqual([]);
      if (able(['account.write']).length > 0) expect(able(['export.approve']), 'who makes accounts approves no export').toEqual([]);
      if (able(['audit.read']).length > 0) expect(able(['export.request', 'export.approve']), 'who reads the record takes no part in what it records').toEqual([]);
    }
    expect(sets.some((held) => kept.every((one) => may({ roles: held, state: 'active' }, one, 'small'))), 'while two people may do it all under the small profile').toBe(true);
  });

  test('an account that mixes them from before keeps its business and loses the rest at once', () => {
    expect(rolesInForce(['clerk', 'systemAdmin', 'auditor'], 'separated')).toEqual(['clerk']);
    expect(rolesInForce(['systemAdmin', 'auditor'], 'separated')).toEqual([]);
    expect(may(someone('clerk', 'systemAdmin'), 'account.write', 'small')).toBe(true);
    expect(may(someone('clerk', 'systemAdmin'), 'account.write', 'separated')).toBe(false);
    expect(may(someone('clerk', 'systemAdmin'), 'filing.write', 'separated')).toBe(true);
  });

  test.each(['small', 'separated'] as const)('an institution holds nothing else under %s, and nobody holds a role twice', (profile) => {
    expect(mayHold(['institution', 'clerk'], profile)).toBe(false);
    expect(mayHold(['clerk', 'clerk'], profile)).toBe(false);
    expect(mayHold([], profile)).toBe(false);
  });
});

test('everyone but an institution needs a second step', () => {
  expect(roles.filter((role) => needsTotp({ roles: [role] }))).toEqual(roles.filter((role) => role !== 'institution'));
});

test('a login is read in any width and case', () => {
  expect(login.parse(' ＨＢ-Jingban ')).toBe('hb-jingban');
  for (const typed of ['ab', '-abc', 'a b c', '经办岗', 'a'.repeat(41), '']) expect(login.safeParse(typed).success, typed).toBe(false);
});

describe('a session', () => {
  const minute = 60_000;
  const at = (minutes: number) => instant.parse(1_800_000_000_000 + minutes * minute);
  test.each([[29.99, 29.99, true], [30, 0, true], [30, 30, false], [719.9, 1, true], [720, 1, false]])('opened %d minutes and used %d minutes ago stands: %s', (opened, used, stands) => {
    expect(isOpen({ openedAt: at(-opened), seenAt: at(-used) }, at(0))).toBe(stands);
  });
  test('is fresh for ten minutes', () => {
    expect(isProved({ provedAt: at(-9.99) }, at(0))).toBe(true);
    expect(isProved({ provedAt: at(-10) }, at(0))).toBe(false);
    expect(sessionTerms.provedMs).toBe(10 * minute);
  });
});
