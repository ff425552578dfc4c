/**
 * A session's request as a curl command line for POSIX shells, for "copy as cURL". Pure: the workbench imports it. Fidelity first: every
 * header as captured, none that curl would add by itself, the body byte for byte. Only the framing is left to curl.
 */
import type { Session } from '#model/session.ts';

/** Framing and connection management: curl writes its own, and a copied Content-Length would contradict an edited body. */
const LEFT_TO_CURL = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'proxy-connection',
  'keep-alive',
]);
/** Headers that curl adds when they are not given; they are switched off by name unless the request had them. */
const ADDED_BY_CURL = ['User-Agent', 'Accept'];
const ADDED_WITH_BODY = ['Content-Type', 'Expect'];

/**
 * The command line: one option a line, joined by backslashes. Works in bash and zsh; plain text and UTF-8 stand in single quotes, anything
 * else in `$'…'`. A body with NUL bytes, which no argument can hold, comes through printf and a pipe.
 * @param body the request body as captured (before content decoding)
 */
export function toCurl(session: Session, body: Uint8Array): string {
  const { method, headers, httpVersion } = session.request.head;
  const options: string[] = [quote(session.row.url)];
  const implied = body.length > 0 ? 'POST' : 'GET';
  if (method === 'HEAD' && body.length === 0) options.push('--head');
  else if (method !== implied) options.push(`--request ${quote(method)}`);
  if (httpVersion === 'HTTP/1.0') options.push('--http1.0');
  // Brackets and braces in the URL are the server's, not curl's ranges; dots in the path are the user's.
  options.push('--globoff', '--path-as-is');

  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const host = session.row.url.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/s, '');
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (LEFT_TO_CURL.has(key) || name.startsWith(':') || (key === 'host' && value === host)) continue;
    // curl drops a header with nothing after the colon; a semicolon says that it is meant to be empty.
    options.push(`--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  const added = body.length > 0 ? [...ADDED_BY_CURL, ...ADDED_WITH_BODY] : ADDED_BY_CURL;
  for (const name of added) if (!given.has(name.toLowerCase())) options.push(`--header ${quote(`${name}:`)}`);

  if (body.length === 0) return command('', options);
  const data = latin1(body);
  if (!data.includes('\0')) return command('', [...options, `--data-raw ${quote(data)}`]);
  return command(`printf '%b' ${printfQuote(data)} | `, [...options, '--data-binary @-']);
}

const command = (pipe: string, options: readonly string[]) => `${pipe}curl ${options.join(' \\\n  ')}`;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** A byte string as one shell word: readable where its bytes are printable UTF-8, `$'…'` escapes (bash, zsh) otherwise. */
function quote(bytes: string): string {
  const text = printableText(bytes);
  if (text !== undefined) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${escaped(bytes, { '\n': '\\n', '\r': '\\r', '\t': '\\t', "'": "\\'" })}'`;
}

/** For printf's %b, which alone among shell means can write NUL. Octal with a leading zero, as POSIX wants. */
function printfQuote(bytes: string): string {
  const text = bytes.replace(/[^\x20-\x7e]|[\\']/g, (char) => octal(char, '\\0'));
  return `'${text}'`;
}

function escaped(bytes: string, named: Readonly<Record<string, string>>): string {
  return bytes.replace(/[^\x20-\x7e]|[\\']/g, (char) =>
    char === '\\' ? '\\\\' : (named[char] ?? octal(char, '\\')),
  );
}

// Three digits always, so that a digit that follows is not taken for part of it.
const octal = (char: string, prefix: string) => prefix + char.charCodeAt(0).toString(8).padStart(3, '0');

function printableText(bytes: string): string | undefined {
  try {
    const octets = Uint8Array.from(bytes, (char) => char.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
    // Line ends survive single quotes; other control characters and invisible formatting do not survive a clipboard.
    return /[^\P{C}\n]|[\u2028\u2029]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
