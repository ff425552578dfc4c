import { expect, it } from 'vitest';
import { strippedSource } from './script-source.ts';

it('takes types out and leaves every other character where it was', () => {
  const source =
    'import type { Request } from "sluice";\nexport function request(r: Request): void {\n  r.mark(1 as const);\n}\n';
  const stripped = strippedSource(source, 'a.ts');
  const code = 'code' in stripped ? stripped.code : '';
  expect(code).toHaveLength(source.length);
  expect(code).toMatch(/^\s+\nexport function request\(r\s+\)\s+\{\n {2}r\.mark\(1\s+\);\n\}\n$/);
});

it('leaves JavaScript alone', () => {
  expect(strippedSource('export const a = 1 as number', 'a.js')).toEqual({
    code: 'export const a = 1 as number',
  });
});

it.each([
  ['\nexport const x: = 1;', { line: 2, column: 17 }],
  ['let x: string\nclass { ', { line: 2, column: 7 }],
  ['\n\nenum A { x }', { line: 3, column: 1 }],
])('says where %j is wrong', (source, place) => {
  expect(strippedSource(source, 'a.ts')).toEqual({
    problem: { message: expect.stringMatching(/^SyntaxError: /), ...place },
  });
});
