import { expect, it } from 'vitest';
import { problemOf } from './script-fault.ts';

it('names the innermost place in the script, and the way there', () => {
  const stack =
    '    at inner (my.ts:3:9)\n    at request (my.ts:8:2)\n    at run (sluice:prelude:402:48)\n    at exec (native)\n';
  expect(problemOf({ name: 'TypeError', message: 'no', stack }, 'my.ts')).toEqual({
    message: 'TypeError: no',
    line: 3,
    column: 9,
    stack: ['inner (my.ts:3:9)', 'request (my.ts:8:2)'],
  });
});

it('reads places without a function, and knows when there is none', () => {
  expect(problemOf({ name: 'SyntaxError', message: 'x', stack: '    at my.ts:1:9\n' }, 'my.ts')).toEqual({
    message: 'SyntaxError: x',
    line: 1,
    column: 9,
  });
  expect(problemOf({ name: 'Error', message: 'x', stack: '    at f (other.ts:1:9)' }, 'my.ts')).toEqual({
    message: 'Error: x',
  });
});

it('says limits and thrown values without a name, and cuts what is long', () => {
  expect(problemOf({ name: 'Limit', message: 'Too slow.', stack: '' }, 'a').message).toBe('Too slow.');
  expect(problemOf({ name: 'Thrown', message: 'text', stack: '' }, 'a').message).toBe('text');
  const deep = '    at f (a:1:1)\n'.repeat(5000);
  const problem = problemOf({ name: 'Error', message: 'x'.repeat(5000), stack: deep }, 'a');
  expect(problem.message).toHaveLength(1000);
  expect(problem.stack).toHaveLength(10);
});
