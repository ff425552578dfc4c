import { testCheck } from '../testing/test-check.ts';
import { objectIdForeign } from './object-id-foreign.ts';

const get = (path: string, who: string | undefined, body: object, more = '') =>
  `GET ${path}\n${who === undefined ? 'X-A: b' : `Authorization: Bearer ${who}`}\n---\n200\nContent-Type: application/json${more}\n\n${JSON.stringify(body)}`;
const ORDER = { id: 42, email: 'mia@acme.test', total: 10 };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.sig`;

testCheck(objectIdForeign, {
  finds: [
    [
      get('/orders/42', 'token-of-mia', ORDER),
      get('/orders/42', 'token-of-tom', { ...ORDER, email: '«mia@acme.test»' }),
    ],
    [get('/order?order_id=42', 'token-of-mia', ORDER), get('/order?order_id=42', 'token-of-tom', ORDER)],
    [get('/users/42', jwt({ sub: '1' }), ORDER), get('/users/42', jwt({ sub: '2' }), ORDER)],
  ],
  passes: [
    [get('/orders/42', 'token-of-mia', ORDER), get('/orders/42', 'token-of-mia', ORDER)],
    [get('/orders/42', 'token-of-mia', ORDER), get('/orders/43', 'token-of-tom', ORDER)],
    [
      get('/products/42', 'token-of-mia', { id: 42, name: 'tea' }),
      get('/products/42', 'token-of-tom', { id: 42, name: 'tea' }),
    ],
    [
      get('/orders/42', 'token-of-mia', ORDER),
      get('/orders/42', 'token-of-tom', { ...ORDER, email: 'tom@acme.test' }),
    ],
    [
      get('/posts/42', undefined, ORDER),
      get('/posts/42', 'token-of-mia', ORDER),
      get('/posts/42', 'token-of-tom', ORDER),
    ],
    [get('/users/42', jwt({ sub: '1', iat: 1 }), ORDER), get('/users/42', jwt({ sub: '1', iat: 2 }), ORDER)],
    [get('/me', 'token-of-mia', ORDER), get('/me', 'token-of-tom', ORDER)],
    [
      get('/orders/42', 'token-of-mia', ORDER),
      'GET /orders/42\nAuthorization: Bearer token-of-tom\n---\n403\nContent-Type: application/json\n\n{"email":"mia@acme.test"}',
    ],
  ],
});
