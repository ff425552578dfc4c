import { expect, it } from 'vitest';
import { isScriptFile, shortNames } from './script-names.ts';

it.each([
  ['a.ts', true],
  ['my script-2.js', true],
  ['a.mjs', true],
  ['sluice.d.ts', false],
  ['../a.ts', false],
  ['a/b.ts', false],
  ['.a.ts', false],
  ['a.json', false],
  ['', false],
  [`${'a'.repeat(200)}.ts`, false],
])('%s: %s', (name, is) => {
  expect(isScriptFile(name)).toBe(is);
});

it('names are as short as they can be and still tell scripts apart', () => {
  const names = shortNames(['/x/a.ts', '/x/b.ts', '/y/b.ts', '/z/x/b.ts']);
  expect(names.get('/x/a.ts')).toBe('a.ts');
  expect(names.get('/y/b.ts')).toBe('y/b.ts');
  expect(new Set(names.values()).size).toBe(4);
});
