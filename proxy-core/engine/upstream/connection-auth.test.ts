import { expect, test } from 'vitest';
import { authenticatesConnection } from './connection-auth.ts';

test.each([
  'NTLM',
  'ntlm',
  'Negotiate',
  'NTLM TlRMTVNTUAABAAAA',
  'Negotiate YIIJvwYGKwYBBQUC==',
  'Basic realm="x", NTLM',
  'Basic realm="x",Negotiate, NTLM',
  'Negotiate,\tBasic realm="a, b"',
  'Bearer, NTLM, Basic realm="x"',
])('79 %s belongs to its connection', (value) => {
  expect(authenticatesConnection(value)).toBe(true);
});

test.each([
  '',
  'Basic realm="NTLM"',
  'Basic realm="say \\", NTLM, \\" please"',
  'Basic realm="x, Negotiate"',
  'Bearer ntlm',
  'Digest realm=negotiate, nonce="x"',
  'NTLMv9 x',
  'NegotiateX',
  'Basic bnRsbQ==',
])('%s belongs to its request', (value) => {
  expect(authenticatesConnection(value)).toBe(false);
});

test('a long value with an open quote is read in linear time', () => {
  const start = performance.now();
  expect(authenticatesConnection(`"${'\\"'.repeat(100_000)}`)).toBe(false);
  expect(authenticatesConnection(', \t'.repeat(100_000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
