import { describe, expect, it } from 'vitest';
import { isSensitive, makeField, markSensitive, Trait } from './field.ts';

describe('a field', () => {
  it('counts as HPACK counts', () => {
    expect(makeField('custom-key', 'custom-header').size).toBe(55);
  });

  it.each([
    ['accept', '*/*', 0],
    [':path', '/', Trait.PSEUDO],
    ['x-Big', '1', Trait.BAD_NAME],
    ['a b', '1', Trait.BAD_NAME],
    ['', '1', Trait.BAD_NAME],
    ['a:b', '1', Trait.BAD_NAME],
    ['caf\xe9', '1', Trait.BAD_NAME],
    [':Path', '/', Trait.PSEUDO | Trait.BAD_NAME],
    ['x', 'a\0b', Trait.BAD_VALUE],
    ['x', 'a\rb', Trait.BAD_VALUE],
    ['x', 'a\nb', Trait.BAD_VALUE],
    ['x', ' a', Trait.BAD_VALUE],
    ['x', 'a\t', Trait.BAD_VALUE],
    ['x', 'caf\xe9 \x01', 0],
    ['x', '', 0],
    ['connection', 'close', Trait.CONNECTION],
    ['keep-alive', '5', Trait.CONNECTION],
    ['proxy-connection', 'x', Trait.CONNECTION],
    ['transfer-encoding', 'chunked', Trait.CONNECTION],
    ['upgrade', 'h2c', Trait.CONNECTION],
    ['te', 'trailers', 0],
    ['te', 'gzip', Trait.BAD_TE],
    ['host', 'a', Trait.HOST],
    ['content-length', '1', Trait.LENGTH],
  ])('%j: %j is seen for what it is', (name, value, traits) => {
    expect(makeField(name, value).traits).toBe(traits);
  });

  it('can be secret', () => {
    const [one, other] = [makeField('authorization', 'a').pair, makeField('authorization', 'a').pair];
    markSensitive(one);
    expect([isSensitive(one), isSensitive(other)]).toEqual([true, false]);
  });
});
