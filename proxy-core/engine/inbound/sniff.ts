/**
 * Says from the first bytes of a connection what is spoken on it. Pure: never reads, waits or guesses by port, and has decided after
 * `SNIFF_BYTES` octets at the latest. It judges no further than it must: whether the bytes are valid is for whoever reads them.
 */

/** `more`: what there is fits more than one answer. `other`: none of these; inside a tunnel that is a protocol to pass on as it is. */
export type Protocol = 'tls' | 'http2' | 'http1' | 'socks4' | 'socks5' | 'other';

/** No more octets than this are ever needed: the length of the HTTP/2 connection preface. */
export const SNIFF_BYTES = 24;

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** A handshake record (RFC 8446 §5.1) of any version, whose message is a ClientHello; `undefined` fits every octet. */
const CLIENT_HELLO = [0x16, 0x03, undefined, undefined, undefined, 0x01];
/** RFC 9110 §9.1 and RFC 5789: after these and a space, whatever follows is meant as HTTP. */
const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) /;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+/;
/** How a target begins that is no authority (RFC 9112 §3.2); other protocols of lines (IRC, memcached) have words there. */
const TARGETS = ['/', '*', 'http://', 'https://'];

const fits = (text: string, whole: string) => text.startsWith(whole) || whole.startsWith(text);

function sniffClientHello(bytes: Uint8Array): Protocol | 'more' {
  const known = CLIENT_HELLO.slice(0, bytes.length);
  if (!known.every((octet, at) => octet === undefined || octet === bytes[at])) return 'other';
  return known.length < CLIENT_HELLO.length ? 'more' : 'tls';
}

function sniffSocks(bytes: Uint8Array): Protocol | 'more' {
  if (bytes.length < 2) return 'more';
  if (bytes[0] === 5) return 'socks5';
  return bytes[1] === 1 || bytes[1] === 2 ? 'socks4' : 'other';
}

function sniffText(text: string): Protocol | 'more' {
  // Empty lines before a request are passed over (RFC 9112 §2.2).
  const line = text.replace(/^(?:\r\n)+/, '');
  const undecided = text.length < SNIFF_BYTES ? 'more' : 'http1';
  if (line === '' || line === '\r') return text.length < SNIFF_BYTES ? 'more' : 'other';
  if (METHOD.test(line)) return 'http1';
  // Its greeting begins with a token too (RFC 4253 §4.2).
  if (line.startsWith('SSH-')) return 'other';
  const [token] = TOKEN.exec(line) ?? [];
  if (token === undefined) return 'other';
  if (token.length === line.length) return undecided;
  if (line[token.length] !== ' ') return 'other';
  const target = line.slice(token.length + 1).toLowerCase();
  if (TARGETS.some((start) => target.startsWith(start))) return 'http1';
  return TARGETS.some((start) => fits(target, start)) ? undecided : 'other';
}

/**
 * What the first bytes say: TLS by its ClientHello, HTTP/2 by its connection preface (RFC 9113 §3.4), HTTP/1.1 by a method and the
 * beginning of a target, SOCKS by version and command (a connection in which SOCKS makes no sense takes these as `other`).
 */
export function sniff(bytes: Uint8Array): Protocol | 'more' {
  const first = bytes.subarray(0, SNIFF_BYTES);
  if (first.length === 0) return 'more';
  if (first[0] === 0x16) return sniffClientHello(first);
  if (first[0] === 4 || first[0] === 5) return sniffSocks(first);
  if (PREFACE.subarray(0, first.length).equals(first))
    return first.length < PREFACE.length ? 'more' : 'http2';
  return sniffText(Buffer.from(first.buffer, first.byteOffset, first.length).toString('latin1'));
}
