/** Forms as a tree: application/x-www-form-urlencoded (WHATWG URL) and multipart bodies (RFC 2046 §5.1, RFC 7578). */
import { bytesText, type TreeNode } from './tree-node.ts';

/** More parts than any form has; the rest is told as left out. */
const MOST_PARTS = 10_000;

/** The fields in order, names and values decoded. */
export function urlEncodedTree(text: string): TreeNode {
  const fields = [...new URLSearchParams(text.trim())].map(
    ([key, value]): TreeNode => ({ key, kind: 'string', text: value }),
  );
  return { key: undefined, kind: 'object', text: '', count: fields.length, children: () => fields };
}

/** One unit for each octet; the decoder called latin1 is another charset (windows-1252). */
const byteString = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const utf8 = new TextDecoder();

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

/** A parameter of Content-Disposition: quoted, a token, or extended as RFC 8187 has it. */
function parameter(header: string, name: string): string | undefined {
  const quoted = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1];
  if (quoted !== undefined)
    return utf8.decode(Uint8Array.from(quoted.replace(/\\(.)/g, '$1'), (c) => c.charCodeAt(0)));
  return new RegExp(`;\\s*${name}=([^";\\s]+)`, 'i').exec(header)?.[1];
}

/** One part: its fields, blank line, content. */
function part(bytes: Uint8Array, index: number): TreeNode {
  const end = indexOf(bytes, Uint8Array.of(13, 10, 13, 10), 0);
  const startsBare = bytes[0] === 13 && bytes[1] === 10;
  const head = startsBare ? '' : byteString(bytes.subarray(0, end < 0 ? bytes.length : end));
  const content = startsBare ? bytes.subarray(2) : end < 0 ? new Uint8Array() : bytes.subarray(end + 4);
  const fields = head.split('\r\n').filter((line) => line !== '');
  const disposition = fields.find((line) => /^content-disposition:/i.test(line)) ?? '';
  const type = fields.find((line) => /^content-type:/i.test(line))?.replace(/^[^:]*:\s*/, '');
  const file = parameter(disposition, 'filename');
  const key = parameter(disposition, 'name') ?? index;
  const value = contentNode(content, file !== undefined ? 'content' : 'value', type);
  if (file === undefined && type === undefined && fields.length <= 1) return { ...value, key };
  const children: TreeNode[] = [
    ...fields.map((line): TreeNode => {
      const colon = line.indexOf(':');
      return { key: line.slice(0, Math.max(colon, 0)), kind: 'string', text: line.slice(colon + 1).trim() };
    }),
    value,
  ];
  return { key, kind: 'object', text: file ?? type ?? '', count: children.length, children: () => children };
}

function contentNode(content: Uint8Array, key: string, type: string | undefined): TreeNode {
  const textual = type === undefined || /^(?:text\/|application\/(?:json|xml|.*\+json|.*\+xml))/i.test(type);
  if (textual) {
    try {
      return { key, kind: 'string', text: new TextDecoder('utf-8', { fatal: true }).decode(content) };
    } catch {
      // Not text after all.
    }
  }
  return { key, kind: 'bytes', text: bytesText(content) };
}

/** The parts of a multipart body. @throws Error without a boundary, or when it does not occur in the body. */
export function multipartTree(bytes: Uint8Array, boundary: string | undefined): TreeNode {
  if (boundary === undefined) throw new Error('the content type names no boundary');
  const delimiter = new TextEncoder().encode(`--${boundary}`);
  const separator = new TextEncoder().encode(`\r\n--${boundary}`);
  let at = indexOf(bytes, delimiter, 0);
  if (at < 0) throw new Error('the boundary does not occur in the body');
  const parts: TreeNode[] = [];
  at += delimiter.length;
  while (!(bytes[at] === 45 && bytes[at + 1] === 45) && at < bytes.length && parts.length < MOST_PARTS) {
    // The rest of the delimiter's line is padding.
    const line = indexOf(bytes, Uint8Array.of(13, 10), at);
    if (line < 0) break;
    const end = indexOf(bytes, separator, line);
    parts.push(
      part(bytes.subarray(line + 2, end < 0 ? bytes.length : Math.max(end, line + 2)), parts.length),
    );
    if (end < 0) {
      parts.push({ key: '', kind: 'error', text: 'the last part has no end' });
      break;
    }
    at = end + separator.length;
  }
  return { key: undefined, kind: 'object', text: '', count: parts.length, children: () => parts };
}
