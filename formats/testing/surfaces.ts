/**
 * Everything that can be read out of a file by somebody who looks: its text, what is compressed, zipped, escaped, percent-encoded or
 * base64 in it, and what is so inside that. For tests that say that something is nowhere in it.
 */
import * as zlib from 'node:zlib';

const MAX_DEPTH = 4;

/** Compressed data by its first octets; Brotli has none and is tried where nothing else fits. */
function inflated(bytes: Buffer): Buffer[] {
  const attempts: (() => Buffer)[] = [];
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) attempts.push(() => zlib.gunzipSync(bytes));
  else if (bytes[0] === 0x78) attempts.push(() => zlib.inflateSync(bytes));
  else if (bytes.readUInt32LE(0) === 0xfd2fb528) attempts.push(() => zlib.zstdDecompressSync(bytes));
  else if (bytes.length < 100_000) attempts.push(() => zlib.brotliDecompressSync(bytes));
  return attempts.flatMap((attempt) => {
    try {
      return [attempt()];
    } catch {
      return [];
    }
  });
}

/** Entries of a zip file by its central directory; those that a password locks come as they are. */
function unzipped(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  const directory = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = bytes.indexOf(directory); at >= 0; at = bytes.indexOf(directory, at + 46)) {
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const deflated = bytes.readUInt16LE(at + 10) === 8 && (bytes.readUInt16LE(at + 8) & 1) === 0;
    entries.push(deflated ? zlib.inflateRawSync(data) : data);
  }
  return entries;
}

/** Messages whose bodies are compressed stand in archives with their heads. */
const afterHead = (bytes: Buffer): Buffer[] => {
  const at = bytes.indexOf('\r\n\r\n');
  return at < 0 ||
    (!bytes.subarray(0, 5).equals(Buffer.from('HTTP/')) &&
      !/^[A-Z]+ /.test(bytes.subarray(0, 12).toString('latin1')))
    ? []
    : [bytes.subarray(at + 4)];
};

const unescaped = (text: string) =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\([nrt"\\/])/g, (_, char) => ({ n: '\n', r: '\r', t: '\t' })[String(char)] ?? String(char));
const unpercented = (text: string) =>
  Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
const unmarked = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Texts that stand in `file` in one form or another. */
export function* surfaces(file: Uint8Array, depth = 0): Generator<string> {
  const bytes = Buffer.from(file);
  if (depth > MAX_DEPTH || bytes.length < 8) return;
  const text = bytes.toString('utf8');
  yield text;
  if (bytes.includes(0)) yield bytes.toString('utf16le');
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    for (const entry of unzipped(bytes)) yield* surfaces(entry, depth + 1);
    return;
  }
  for (const more of [...inflated(bytes), ...afterHead(bytes)]) yield* surfaces(more, depth + 1);
  let plain = text;
  for (const undo of [unescaped, unescaped, unmarked, unpercented, unpercented]) {
    const next = undo(plain);
    if (next !== plain) yield next;
    plain = next;
  }
  for (const source of new Set([text, plain])) {
    for (const [run] of source.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)) {
      const decoded = Buffer.from(run, 'base64');
      yield decoded.toString('utf8');
      yield* surfaces(decoded, depth + 1);
    }
  }
}

/** Which of these values can be read out of the file. */
export function readable<T extends { readonly value: string }>(file: Uint8Array, values: readonly T[]): T[] {
  const left = new Set(values);
  const found: T[] = [];
  for (const text of surfaces(file)) {
    for (const one of left) {
      if (!text.includes(one.value)) continue;
      left.delete(one);
      found.push(one);
    }
  }
  return found;
}
