import { expect, it } from 'vitest';
import { sourceText, ValueSource } from './scenario.ts';

it.each([
  [{ kind: 'json', path: '$.a' }, 'JSON $.a'],
  [{ kind: 'cookie', name: 'sid' }, 'cookie sid'],
  [{ kind: 'location', name: 'code' }, 'query of Location code'],
] as const)('%j is called %j', (source, text) => {
  expect(sourceText(ValueSource.parse(source))).toBe(text);
});
