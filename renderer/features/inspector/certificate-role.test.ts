import { expect, test } from 'vitest';
import { certificateRole } from './certificate-role.ts';

const certificate = (subject: string, issuer: string) => ({
  subject,
  issuer,
  validFrom: '',
  validTo: '',
  fingerprint256: subject,
});

test('a whole chain', () => {
  const chain = [certificate('a.test', 'CA 1'), certificate('CA 1', 'Root'), certificate('Root', 'Root')];
  expect(chain.map((_, i) => certificateRole(chain, i))).toEqual(['server', 'intermediate', 'root']);
});

test('a chain that ends before its root, as servers send it', () => {
  const chain = [certificate('a.test', 'CA 1'), certificate('CA 1', 'Root')];
  expect(certificateRole(chain, 1)).toBe('intermediate');
});

test('a self-signed server is still the server', () => {
  expect(certificateRole([certificate('a.test', 'a.test')], 0)).toBe('server');
});

test('nothing there is no root', () => {
  expect(certificateRole([], 3)).toBe('intermediate');
});
