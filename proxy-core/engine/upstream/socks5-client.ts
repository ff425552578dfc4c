/**
 * The client's side of SOCKS5 (RFC 1928) with user name and password (RFC 1929), sans I/O. Names are sent as they are: the proxy resolves
 * them. CONNECT only; no UDP, no BIND.
 */
import { isIP } from 'node:net';
import { certificateName } from '#certs/host-name.ts';
import type { Authority } from '../target.ts';
import type { Negotiation, NegotiationStep } from './negotiation.ts';

const VERSION = 5;
const PASSWORD_VERSION = 1;
const METHOD = { none: 0, password: 2, refused: 0xff } as const;
const COMMAND_CONNECT = 1;
const ADDRESS = { ipv4: 1, name: 3, ipv6: 4 } as const;
const MAX_OCTETS = 255;

/** RFC 1928 §6. */
const REPLIES: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
  7: 'it cannot connect (command not supported)',
  8: 'address type not supported',
};

export interface SocksCredentials {
  readonly username: string;
  readonly password: string;
}

/** RFC 1929 §2 has one octet for each length. */
export const fitsSocks = (text: string): boolean => Buffer.byteLength(text) <= MAX_OCTETS;

const WAIT: NegotiationStep = { kind: 'wait' };
const failed = (reason: string, code: 'FAILED' | 'REFUSED' | 'CREDENTIALS' = 'FAILED'): NegotiationStep => ({
  kind: 'failed',
  code: `SLUICE_PROXY_${code}`,
  reason,
});

function prefixed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function addressOf(host: string): Buffer {
  if (isIP(host) === 0) return Buffer.concat([Buffer.of(ADDRESS.name), prefixed(host)]);
  const named = certificateName(host.split('%', 1)[0] ?? '');
  const octets = named.kind === 'ip' ? named.address : new Uint8Array();
  return Buffer.concat([Buffer.of(octets.length === 4 ? ADDRESS.ipv4 : ADDRESS.ipv6), octets]);
}

export class Socks5Client implements Negotiation {
  readonly #target: Authority;
  readonly #credentials: SocksCredentials | undefined;
  #state: 'method' | 'password' | 'reply' = 'method';
  #received: Buffer = Buffer.alloc(0);

  constructor(target: Authority, credentials?: SocksCredentials) {
    this.#target = target;
    this.#credentials = credentials;
  }

  begin(): Uint8Array {
    const methods = this.#credentials ? [METHOD.none, METHOD.password] : [METHOD.none];
    return Uint8Array.of(VERSION, methods.length, ...methods);
  }

  receive(bytes: Buffer): NegotiationStep {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    if (this.#state === 'method') return this.#method();
    return this.#state === 'password' ? this.#password() : this.#reply();
  }

  #method(): NegotiationStep {
    const [version, method] = this.#received;
    if (version !== undefined && version !== VERSION) return failed('it does not speak SOCKS5');
    if (method === undefined) return WAIT;
    this.#received = this.#received.subarray(2);
    if (method === METHOD.none) return this.#request();
    if (method === METHOD.password && this.#credentials) {
      this.#state = 'password';
      const { username, password } = this.#credentials;
      const said = [Buffer.of(PASSWORD_VERSION), prefixed(username), prefixed(password)];
      return { kind: 'send', bytes: Buffer.concat(said) };
    }
    const wanted =
      method === METHOD.refused
        ? 'it takes none of the ways to log in that were offered'
        : `it asks for a way to log in that was not offered (${method})`;
    return failed(wanted, 'CREDENTIALS');
  }

  #password(): NegotiationStep {
    const [, status] = this.#received;
    if (status === undefined) return WAIT;
    this.#received = this.#received.subarray(2);
    return status === 0 ? this.#request() : failed('it did not accept them', 'CREDENTIALS');
  }

  #request(): NegotiationStep {
    const { host, port } = this.#target;
    if (!fitsSocks(host)) return failed('the host name is longer than 255 octets', 'REFUSED');
    this.#state = 'reply';
    const start = Buffer.of(VERSION, COMMAND_CONNECT, 0);
    return {
      kind: 'send',
      bytes: Buffer.concat([start, addressOf(host), Buffer.of(port >> 8, port & 0xff)]),
    };
  }

  #reply(): NegotiationStep {
    const [version, status, , kind, nameLength] = this.#received;
    if (version !== undefined && version !== VERSION) return failed('it does not speak SOCKS5');
    // A refusal needs no address to be understood, and some proxies send none.
    if (status !== undefined && status !== 0) return failed(REPLIES[status] ?? `error ${status}`, 'REFUSED');
    if (kind === undefined || nameLength === undefined) return WAIT;
    const lengths: Readonly<Record<number, number>> = {
      [ADDRESS.ipv4]: 4,
      [ADDRESS.ipv6]: 16,
      [ADDRESS.name]: 1 + nameLength,
    };
    const length = lengths[kind];
    if (length === undefined) return failed('its answer holds an address of unknown type');
    const end = 4 + length + 2;
    return this.#received.length < end ? WAIT : { kind: 'ready', rest: this.#received.subarray(end) };
  }
}
