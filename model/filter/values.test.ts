import { describe, expect, it } from 'vitest';
import { numberCondition, VALUE_HELP } from './values.ts';

describe('values', () => {
  it.each([
    ['size', '0', 0],
    ['size', '1.5k', 1536],
    ['size', '10KB', 10_240],
    ['size', '3gb', 3 * 1024 ** 3],
    ['duration', '20', 20],
    ['duration', '1.5s', 1500],
    ['duration', '2min', 120_000],
    ['number', '42', 42],
    ['status', '404', 404],
    ['severity', 'HIGH', 4],
    ['severity', 'info', 1],
    ['severity', 'none', 0],
  ] as const)('%s %s', (kind, text, value) => {
    expect(numberCondition('id', kind, '>', text)).toEqual({
      type: 'number',
      field: 'id',
      operator: '>',
      value,
    });
  });

  it.each([
    ['size', '10ms'],
    ['size', '-1'],
    ['size', ''],
    ['size', '1e3'],
    ['size', '9'.repeat(16)],
    ['size', '1tostring'],
    ['duration', '10kb'],
    ['number', '4k'],
    ['status', '0xx'],
    ['status', '4x'],
    ['severity', '3'],
  ] as const)('%s does not take "%s"', (kind, text) => {
    expect(numberCondition('id', kind, '=', text)).toBeUndefined();
  });

  it('of every kind are explained', () => {
    for (const help of Object.values(VALUE_HELP)) expect(help).toMatch(/^(a|one of) /);
  });
});

describe('a status class', () => {
  const values = (operator: ':' | '>' | '<' | '>=' | '<=') =>
    JSON.stringify(numberCondition('status', 'status', operator, '4XX'));

  it('is compared as a whole', () => {
    expect(values(':')).toContain('400');
    expect(values(':')).toContain('499');
    expect(
      [values('>'), values('<='), values('<'), values('>=')].map((text) => /\d{3}/.exec(text)?.[0]),
    ).toEqual(['499', '499', '400', '400']);
  });
});
