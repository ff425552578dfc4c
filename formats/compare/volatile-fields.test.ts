import { describe, expect, it } from 'vitest';
import { VolatileFields } from './volatile-fields.ts';

const fields = (values: Record<string, string>) => new Map(Object.entries(values));
const reason = (field: string, a: string, b: string) => new VolatileFields().reason(field, a, b);

describe('volatile fields', () => {
  it('are learnt from repeats of one request, in all items of a list', () => {
    const volatile = new VolatileFields();
    volatile.learn([
      fields({ 'response.body.n': '1', 'response.body.items[0].rank': '1', 'response.body.same': '"x"' }),
      fields({ 'response.body.n': '2', 'response.body.items[0].rank': '5', 'response.body.same': '"x"' }),
    ]);
    expect(volatile.reason('response.body.n', '1', '9')).toBe('repeats');
    expect(volatile.reason('response.body.items[7].rank', '3', '4')).toBe('repeats');
    expect(volatile.reason('response.body.same', '"x"', '"y"')).toBeUndefined();
  });

  it('never hide that a status is another', () => {
    const volatile = new VolatileFields();
    volatile.learn([fields({ status: '200' }), fields({ status: '503' })]);
    expect(volatile.reason('status', '200', '503')).toBeUndefined();
  });

  it.each([
    ['time', '"2026-11-24T12:00:00Z"', '"2026-11-25T08:30:00.5+01:00"'],
    ['time', '1764000000123', '1764000999000'],
    ['time', '1764000000', '1764000900'],
    ['time', 'Tue, 24 Nov 2026 12:18:07 GMT', 'Wed, 25 Nov 2026 12:18:07 GMT'],
    ['id', '"7b1d9c34-58f2-4f0e-9d3a-2f7c6b5a4e10"', '"0b1d9c34-58f2-4f0e-9d3a-2f7c6b5a4e11"'],
    ['id', '"9f8e7d6c5b4a39281706"', '"1f8e7d6c5b4a39281705"'],
    ['id', '"01JD8Z7Q4T3M6N9P2R5S8V1W4X"', '"01JD8Z7Q4T3M6N9P2R5S8V1W4Y"'],
    ['secret', '"[redacted:token:1]"', '"[redacted:token:2]"'],
  ])('are what looks like a %s on both sides: %s, %s', (expected, a, b) => {
    expect(reason('response.body.x', a, b)).toBe(expected);
  });

  it.each([
    ['"red"', '"blue"'],
    ['1', '2'],
    ['1764000000', '5'],
    ['"2026-11-24"', '"tomorrow"'],
    ['true', 'false'],
    ['"7b1d9c34-58f2-4f0e-9d3a-2f7c6b5a4e10"', 'null'],
    ['"an ordinary sentence of some length"', '"another sentence of about that length"'],
  ])('are not %s and %s', (a, b) => {
    expect(reason('response.body.x', a, b)).toBeUndefined();
  });

  it('are the headers of one exchange, whatever they say and also on one side alone', () => {
    const volatile = new VolatileFields();
    expect(volatile.reason('response.header.date', 'x', 'y')).toBe('transport');
    expect(volatile.reason('response.header.x-amzn-requestid', 'x', undefined)).toBe('transport');
    expect(volatile.reason('response.header.cache-control', 'no-store', 'public')).toBeUndefined();
    expect(volatile.reason('response.body.date', '"x"', '"y"')).toBeUndefined();
  });
});
