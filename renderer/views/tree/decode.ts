/** Makes the tree of a whole body. Loaded on demand, with every decoder; refuses with an Error whose message people can read. */
import { decodeMulti } from '@msgpack/msgpack';
import { decodeFirst } from 'cborg';
import { parseMediaType } from '#model/headers.ts';
import { decodeText } from '../content/charset.ts';
import { multipartTree, urlEncodedTree } from './form-tree.ts';
import { jsonTree } from './json-tree.ts';
import { grpcTree, protobufTree } from './protobuf-tree.ts';
import type { StructureId } from './structures.ts';
import type { TreeNode } from './tree-node.ts';
import { valueTree } from './value-tree.ts';

/** Values one after the other: a single one is the root itself. */
function several(values: readonly unknown[]): TreeNode {
  return valueTree(values.length === 1 ? values[0] : values);
}

const msgpack = (bytes: Uint8Array) => several([...decodeMulti(bytes, { useBigInt64: true })]);

function cbor(bytes: Uint8Array): TreeNode {
  const values: unknown[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const [value, remainder] = decodeFirst(rest, { useMaps: true, allowBigInt: true });
    values.push(value);
    rest = remainder;
  }
  return several(values);
}

/** @throws Error that says why `bytes` are not of that structure. */
export function decodeTree(
  structure: StructureId,
  bytes: Uint8Array,
  contentType: string | undefined,
): TreeNode {
  const text = () => decodeText(bytes, contentType, false).text;
  switch (structure) {
    case 'json':
      return jsonTree(text());
    case 'form':
      return urlEncodedTree(text());
    case 'multipart':
      return multipartTree(bytes, parseMediaType(contentType)?.parameters.get('boundary'));
    case 'msgpack':
      return msgpack(bytes);
    case 'cbor':
      return cbor(bytes);
    case 'protobuf':
      return protobufTree(bytes);
    case 'grpc':
      return grpcTree(bytes);
  }
}
