import { describe, expect, it } from 'vitest';
import type { AccountFilters } from '#model/account-filters.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { checkInput } from '../run-checks.ts';
import { JSON_TYPE, jobOf } from '../testing/run-check.ts';
import { accountRules } from './account-rules.ts';
import { isLogout, loginOf } from './identity.ts';

const input = (filters: AccountFilters, session: SessionOverrides) =>
  checkInput(jobOf(makeSession(session)), accountRules(filters));
const ENTER: SessionOverrides = {
  method: 'POST',
  url: 'https://a.test/api/enter',
  requestHeaders: [JSON_TYPE],
  requestBody: '{"op":"enter","who":"mia"}',
  status: 204,
};
const LOGIN: SessionOverrides = {
  method: 'POST',
  url: 'https://a.test/login',
  requestHeaders: [JSON_TYPE],
  requestBody: '{"username":"mia","password":"vK8#qTz!2mLw"}',
};

describe('what people say of logins', () => {
  it('makes a login of what nobody would have taken for one, by its path or its body', () => {
    expect(loginOf(input({}, ENTER))).toBeUndefined();
    for (const login of ['method:POST path:/enter', 'reqbody:"\\"op\\":\\"enter\\""', 'json:$.op=enter'])
      expect(loginOf(input({ login }, ENTER))).toMatchObject({ succeeded: true });
  });

  it('takes one away from what looks like one', () => {
    expect(loginOf(input({}, LOGIN))).toMatchObject({ user: 'mia' });
    expect(loginOf(input({ login: 'path:/enter' }, LOGIN))).toBeUndefined();
    expect(loginOf(input({ login: '' }, LOGIN))).toBeDefined();
  });

  it('leaves to the answer whether it worked', () => {
    expect(loginOf(input({ login: 'path:/enter' }, { ...ENTER, status: 401 }))).toMatchObject({
      succeeded: false,
    });
  });
});

describe('what people say of logouts', () => {
  it('is in place of what the checks would guess', () => {
    expect(isLogout(input({ logout: 'path:/leave' }, { url: 'https://a.test/leave' }))).toBe(true);
    expect(isLogout(input({ logout: 'path:/leave' }, { url: 'https://a.test/logout' }))).toBe(false);
    expect(isLogout(input({}, { url: 'https://a.test/logout' }))).toBe(true);
  });
});
