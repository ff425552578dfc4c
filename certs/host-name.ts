/**
 * Which names a leaf certificate may be made for. The name comes from the network (a CONNECT target, an SNI value), so everything that
 * is not plainly a host name or an IP address is refused here, before it gets near a certificate, a cache key or a log line.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { SluiceError } from '#model/errors.ts';

/** `name` is canonical: lower case, no trailing dot, IPv6 compressed (RFC 5952) and without brackets. `address`: 4 or 16 octets. */
export type CertificateName =
  | { readonly kind: 'dns'; readonly name: string }
  | { readonly kind: 'ip'; readonly name: string; readonly address: Uint8Array };

const MAX_NAME = 253;
/** RFC 1123 §2.1, and underscores, which browsers look up and services use. Both cases: Unicode has letters that lower-case to ASCII. */
const LABEL = /^[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?$/;
/** WHATWG URL §3.5 "ends in a number": such a name is meant as an IPv4 address, and if it were one it would have been taken as one. */
const NUMBER = /^(?:[0-9]+|0x[0-9a-f]*)$/i;

/**
 * The canonical form of a host name (A-labels; one trailing dot is dropped) or IP address (IPv6 with or without brackets, no zone).
 * @throws SluiceError `not-allowed` when it is neither.
 */
export function certificateName(host: string): CertificateName {
  if (isIPv4(host)) return { kind: 'ip', name: host, address: Uint8Array.from(host.split('.'), Number) };
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (isIPv6(bare) && !bare.includes('%')) return ipv6(bare);
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  const labels = name.split('.');
  const valid =
    name.length <= MAX_NAME &&
    labels.every((label) => LABEL.test(label)) &&
    !NUMBER.test(labels.at(-1) ?? '');
  if (!valid) {
    const shown = JSON.stringify(host.length > 80 ? `${host.slice(0, 80)}…` : host);
    throw new SluiceError(
      'not-allowed',
      `${shown} is neither a host name nor an IP address, so no certificate is made for it; use ASCII labels (xn--…) for international names.`,
    );
  }
  return { kind: 'dns', name: name.toLowerCase() };
}

function ipv6(text: string): CertificateName {
  // The URL parser turns every spelling, embedded IPv4 included, into hexadecimal groups with at most one "::".
  const name = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head = '', tail] = name.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const first = groups(head);
  const last = groups(tail ?? '');
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  const address = Uint8Array.from(
    all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
  return { kind: 'ip', name, address };
}
