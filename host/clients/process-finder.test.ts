import { expect, it } from 'vitest';
import { processFinder } from './process-finder.ts';

it.each(['linux', 'darwin', 'win32'] as const)('there is a way to ask %s', async (platform) => {
  await using finder = processFinder(platform);
  expect(finder).toBeDefined();
});

it('there is none to ask others', () => {
  expect(processFinder('aix')).toBeUndefined();
});
