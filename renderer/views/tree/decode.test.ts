import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTree } from './decode.ts';
import type { StructureId } from './structures.ts';
import type { TreeNode } from './tree-node.ts';

const summary = (node: TreeNode): unknown =>
  node.children === undefined ? node.text : node.children().map((child) => [child.key, summary(child)]);

describe('whole bodies', () => {
  it('in MessagePack, one value or several', () => {
    const bytes = encodeMsgpack({ id: 12345678901234567890n, tags: ['a'] }, { useBigInt64: true });
    expect(summary(decodeTree('msgpack', bytes, undefined))).toEqual([
      ['id', '12345678901234567890'],
      ['tags', [[0, 'a']]],
    ]);
    expect(summary(decodeTree('msgpack', Uint8Array.of(1, 2), undefined))).toEqual([
      [0, '1'],
      [1, '2'],
    ]);
  });

  it('in CBOR, with keys that are no text', () => {
    const bytes = encodeCbor(
      new Map<number, unknown>([
        [1, 'alg'],
        [-2, Uint8Array.of(5)],
      ]),
    );
    expect(summary(decodeTree('cbor', bytes, undefined))).toEqual([
      ['1', 'alg'],
      ['-2', '05'],
    ]);
  });

  it('in JSON of another charset', () => {
    const latin1 = Uint8Array.from('{"city":"Z\xfcrich"}', (unit) => unit.charCodeAt(0));
    expect(summary(decodeTree('json', latin1, 'application/json; charset=iso-8859-1'))).toEqual([
      ['city', 'Zürich'],
    ]);
  });

  it('as forms', () => {
    expect(summary(decodeTree('form', new TextEncoder().encode('a=1'), undefined))).toEqual([['a', '1']]);
  });

  it.each<StructureId>(['json', 'msgpack', 'cbor', 'protobuf', 'grpc', 'multipart', 'form'])(
    '%s: whatever the bytes are, a tree or a reason',
    (structure) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
          try {
            summary(decodeTree(structure, bytes, 'multipart/mixed; boundary=a'));
          } catch (error) {
            expect((error as Error).message).not.toBe('');
          }
        }),
      );
    },
  );
});
