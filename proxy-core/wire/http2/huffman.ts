/**
 * The Huffman code of HPACK (RFC 7541 §5.2, Appendix B), decoding alone: this side writes strings as they are, which costs octets and
 * saves time. The code is canonical, so that its lengths say all of it; four bits are read at a time.
 */
import { Http2Fault } from './http2-fault.ts';

/** Bits of each octet's code, and of the code that ends a string, which must not occur. */
// biome-ignore format: a table
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];
const END_OF_STRING = 256;
const SHORTEST = 5;
const INVALID = 0xffff;
const NOTHING = -1;

/** For each inner node of the tree and each four bits: the node they lead to, and the octet completed on the way. */
const next = new Uint16Array(256 * 16);
const octets = new Int16Array(256 * 16).fill(NOTHING);
/** Where a string may end: what is left over are fewer than eight bits, all ones. */
const mayEnd = new Uint8Array(256);

function buildTables(): void {
  // Children of inner nodes; a leaf is kept as -1 - octet.
  const children: [number, number][] = [[0, 0]];
  const insert = (code: number, length: number, octet: number) => {
    let node = 0;
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      const pair = children[node] ?? [0, 0];
      const side = (code >>> bit) & 1;
      if (bit === 0) pair[side] = -1 - octet;
      else if (pair[side] === 0) pair[side] = children.push([0, 0]) - 1;
      node = pair[side] ?? 0;
    }
  };
  const order = LENGTHS.map((length, octet) => ({ length, octet }));
  order.sort((a, b) => a.length - b.length || a.octet - b.octet);
  let code = 0;
  let before = SHORTEST;
  for (const { length, octet } of order) {
    code <<= length - before;
    before = length;
    insert(code, length, octet);
    code += 1;
  }
  for (const node of children.keys()) {
    for (let bits = 0; bits < 16; bits += 1) {
      let at = node;
      for (let bit = 3; bit >= 0; bit -= 1) {
        at = children[at]?.[(bits >>> bit) & 1] ?? 0;
        if (at >= 0) continue;
        octets[node * 16 + bits] = -1 - at;
        at = 0;
      }
      const ended = octets[node * 16 + bits] === END_OF_STRING;
      next[node * 16 + bits] = ended ? INVALID : at;
    }
  }
  let ones = 0;
  for (let depth = 0; depth < 8; depth += 1) {
    mayEnd[ones] = 1;
    ones = children[ones]?.[1] ?? 0;
  }
}
buildTables();

let scratch = Buffer.allocUnsafeSlow(4096);

/** The byte string that `bytes` from `at` to `end` encode. @throws Http2Fault COMPRESSION_ERROR. */
export function decodeHuffman(bytes: Buffer, at: number, end: number): string {
  const most = Math.ceil(((end - at) * 8) / SHORTEST);
  if (scratch.length < most) scratch = Buffer.allocUnsafeSlow(most * 2);
  const out = scratch;
  let length = 0;
  let node = 0;
  for (let i = at; i < end; i += 1) {
    const octet = bytes[i] ?? 0;
    for (let bits = octet >>> 4, half = 0; half < 2; bits = octet & 15, half += 1) {
      const step = node * 16 + bits;
      const decoded = octets[step] ?? NOTHING;
      node = next[step] ?? INVALID;
      if (node === INVALID)
        throw new Http2Fault('COMPRESSION_ERROR', 'A Huffman code ends its string itself.');
      if (decoded !== NOTHING) {
        out[length] = decoded;
        length += 1;
      }
    }
  }
  if (mayEnd[node] !== 1) throw new Http2Fault('COMPRESSION_ERROR', 'A Huffman code is cut off.');
  return out.toString('latin1', 0, length);
}
