import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { type FieldBlock, makeField } from './field.ts';
import { bodyLength, readRequest, readResponse, trailersFault } from './message-rules.ts';

const blockOf = (...pairs: readonly HeaderPair[]): FieldBlock => ({
  fields: pairs.map(([name, value]) => makeField(name, value)),
  tooLarge: false,
  size: 0,
});
const M: HeaderPair = [':method', 'GET'];
const S: HeaderPair = [':scheme', 'https'];
const A: HeaderPair = [':authority', 'a.test'];
const P: HeaderPair = [':path', '/x'];

describe('a request', () => {
  it('falls into pseudo-fields and the others, in order', () => {
    expect(readRequest(blockOf(P, M, A, S, ['x', '1'], ['cookie', 'a'], ['x', '2']))).toEqual({
      method: 'GET',
      scheme: 'https',
      authority: 'a.test',
      path: '/x',
      protocol: undefined,
      headers: [
        ['x', '1'],
        ['cookie', 'a'],
        ['x', '2'],
      ],
      fault: undefined,
    });
  });

  it.each<readonly [string, readonly HeaderPair[]]>([
    ['an asterisk for OPTIONS', [[':method', 'OPTIONS'], S, A, [':path', '*']]],
    ['a method of its own', [[':method', 'X-!'], S, A, P]],
    ['octets of obs-text in the path', [M, S, A, [':path', '/\xe9{}|']]],
    ['a Host that says the same', [M, S, A, P, ['host', 'A.test:443']]],
    ['Host alone', [M, S, P, ['host', 'a.test']]],
    ['TE: trailers', [M, S, A, P, ['te', 'trailers']]],
    ['CONNECT', [[':method', 'CONNECT'], A]],
    ['extended CONNECT', [[':method', 'CONNECT'], S, A, P, [':protocol', 'websocket']]],
  ])('is well with %s', (_name, pairs) => {
    expect(readRequest(blockOf(...pairs)).fault).toBeUndefined();
  });

  it.each<readonly [RegExp, readonly HeaderPair[]]>([
    [/:method is missing/, [S, A, P]],
    [/:scheme is missing/, [M, A, P]],
    [/:path is missing/, [M, S, A]],
    [/:path is empty/, [M, S, A, [':path', '']]],
    [/:path does not begin/, [M, S, A, [':path', 'x']]],
    [/:path does not begin/, [M, S, A, [':path', '*']]],
    [/:path has octets/, [M, S, A, [':path', '/ HTTP/1.1']]],
    [/:path has octets/, [M, S, A, [':path', '/\x7f']]],
    [/:path.*octets/, [M, S, A, [':path', '/\r\nx']]],
    [/:method stands twice/, [M, M, S, A, P]],
    [/:path stands twice/, [M, S, A, P, P]],
    [/:authority stands twice/, [M, S, A, A, P]],
    [/:scheme stands twice/, [M, S, S, A, P]],
    [/not a token/, [[':method', 'G(T'], S, A, P]],
    [/not a token/, [[':method', 'GET /'], S, A, P]],
    [/user information/, [M, S, [':authority', 'u:p@a.test'], P]],
    [/no pseudo-field :status/, [M, S, A, P, [':status', '200']]],
    [/after other fields/, [M, S, A, ['x', '1'], P]],
    [/:protocol stands in another/, [M, S, A, P, [':protocol', 'websocket']]],
    [/CONNECT has a scheme/, [[':method', 'CONNECT'], S, A, P]],
    [/:authority is missing/, [[':method', 'CONNECT']]],
    [/Host and :authority differ/, [M, S, A, P, ['host', 'b.test']]],
    [/Host and :authority differ/, [M, S, A, P, ['host', 'a.test:80']]],
    [/more than one Host/, [M, S, A, P, ['host', 'a.test'], ['host', 'a.test']]],
    [/"X-Big" is not allowed/, [M, S, A, P, ['X-Big', '1']]],
    [/"" is not allowed/, [M, S, A, P, ['', '1']]],
    [/value of x has octets/, [M, S, A, P, ['x', 'a\nb']]],
    [/value of x has octets/, [M, S, A, P, ['x', ' a']]],
    [/connection does not exist/, [M, S, A, P, ['connection', 'close']]],
    [/transfer-encoding does not exist/, [M, S, A, P, ['transfer-encoding', 'chunked']]],
    [/upgrade does not exist/, [M, S, A, P, ['upgrade', 'h2c']]],
    [/TE is "gzip"/, [M, S, A, P, ['te', 'gzip']]],
  ])('is malformed: %s', (reason, pairs) => {
    expect(readRequest(blockOf(...pairs)).fault).toMatch(reason);
  });

  it('says the first of several faults, and not at length', () => {
    const { fault } = readRequest(blockOf(M, S, A, P, [`X${'x'.repeat(10_000)}`, '1'], ['connection', '']));
    expect(fault).toMatch(/^the field name "Xx/);
    expect(fault?.length).toBeLessThan(100);
  });
});

describe('a response', () => {
  it('has its status and its fields', () => {
    expect(readResponse(blockOf([':status', '103'], ['link', '<a>']), false)).toEqual({
      status: 103,
      headers: [['link', '<a>']],
      fault: undefined,
    });
  });

  it.each([
    [/:status is missing/, [['x', '1']]],
    [/:status is "20"/, [[':status', '20']]],
    [/:status is "0200"/, [[':status', '0200']]],
    [/:status is "abc"/, [[':status', 'abc']]],
    [
      /twice/,
      [
        [':status', '200'],
        [':status', '200'],
      ],
    ],
    [
      /no pseudo-field :path/,
      [
        [':status', '200'],
        [':path', '/'],
      ],
    ],
    [/101/, [[':status', '101']]],
    [
      /after other fields/,
      [
        ['x', '1'],
        [':status', '200'],
      ],
    ],
    [
      /"X" is not allowed/,
      [
        [':status', '200'],
        ['X', '1'],
      ],
    ],
    [
      /keep-alive does not exist/,
      [
        [':status', '200'],
        ['keep-alive', '1'],
      ],
    ],
  ] as readonly (readonly [RegExp, readonly HeaderPair[]])[])('is malformed: %s', (reason, pairs) => {
    expect(readResponse(blockOf(...pairs), false).fault).toMatch(reason);
  });
});

it('an interim response that ends its stream is malformed', () => {
  expect(readResponse(blockOf([':status', '103']), true).fault).toMatch(/a 103 response ends/);
  expect(readResponse(blockOf([':status', '204']), true).fault).toBeUndefined();
});

describe('trailers', () => {
  it('are fields like others, without pseudo-fields', () => {
    expect(trailersFault(blockOf(['grpc-status', '0']))).toBeUndefined();
    expect(trailersFault(blockOf([':status', '200']))).toMatch(/:status stands in trailers/);
    expect(trailersFault(blockOf(['X', '1']))).toMatch(/not allowed/);
    expect(trailersFault({ ...blockOf(), tooLarge: true })).toMatch(/more trailers/);
  });
});

describe('a length', () => {
  it.each([
    [['5'], { length: 5 }],
    [[], {}],
    [['0'], { length: 0 }],
    [['7', '7'], { length: 7 }],
  ])('%j is read', (values, expected) => {
    expect(
      bodyLength(blockOf(...values.map((value): HeaderPair => ['content-length', value])), false),
    ).toEqual(expected);
  });

  it.each([['+5'], ['0x5'], [''], ['1,1'], ['-1'], ['9999999999999999999'], ['5', '6']])(
    '%j %j is refused',
    (...values) => {
      const pairs = values
        .filter((value) => value !== undefined)
        .map((value): HeaderPair => ['content-length', value]);
      expect(bodyLength(blockOf(...pairs), false).fault).toMatch(/Content-Length/);
    },
  );

  it('means that there is a body', () => {
    expect(bodyLength(blockOf(['content-length', '5']), true).fault).toMatch(/there is no body/);
    expect(bodyLength(blockOf(['content-length', '0']), true)).toEqual({ length: 0 });
  });
});
