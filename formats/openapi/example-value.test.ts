import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { cpuTime } from '../testing/cpu-time.ts';
import { createExamples } from './example-value.ts';
import { createReferences } from './references.ts';

const examples = (document: unknown = {}) => createExamples(createReferences(document, new Losses()));
const example = (schema: unknown, document?: unknown) => examples(document).of(schema);

describe('an example', () => {
  it.each([
    [{ type: 'string', example: 'a', default: 'b' }, 'a'],
    [{ type: 'string', default: 'b' }, 'b'],
    [{ const: 5 }, 5],
    [{ examples: ['c'] }, 'c'],
    [{ enum: [null, 'd'] }, 'd'],
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'uuid' }, '00000000-0000-4000-8000-000000000000'],
    [{ type: 'string', minLength: 8 }, 'stringxx'],
    [{ type: ['null', 'integer'] }, 1],
    [{ type: 'integer', minimum: 5 }, 5],
    [{ type: 'integer', exclusiveMinimum: 5 }, 6],
    [{ type: 'integer', maximum: -2 }, -2],
    [{ type: 'number' }, 1],
    [{ type: 'boolean' }, true],
    [{ type: 'null' }, null],
    [{ type: 'array', items: { type: 'integer' } }, [1]],
    [{ items: {} }, []],
    [{}, undefined],
    [undefined, undefined],
    [true, undefined],
  ])('of %j', (schema, value) => {
    expect(example(schema)).toEqual(value);
  });

  it('of an object has its properties, but what only answers hold', () => {
    const schema = {
      properties: {
        id: { type: 'integer', readOnly: true },
        name: { type: 'string' },
        odd: {},
        tags: { type: 'array' },
      },
    };
    expect(example(schema)).toEqual({ name: 'string', tags: [] });
    expect(example({ type: 'object', additionalProperties: { type: 'integer' } })).toEqual({ key: 1 });
  });

  it('of a combination is all of it, or the first choice', () => {
    const a = { type: 'object', properties: { a: { type: 'integer' } } };
    const b = { type: 'object', properties: { b: { type: 'string' } } };
    expect(example({ allOf: [a, b], properties: { c: { type: 'boolean' } } })).toEqual({
      a: 1,
      b: 'string',
      c: true,
    });
    expect(example({ oneOf: [{ type: 'null' }, b, a] })).toEqual({ b: 'string' });
    expect(example({ anyOf: [{ type: 'string' }] })).toBe('string');
  });

  it('of what a parameter or type gives is that', () => {
    const { ofHolder } = examples({ components: { examples: { e: { value: 7 } } } });
    expect(ofHolder({ example: 0, schema: { type: 'string' } })).toBe(0);
    expect(ofHolder({ examples: { x: { $ref: '#/components/examples/e' } } })).toBe(7);
    expect(ofHolder({ schema: { type: 'string' } })).toBe('string');
  });
});

describe('hostile schemas', () => {
  it('S1: that contain themselves end', () => {
    const node = {
      type: 'object',
      properties: { name: { type: 'string' }, next: { $ref: '#/node' }, all: { items: { $ref: '#/node' } } },
    };
    expect(example({ $ref: '#/node' }, { node })).toEqual({ name: 'string', all: [] });
  });

  it('S1: that branch without end are cut', () => {
    const layers = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => {
        const next = { $ref: `#/l${i + 1}` };
        const properties = Object.fromEntries(Array.from({ length: 10 }, (__, p) => [`p${p}`, next]));
        return [`l${i}`, { type: 'object', properties }] as const;
      }),
    );
    const spent = cpuTime();
    expect(JSON.stringify(example({ $ref: '#/l0' }, layers)).length).toBeLessThan(100_000);
    expect(spent()).toBeLessThan(5000);
  });

  it('cannot reach a prototype', () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"integer"}}}');
    expect(JSON.stringify(example(schema))).toBe('{"__proto__":1}');
    expect(Reflect.get({}, '0')).toBeUndefined();
  });
});
