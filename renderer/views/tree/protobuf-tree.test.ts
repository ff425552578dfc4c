import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grpcTree, protobufTree } from './protobuf-tree.ts';
import type { TreeNode } from './tree-node.ts';

const inner = new BinaryWriter().tag(1, WireType.Varint).uint32(150).finish();
const message = new BinaryWriter()
  .tag(1, WireType.Varint)
  .uint32(7)
  .tag(2, WireType.LengthDelimited)
  .string('Zürich')
  .tag(3, WireType.LengthDelimited)
  .bytes(inner)
  .tag(4, WireType.Bit64)
  .double(1.5)
  .tag(5, WireType.Bit32)
  .float(0.5)
  .tag(6, WireType.LengthDelimited)
  .bytes(Uint8Array.of(0xff, 0xfe, 0x00))
  .tag(7, WireType.Varint)
  .int64(-1n)
  .finish();

const lines = (node: TreeNode): string[] =>
  (node.children?.() ?? []).flatMap((child) => [
    `${child.key} ${child.kind} ${child.text}`.trim(),
    ...lines(child).map((line) => `  ${line}`),
  ]);

describe('a message without its schema', () => {
  it('shows every field with the readings it may have', () => {
    expect(lines(protobufTree(message))).toEqual([
      '1 number 7 (or sint -4)',
      '2 string Zürich',
      '3 object',
      '  1 number 150 (or sint 75)',
      '4 number 4609434218613702656 (or double 1.5)',
      '5 number 1056964608 (or float 0.5)',
      '6 bytes ff fe 00',
      '7 number 18446744073709551615 (or -1)',
    ]);
  });

  it.each([
    ['a field that is cut off', message.subarray(0, 5)],
    ['field number 0', Uint8Array.of(0x00, 0x01)],
    ['a group', Uint8Array.of(0x0b)],
    ['a varint without an end', new Uint8Array(12).fill(0xff)],
  ])('refuses %s', (_, bytes) => {
    expect(() => protobufTree(bytes)).toThrow(Error);
  });

  it('never fails in another way, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          lines(protobufTree(bytes));
        } catch (error) {
          expect((error as Error).message).not.toBe('');
        }
      }),
    );
  });
});

const framed = (flags: number, bytes: Uint8Array) => {
  const frame = new Uint8Array(5 + bytes.length);
  frame[0] = flags;
  new DataView(frame.buffer).setUint32(1, bytes.length);
  frame.set(bytes, 5);
  return frame;
};
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('a gRPC body', () => {
  it('is a list of messages, and of trailers in gRPC-Web', () => {
    const body = joined(
      framed(0, inner),
      framed(0, new Uint8Array()),
      framed(0x80, new TextEncoder().encode('grpc-status:0\r\n')),
    );
    expect(lines(grpcTree(body))).toEqual([
      '0 object',
      '  1 number 150 (or sint 75)',
      '1 object',
      '2 string grpc-status:0',
    ]);
  });

  it('says of a compressed message that it is one, and shows as bytes what is no message', () => {
    expect(lines(grpcTree(joined(framed(1, Uint8Array.of(9)), framed(0, Uint8Array.of(0)))))).toEqual([
      '0 bytes compressed: 09',
      '1 bytes 00',
    ]);
  });

  it('says where it is cut off', () => {
    expect(() => grpcTree(framed(0, inner).subarray(0, 6))).toThrow('cut off at byte 6');
    expect(() => grpcTree(Uint8Array.of(0, 0))).toThrow('cut off at byte 0');
  });
});
