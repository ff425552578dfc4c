import { expect, it } from 'vitest';
import { freeScriptName, scriptsText } from './scripts-text.ts';

it('new scripts take the first free name', () => {
  expect(freeScriptName([])).toBe('script-1.ts');
  expect(freeScriptName(['script-1.ts', 'script-3.ts'])).toBe('script-2.ts');
});

it('problems say their line where they have one', () => {
  expect(scriptsText.problem(3, 'TypeError: no')).toBe('Line 3: TypeError: no');
  expect(scriptsText.problem(undefined, 'no')).toBe('no');
  expect(scriptsText.parts([])).toMatch(/nothing yet/);
});
