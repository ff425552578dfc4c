import { describe, expect, it } from 'vitest';
import { readSazField, type SazField, sazFieldText, sazFlagsOf } from './saz-field.ts';

const field: SazField = {
  version: 1,
  row: { comment: 'a\uffff\ud800' },
  timings: {},
  facts: {},
  request: {},
};

describe('the flag of ours', () => {
  it('comes back, and holds no character that XML does not', () => {
    const text = sazFieldText(field);
    expect(text).not.toMatch(/[\ufffe\uffff\ud800-\udfff]/);
    expect(readSazField(text)).toEqual(field);
  });

  it('is absent, or of another version', () => {
    expect(readSazField(undefined)).toBeUndefined();
    expect(readSazField('{"version":2}')).toBeUndefined();
    expect(readSazField('null')).toBeUndefined();
  });

  it.each(['{', '{"version":1}', '{"version":1,"row":{},"timings":{},"facts":{},"request":{"glue":1}}'])(
    'is refused as %j',
    (text) => {
      expect(() => readSazField(text)).toThrow(expect.objectContaining({ code: 'bad-file' }));
    },
  );
});

describe('flags that were imported', () => {
  it('are those of a SAZ alone', () => {
    expect([...sazFlagsOf('{"saz":{"flags":{"a":"b"}}}')]).toEqual([['a', 'b']]);
    for (const other of [undefined, '', 'x', '{}', '{"saz":1}', '{"saz":{"flags":{"a":1}}}']) {
      expect(sazFlagsOf(other).size).toBe(0);
    }
  });
});
