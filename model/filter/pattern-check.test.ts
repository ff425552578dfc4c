import { expect, it } from 'vitest';
import { checkIfLoaded } from './pattern-check.ts';

it('lets patterns pass until their engine is loaded, and is exact from then on', async () => {
  expect(checkIfLoaded('(')).toBeUndefined();
  await import('./pattern.ts');
  expect(checkIfLoaded('(')).toMatch(/missing closing/);
  expect(checkIfLoaded('a+')).toBeUndefined();
});
