/** Decoded values (of MessagePack, CBOR, forms) as a tree. */
import { bytesText, type TreeNode } from './tree-node.ts';

const bytesOf = (value: ArrayBufferView) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

function container(
  key: TreeNode['key'],
  kind: 'object' | 'array',
  entries: readonly (readonly [string | number, unknown])[],
): TreeNode {
  const children = () => entries.map(([name, value]) => valueTree(value, name));
  return { key, kind, text: '', count: entries.length, ...(entries.length > 0 ? { children } : {}) };
}

/** Names of map entries: what they are if that is text, else what they say. */
const keyText = (key: unknown): string =>
  typeof key === 'string' ? key : valueTree(key).text || String(key);

/** `value` and all within it, of any type that a decoder makes; what has no kind of its own is shown as text. */
export function valueTree(value: unknown, key?: string | number): TreeNode {
  if (value === null || value === undefined) return { key, kind: 'null', text: String(value) };
  switch (typeof value) {
    case 'string':
      return { key, kind: 'string', text: value };
    case 'boolean':
      return { key, kind: 'boolean', text: String(value) };
    case 'number':
    case 'bigint':
      return { key, kind: 'number', text: String(value) };
    default:
  }
  if (value instanceof Date) {
    return {
      key,
      kind: 'string',
      text: Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString(),
    };
  }
  if (ArrayBuffer.isView(value)) return { key, kind: 'bytes', text: bytesText(bytesOf(value)) };
  if (Array.isArray(value)) return container(key, 'array', [...value.entries()]);
  if (value instanceof Map) {
    return container(
      key,
      'object',
      [...value].map(([name, one]) => [keyText(name), one]),
    );
  }
  return container(key, 'object', Object.entries(value));
}
