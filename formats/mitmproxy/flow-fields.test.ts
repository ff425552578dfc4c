import { describe, expect, it } from 'vitest';
import { addressIn, isMap, listIn, mapIn, numberIn, octetsOf, textIn } from './flow-fields.ts';

const flow = new Map<string, never>(
  Object.entries({
    inner: new Map([['a', 1]]),
    list: [1],
    text: 'é',
    octets: Buffer.from('\xe9x', 'latin1'),
    utf8: Buffer.from('é'),
    number: 1.5,
    nothing: null,
    empty: '',
    address: ['127.0.0.1', 80],
    v6: ['::1', 443, 0, 0],
  }) as [string, never][],
);

describe('fields of a flow', () => {
  it('are read by their kind', () => {
    expect([mapIn(flow, 'inner').get('a'), listIn(flow, 'list'), numberIn(flow, 'number')]).toEqual([
      1,
      [1],
      1.5,
    ]);
    expect([octetsOf(flow.get('text')), octetsOf(flow.get('octets'))]).toEqual(['\xc3\xa9', '\xe9x']);
  });

  it('of another kind are as good as none', () => {
    expect([
      mapIn(flow, 'text').size,
      listIn(flow, 'text'),
      numberIn(flow, 'text'),
      octetsOf(flow.get('list')),
    ]).toEqual([0, [], undefined, '']);
    expect([isMap(flow.get('inner')), isMap(flow.get('list')), isMap(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('have several names through the years', () => {
    expect(textIn(flow, 'nothing', 'empty', 'text')).toBe('é');
    expect(textIn(flow, 'utf8')).toBe('é');
    expect(textIn(flow, 'number')).toBeUndefined();
  });

  it('that are addresses are written with brackets where they must be', () => {
    expect(addressIn(flow, 'missing', 'address')).toBe('127.0.0.1:80');
    expect(addressIn(flow, 'v6')).toBe('[::1]:443');
    expect(addressIn(flow, 'list', 'text')).toBeUndefined();
  });
});
