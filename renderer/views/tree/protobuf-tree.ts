/**
 * Protocol Buffers without a schema: field numbers and wire types are known, meanings are guessed as other tools do. A length-delimited field
 * is a message if all of it reads as one, else text if it is printable UTF-8, else bytes. Also gRPC's length-prefixed messages.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { bytesText, type TreeNode } from './tree-node.ts';

/** Messages within messages; deeper ones are shown as bytes. */
const DEEPEST = 64;
const MAX_FIELD = 0x1fffffff;
// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none but white space
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return CONTROL.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A varint is a plain integer, or a signed one in zigzag: both readings are shown where they differ plainly. */
function varint(key: string, value: bigint): TreeNode {
  const zigzag = value & 1n ? -((value + 1n) >> 1n) : value >> 1n;
  const negative = BigInt.asIntN(64, value);
  const also = negative < 0n ? String(negative) : `sint ${zigzag}`;
  return { key, kind: 'number', text: value < 2n ? String(value) : `${value} (or ${also})` };
}

function fixed32(key: string, bytes: DataView): TreeNode {
  return { key, kind: 'number', text: `${bytes.getUint32(0, true)} (or float ${bytes.getFloat32(0, true)})` };
}

function fixed64(key: string, bytes: DataView): TreeNode {
  const text = `${bytes.getBigUint64(0, true)} (or double ${bytes.getFloat64(0, true)})`;
  return { key, kind: 'number', text };
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function delimited(key: string, bytes: Uint8Array, depth: number): TreeNode {
  if (bytes.length === 0) return { key, kind: 'string', text: '' };
  const text = textOf(bytes);
  // Short printable text often happens to read as a message; a message hardly ever happens to be printable.
  if (text !== undefined) return { key, kind: 'string', text };
  const fields = depth < DEEPEST ? tryFields(bytes, depth + 1) : undefined;
  if (fields !== undefined) {
    return { key, kind: 'object', text: '', count: fields.length, children: () => fields };
  }
  return { key, kind: 'bytes', text: bytesText(bytes) };
}

/** The next `size` octets of `bytes`, which is what `reader` reads. */
function take(reader: BinaryReader, bytes: Uint8Array, size: number): Uint8Array {
  const from = reader.pos;
  if (from + size > bytes.length) throw new Error('a field is longer than its message');
  reader.pos = from + size;
  return bytes.subarray(from, from + size);
}

/** What fields are read from. */
interface Source {
  readonly reader: BinaryReader;
  readonly bytes: Uint8Array;
  readonly depth: number;
}

function readField({ reader, bytes, depth }: Source, key: string, type: WireType): TreeNode {
  switch (type) {
    case WireType.Varint:
      return varint(key, BigInt(reader.uint64()));
    case WireType.Bit64:
      return fixed64(key, view(take(reader, bytes, 8)));
    case WireType.Bit32:
      return fixed32(key, view(take(reader, bytes, 4)));
    case WireType.LengthDelimited:
      return delimited(key, take(reader, bytes, reader.uint32()), depth);
    default:
      throw new Error(`field ${key} is of wire type ${type}, which is no longer used`);
  }
}

function fieldsOf(bytes: Uint8Array, depth: number): TreeNode[] {
  const reader = new BinaryReader(bytes);
  const fields: TreeNode[] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number < 1 || number > MAX_FIELD) throw new Error(`${number} is no field number`);
    fields.push(readField({ reader, bytes, depth }, String(number), type));
  }
  return fields;
}

function tryFields(bytes: Uint8Array, depth: number): TreeNode[] | undefined {
  try {
    return fieldsOf(bytes, depth);
  } catch {
    return undefined;
  }
}

/** The fields of one message. @throws Error when the bytes are none. */
export function protobufTree(bytes: Uint8Array): TreeNode {
  const fields = fieldsOf(bytes, 0);
  return { key: undefined, kind: 'object', text: '', count: fields.length, children: () => fields };
}

/**
 * The messages of a gRPC body (gRPC over HTTP/2, "Length-Prefixed-Message"), and the trailers that gRPC-Web puts at its end.
 * @throws Error when a frame is cut off.
 */
export function grpcTree(bytes: Uint8Array): TreeNode {
  const frames: TreeNode[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 5 > bytes.length) throw new Error(`a message's frame is cut off at byte ${at}`);
    const flags = bytes[at] ?? 0;
    const size = view(bytes).getUint32(at + 1);
    const message = bytes.subarray(at + 5, at + 5 + size);
    if (message.length < size)
      throw new Error(`a message of ${size} bytes is cut off at byte ${bytes.length}`);
    frames.push(frame(frames.length, flags, message));
    at += 5 + size;
  }
  return { key: undefined, kind: 'array', text: '', count: frames.length, children: () => frames };
}

const COMPRESSED = 0x01;
const TRAILERS = 0x80;

function frame(key: number, flags: number, message: Uint8Array): TreeNode {
  if (flags & TRAILERS) return { key, kind: 'string', text: new TextDecoder().decode(message) };
  if (flags & COMPRESSED) return { key, kind: 'bytes', text: `compressed: ${bytesText(message)}` };
  const fields = tryFields(message, 0);
  if (fields === undefined) return { key, kind: 'bytes', text: bytesText(message) };
  return { key, kind: 'object', text: '', count: fields.length, children: () => fields };
}
