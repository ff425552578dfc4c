/**
 * Says from the first bytes of a connection what is spoken on it. Pure: never reads, waits or guesses by port, and has decided after
 * `SNIFF_BYTES` octets at the latest. It judges no further than it must: whether the bytes are valid is for whoever reads them.
 */

/** `other`: none of these. Inside a tunnel that is a protocol to pass on as it is; at the proxy's own door, bad HTTP. */
export type Protocol = 'tls' | 'http2' | 'http1' | 'socks4' | 'socks5' | 'other';

/** No more octets than this are ever needed: the length of the HTTP/2 connection preface. */
export const SNIFF_BYTES = 24;

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** A handshake record (RFC 8446 §5.1) of any version, whose message is a ClientHello; `undefined` fits every octet. */
const CLIENT_HELLO = [0x16, 0x03, undefined, undefined, undefined, 0x01];
/** RFC 9110 §9.1 and RFC 5789: after these and a space, whatever follows is meant as HTTP. */
const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) /;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+/;
/** How a target begins (RFC 9112 §3.2) after another method: other protocols of lines (IRC, memcached) have words there. */
const TARGETS = [' /', ' *', ' http://', ' https://'];

function sniffClientHello(bytes: Uint8Array): Protocol | 'more' {
  const known = CLIENT_HELLO.slice(0, bytes.length);
  if (!known.every((octet, at) => octet === undefined || octet === bytes[at])) return 'other';
  return known.length < CLIENT_HELLO.length ? 'more' : 'tls';
}

/** RFC 1928 §3, and SOCKS4, whose commands are CONNECT and BIND. */
function sniffSocks([version, second]: Uint8Array): Protocol | 'more' {
  if (second === undefined) return 'more';
  if (version === 5) return 'socks5';
  return second === 1 || second === 2 ? 'socks4' : 'other';
}

function sniffText(text: string): Protocol | 'more' {
  const whole = text.length === SNIFF_BYTES;
  // Empty lines before a request are passed over (RFC 9112 §2.2).
  const line = text.replace(/^(?:\r\n)+/, '');
  if (line === '' || line === '\r') return whole ? 'other' : 'more';
  if (METHOD.test(line)) return 'http1';
  // RFC 4253 §4.2: its greeting begins with a token too.
  if (line.startsWith('SSH-')) return 'other';
  const token = TOKEN.exec(line)?.[0] ?? '';
  const target = line.slice(token.length).toLowerCase();
  const possible = TARGETS.some((start) => target.startsWith(start) || start.startsWith(target));
  if (token === '' || !possible) return 'other';
  return whole || TARGETS.some((start) => target.startsWith(start)) ? 'http1' : 'more';
}

/**
 * What the first bytes say: TLS by its ClientHello, HTTP/2 by its connection preface (RFC 9113 §3.4), HTTP/1.1 by a method and the
 * beginning of a target, SOCKS by version and command. `more`: they fit more than one answer.
 */
export function sniff(bytes: Uint8Array): Protocol | 'more' {
  const first = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SNIFF_BYTES));
  if (first.length === 0) return 'more';
  if (first[0] === 0x16) return sniffClientHello(first);
  if (first[0] === 4 || first[0] === 5) return sniffSocks(first);
  if (!PREFACE.subarray(0, first.length).equals(first)) return sniffText(first.toString('latin1'));
  return first.length < PREFACE.length ? 'more' : 'http2';
}
