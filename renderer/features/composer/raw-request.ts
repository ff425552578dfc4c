/**
 * Raw mode: a request as the octets that go out, written as text with a line for each line. Pure. What is a line end is shown as one and sent as CR LF;
 * a line end that is to be another is written as an escape: \\n, \\r, \\0, \\xff, and a backslash as \\\\. Nothing else is changed, so
 * that what is malformed on purpose stays so.
 */
import type { Draft } from './draft.ts';
import { requestOf } from './draft.ts';

const MARKS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '\\': '\\' };

/** Octets of the written text: lines end in CR LF, escapes are what they stand for, other characters go as UTF-8. */
export function octetsOfRaw(text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let at = 0;
  const plain = (end: number) => parts.push(encoder.encode(text.slice(at, end)));
  for (const found of text.matchAll(/\r?\n|\\(?:x([0-9a-fA-F]{2})|([nrt0\\]))/g)) {
    plain(found.index);
    at = found.index + found[0].length;
    const [whole, hex, mark] = found;
    if (hex !== undefined) parts.push(new Uint8Array([Number.parseInt(hex, 16)]));
    else if (mark !== undefined) parts.push(encoder.encode(MARKS[mark] ?? ''));
    else parts.push(encoder.encode(whole === '\n' || whole === '\r\n' ? '\r\n' : whole));
  }
  plain(text.length);
  const octets = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    octets.set(part, offset);
    offset += part.length;
  }
  return octets;
}

/** The octets as raw mode writes them: what is no text, and line ends that are no CR LF, as escapes. */
export function rawOfOctets(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i] ?? 0;
    if (octet === 13 && octets[i + 1] === 10) {
      text += '\n';
      i += 1;
    } else if (octet === 92) text += '\\\\';
    else if (octet === 10) text += '\\n';
    else if (octet === 13) text += '\\r';
    else if (octet >= 32 && octet < 127) text += String.fromCharCode(octet);
    else text += `\\x${octet.toString(16).padStart(2, '0')}`;
  }
  return text;
}

/** The draft as it would go out on HTTP/1.1, to be changed by hand. Its length is counted once, here. */
export function rawOfDraft(draft: Draft): string {
  const { method, url, headers, body } = requestOf(draft);
  const at = URL.parse(url);
  const target = at === null ? '/' : at.pathname + at.search;
  const named = (name: string) => headers.some(([one]) => one.toLowerCase() === name);
  const fields = headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(named('host') || at === null ? [] : [`Host: ${at.host}`]),
    ...fields.map(([name, value]) => `${name}: ${value}`),
    ...(body.length > 0 && !named('transfer-encoding') ? [`Content-Length: ${body.length}`] : []),
  ];
  const head = `${lines.join('\r\n')}\r\n\r\n`;
  const octets = new Uint8Array(head.length + body.length);
  for (let i = 0; i < head.length; i++) octets[i] = head.charCodeAt(i);
  octets.set(body, head.length);
  return rawOfOctets(octets);
}
