/** Every schema is also asked, by an independent validator, whether it allows the values that it was made from. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaOf } from './schema-of-shape.ts';
import { addValue, emptyShape } from './shape.ts';

function schema(...values: unknown[]) {
  const shape = emptyShape();
  for (const value of values) addValue(shape, value);
  return schemaOf(shape);
}
const many = <T>(times: number, ...values: T[]): T[] => Array.from({ length: times }, () => values).flat();

describe('a schema', () => {
  it.each([
    [[], {}],
    [[1, 2], { type: 'integer' }],
    [[1, 2.5], { type: 'number' }],
    [['a', null], { type: ['string', 'null'] }],
    [[null], { type: 'null' }],
    [[true, 'x', 1], { type: ['string', 'integer', 'boolean'] }],
    [['2025-01-01', null], { type: ['string', 'null'], format: 'date' }],
    [[[]], { type: 'array', items: {} }],
    [[[1], [null]], { type: 'array', items: { type: ['integer', 'null'] } }],
  ])('of %j is %j', (values, expected) => {
    expect(schema(...values)).toEqual(expected);
  });

  it('requires what was always there', () => {
    expect(schema({ id: 1, name: 'a' }, { id: 2, note: null })).toEqual({
      type: 'object',
      properties: { id: { type: 'integer' }, name: { type: 'string' }, note: { type: 'null' } },
      required: ['id'],
    });
    expect(schema({}, { a: 1 })).toEqual({ type: 'object', properties: { a: { type: 'integer' } } });
  });

  it('of a map says what its members are', () => {
    expect(schema({ '1': { a: 1 }, '2': { a: 2 } })).toEqual({
      type: 'object',
      additionalProperties: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
    });
  });
});

describe('a choice', () => {
  it('is claimed where a few words come again and again', () => {
    expect(schema(...many(10, 'open', 'paid', 'closed'))).toEqual({
      type: 'string',
      enum: ['closed', 'open', 'paid'],
    });
  });

  it.each([
    ['few texts', many(2, 'open', 'paid')],
    ['one text', many(20, 'open')],
    ['many different', many(5, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')],
    ['numbers in them', many(10, 'key-12345', 'key-54321')],
    ['what looks like a secret', many(10, 'sk_live_abcDEFghiJKL', 'x')],
    ['sentences', many(10, 'Hello there', 'Bye')],
    ['other types too', [...many(10, 'open', 'paid'), 1]],
    ['nothing too', [...many(10, 'open', 'paid'), null]],
  ])('is not claimed of %s', (_, texts) => {
    expect(schema(...texts)).not.toHaveProperty('enum');
  });
});

it('allows everything that it was made from', () => {
  const ajv = new Ajv2020({ validateFormats: false, strict: false });
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 8 }), (values) => {
      const plain: unknown[] = JSON.parse(JSON.stringify(values));
      const validate = ajv.compile(schema(...plain));
      for (const value of plain) expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
