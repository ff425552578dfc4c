/**
 * A session's request as a JavaScript `fetch` call, for "copy as fetch". Pure: the workbench imports it. Headers as captured, the body
 * byte for byte; what `fetch` itself decides (framing, and in a browser the headers that pages may not set) stays its own.
 */
import { SluiceError } from '#model/errors.ts';
import { headerValue } from '#model/headers.ts';
import type { Session } from '#model/session.ts';
import { base64, utf8Text } from './octets.ts';

/** Framing and connection: fetch writes its own. */
const LEFT_TO_FETCH = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'proxy-connection',
  'keep-alive',
  'upgrade',
  'expect',
]);
/** Fetch standard, "forbidden method". */
const FORBIDDEN = /^(?:connect|trace|track)$/i;

/**
 * The call, one property a line. It runs in Node and in a browser's console.
 * @param body the request body as captured (before content decoding)
 * @throws SluiceError `not-allowed` for methods that no fetch sends
 */
export function toFetch(session: Session, body: Uint8Array): string {
  const { method, headers } = session.request.head;
  if (FORBIDDEN.test(method)) {
    throw new SluiceError('not-allowed', `fetch cannot send ${method} requests: copy it as cURL.`);
  }
  const sent = headers.filter(([name]) => !LEFT_TO_FETCH.has(name.toLowerCase()) && !name.startsWith(':'));
  const properties: string[] = [];
  if (method !== 'GET') properties.push(`method: ${literal(method)}`);
  if (sent.length > 0) properties.push(`headers: ${headersLiteral(sent)}`);
  if (headerValue(headers, 'cookie') !== undefined) properties.push('credentials: "include"');
  let note = '';
  if (body.length > 0) {
    const typed = headerValue(headers, 'content-type') !== undefined;
    if (/^(?:get|head)$/i.test(method))
      note = `// fetch sends no body with ${method}; this one had ${body.length} bytes.\n`;
    else properties.push(`body: ${bodyLiteral(body, typed)}`);
  }
  const url = literal(session.row.url);
  if (properties.length === 0) return `fetch(${url});`;
  return `${note}fetch(${url}, {\n${properties.map((property) => `  ${property},\n`).join('')}});`;
}

type Pairs = readonly (readonly [string, string])[];

/** An object, or pairs where a name comes twice, which an object cannot hold. */
function headersLiteral(pairs: Pairs): string {
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  const unique = names.size === pairs.length;
  const lines = pairs.map(([name, value]) =>
    unique ? `    ${literal(name)}: ${literal(value)},\n` : `    [${literal(name)}, ${literal(value)}],\n`,
  );
  return unique ? `{\n${lines.join('')}  }` : `[\n${lines.join('')}  ]`;
}

/** Text where the body is text. Without a type of its own it goes as bytes, because fetch gives a string one. */
function bodyLiteral(body: Uint8Array, typed: boolean): string {
  const text = utf8Text(body);
  if (text !== undefined) return typed ? literal(text) : `new TextEncoder().encode(${literal(text)})`;
  return `Uint8Array.from(atob("${base64(body)}"), (c) => c.charCodeAt(0))`;
}

/** A string literal; control characters and invisible formatting as escapes, so that what is pasted is what is seen. */
const literal = (text: string) =>
  JSON.stringify(text).replace(/[\p{C}\u2028\u2029]/gu, (char) =>
    [...Array(char.length).keys()]
      .map((i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
