import { expect, it } from 'vitest';
import { isDefaultPair } from './default-credentials.ts';

it('knows what products are shipped with, whatever the case', () => {
  for (const [user, password] of [
    ['admin', 'admin'],
    ['Admin', 'Password'],
    ['root', 'calvin'],
    ['tomcat', 's3cret'],
    ['elastic', 'changeme'],
  ] as const)
    expect(isDefaultPair(user, password)).toBe(true);
});

it('knows nothing of other pairs', () => {
  expect(isDefaultPair('mia', 'mia')).toBe(false);
  expect(isDefaultPair('admin', 'vK8#qTz!2m')).toBe(false);
  expect(isDefaultPair('', '')).toBe(false);
});
