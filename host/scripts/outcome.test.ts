import { describe, expect, it } from 'vitest';
import { BadOutcome, headOutcome, messageOutcome, noteOutcome, valueOutcome } from './outcome.ts';

const CAME = {
  headers: [
    ['Content-Length', '3'],
    ['A', '1'],
  ] as [string, string][],
  content: undefined,
};
const head = (outcome: object, bytes?: Uint8Array, came: { content?: Uint8Array } = {}) =>
  headOutcome(JSON.stringify(outcome), bytes, { ...CAME, content: undefined, ...came });

describe('of a request or a response', () => {
  it('is what it says, and nothing where it says nothing', () => {
    expect(head({})).toEqual({ resolution: { kind: 'go' }, note: {} });
    expect(head({ method: 'PUT', url: 'http://a/', mark: 2, comment: 'c' })).toEqual({
      resolution: { kind: 'go', method: 'PUT', url: 'http://a/' },
      note: { mark: 2, comment: 'c' },
    });
    expect(head({ drop: true }).resolution).toEqual({ kind: 'drop' });
  });

  it('leaves fields that Sluice keeps right as they came', () => {
    const { resolution } = head({
      headers: [
        ['content-length', '999'],
        ['Transfer-Encoding', 'chunked'],
        ['B', '2'],
      ],
    });
    expect(resolution).toEqual({
      kind: 'go',
      headers: [
        ['B', '2'],
        ['Content-Length', '3'],
      ],
    });
    const answered = head({
      answer: {
        status: 200,
        headers: [
          ['Connection', 'close'],
          ['C', '3'],
        ],
        text: 'é',
      },
    });
    expect(answered.resolution).toEqual({
      kind: 'answer',
      status: 200,
      headers: [['C', '3']],
      content: new Uint8Array([0xc3, 0xa9]),
    });
  });

  it('writes text in the encoding of what came', () => {
    const latin = new Uint8Array([0xe9]);
    expect(head({ text: 'è' }, undefined, { content: latin }).resolution).toEqual({
      kind: 'go',
      content: new Uint8Array([0xe8]),
    });
    expect(head({ text: 'è' }).resolution).toEqual({ kind: 'go', content: new Uint8Array([0xc3, 0xa8]) });
    expect(head({ text: '' }).resolution).toEqual({ kind: 'go', content: new Uint8Array() });
    expect(head({}, latin).resolution).toEqual({ kind: 'go', content: latin });
  });

  it.each([
    [{ method: 'A B' }],
    [{ method: 'CONNECT' }],
    [{ url: 'file:///etc/passwd' }],
    [{ headers: [['a', 'b\r\nc: d']] }],
    [{ headers: [['a b', 'c']] }],
    [{ headers: 'none' }],
    [{ status: 101 }],
    [{ status: 'x' }],
    [{ answer: { status: 99, headers: [], text: '' } }],
    [{ mark: 6 }],
    [{ drop: 'yes' }],
  ])('refuses %j', (outcome) => {
    expect(() => head(outcome)).toThrow(BadOutcome);
  });
});

it('of a message is its text or octets, or that it is left out', () => {
  expect(messageOutcome('{"text":"a"}', undefined)).toEqual({ kind: 'go', content: new Uint8Array([97]) });
  expect(messageOutcome('{}', new Uint8Array([1]))).toEqual({ kind: 'go', content: new Uint8Array([1]) });
  expect(messageOutcome('{}', undefined)).toEqual({ kind: 'go' });
  expect(messageOutcome('{"drop":true}', undefined)).toEqual({ kind: 'drop' });
});

it('of a session is what is noted, of a column what is shown', () => {
  expect(noteOutcome('{"mark":1,"method":"x"}')).toEqual({ mark: 1 });
  expect(valueOutcome('{"value":"v"}')).toBe('v');
  expect(valueOutcome('{}')).toBeUndefined();
});
