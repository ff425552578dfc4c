import { createHmac } from 'node:crypto';
import { testCheck } from '../testing/test-check.ts';
import { jwtWeak } from './jwt-weak.ts';

/** Of the time of the sessions of tests. */
const NOW = 1_750_000_000;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(claims: object, secret = 'vK8#qTz!2mLw9RxpA7cE5nB3', alg = 'HS256') {
  const signed = `${part({ alg, typ: 'JWT' })}.${part({ iat: NOW, exp: NOW + 900, ...claims })}`;
  return alg === 'none'
    ? `${signed}.`
    : `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
const bearer = (token: string, answer = '200') => `GET /me\nAuthorization: Bearer ${token}\n---\n${answer}`;

testCheck(jwtWeak, {
  finds: [
    bearer(`«${jwt({ sub: '1' }, 'secret')}»`),
    bearer(`«${jwt({ sub: '1' }, '', 'none')}»`),
    bearer(`«${jwt({ sub: '1', exp: undefined })}»`),
    bearer(`«${jwt({ sub: '1', exp: NOW + 90 * 24 * 3600 })}»`),
    bearer(`«${jwt({ sub: '1', password: 'x1y2z3' })}»`),
    bearer(`«${jwt({ sub: '1', iat: NOW - 8000, exp: NOW - 4000 })}»`),
    `GET /me\nCookie: auth=«${jwt({ sub: '1' }, 'changeme')}»\n---\n200`,
    `200\nContent-Type: application/json\n\n{"token":"«${jwt({ sub: '1' }, 'your-256-bit-secret')}»"}`,
  ],
  passes: [
    bearer(jwt({ sub: '1' })),
    bearer(jwt({ sub: '1', iat: NOW - 8000, exp: NOW - 4000 }), '401'),
    bearer(jwt({ sub: '1', email_verified: true, passwordless: true, password: null })),
    `200\nContent-Type: application/json\n\n{"refresh_token":"${jwt({ exp: NOW + 30 * 24 * 3600 })}"}`,
    bearer('q8ZrT2mVbX5nK7wLp3Hd'),
    bearer(jwt({ sub: '1' }, 'another secret that nobody guesses')),
    'GET /me?t=eyJhbGciOiJub25lIn0\n---\n200',
    `POST /x\nContent-Type: application/json\n\n{"id_token":"${jwt({ sub: '1', exp: NOW + 3600 })}"}\n---\n200`,
  ],
});
