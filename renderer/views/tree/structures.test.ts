import { describe, expect, it } from 'vitest';
import { classifyBody } from '../content/classify.ts';
import { structureOf } from './structures.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const of = (type: string | undefined, start: string) =>
  structureOf(type, classifyBody(type, bytes(start), start.length))?.id;

describe('the structure of a body', () => {
  it.each([
    ['application/json', '{}', 'json'],
    ['application/graphql-response+json; charset=utf-8', '{}', 'json'],
    [undefined, '{"a":1}', 'json'],
    ['application/x-www-form-urlencoded', 'a=1', 'form'],
    ['multipart/form-data; boundary=x', '--x', 'multipart'],
    ['multipart/mixed; boundary=x', '--x', 'multipart'],
    ['application/msgpack', '\x81', 'msgpack'],
    ['application/x-msgpack', '\x81', 'msgpack'],
    ['application/vnd.msgpack', '\x81', 'msgpack'],
    ['application/cbor', '\x81', 'cbor'],
    ['application/grpc', '\0', 'grpc'],
    ['application/grpc-web+proto', '\0', 'grpc'],
    ['application/x-protobuf', '\x08', 'protobuf'],
    ['application/vnd.google.protobuf', '\x08', 'protobuf'],
  ])('%s %j: %s', (type, start, expected) => {
    expect(of(type, start)).toBe(expected);
  });

  it.each([
    ['text/html', '<p>'],
    ['image/png', 'x'],
    ['application/grpc+json', '\0'],
    ['application/json', ''],
    ['text/plain', 'hello'],
  ])('%s %j has none', (type, start) => {
    expect(of(type, start)).toBeUndefined();
  });
});
