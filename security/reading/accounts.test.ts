import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf } from '../testing/run-check.ts';
import { Accounts } from './accounts.ts';

const read = (text: string) => inputOf(makeSession(sessionText(text).session));
const asked = (field: string) => read(`GET /me\n${field}\n---\n200`);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.sig`;

it('tells accounts apart by their credentials', () => {
  const accounts = new Accounts();
  expect(accounts.accountOf(asked('Authorization: Bearer aaaaaaaaaa'))).not.toBe(
    accounts.accountOf(asked('Authorization: Bearer bbbbbbbbbb')),
  );
  expect(accounts.accountOf(asked('X-Request-Id: 1'))).toBeUndefined();
});

it('knows two tokens of one subject, and two sessions of one login, as one', () => {
  const accounts = new Accounts();
  const of = (claims: object) => accounts.accountOf(asked(`Authorization: Bearer ${jwt(claims)}`));
  expect(of({ sub: '1', iat: 1 })).toBe(of({ sub: '1', iat: 2 }));
  expect(of({ sub: '1' })).not.toBe(of({ sub: '2' }));
  for (const token of ['aaaaaaaaaa', 'bbbbbbbbbb']) {
    accounts.learn(
      read(
        `POST /login\nContent-Type: application/json\n\n{"user":"mia","password":"x"}\n---\n200\nContent-Type: application/json\n\n{"token":"${token}"}`,
      ),
    );
  }
  expect(accounts.accountOf(asked('Authorization: Bearer aaaaaaaaaa'))).toBe(
    accounts.accountOf(asked('Authorization: Bearer bbbbbbbbbb')),
  );
});

it('knows Basic by its user name', () => {
  const accounts = new Accounts();
  const basic = (text: string) =>
    accounts.accountOf(asked(`Authorization: Basic ${Buffer.from(text).toString('base64')}`));
  expect(basic('mia:one')).toBe(basic('mia:two'));
  expect(basic('mia:one')).not.toBe(basic('tom:one'));
});
