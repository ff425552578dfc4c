/**
 * The server's part of SOCKS 4, 4a and 5 (RFC 1928, RFC 1929), as far as a proxy for TCP connections needs it: CONNECT. BIND and UDP
 * ASSOCIATE are refused with the code for that. Pure: octets in, octets to answer and in the end a request out; it connects to nothing,
 * and whether the connection came about is told to the client by `socksReply`.
 */
import type { FailureCode } from '#model/session.ts';
import type { ProxyCredentials } from '../settings.ts';
import { type Authority, parseAuthority } from '../target.ts';
import { asciiAuthority } from './idn.ts';
import { credentialsMatch } from './proxy-auth.ts';

export type SocksVersion = 4 | 5;

/** What the client wants to be connected to. */
export interface SocksRequest extends Authority {
  readonly version: SocksVersion;
  /** Whether the client gave a name (SOCKS 4a, and 5 with a domain name) or had resolved it. */
  readonly named: boolean;
}

export type SocksErrorCode = 'malformed' | 'auth-required' | 'auth-wrong' | 'command' | 'address-type';

/** `reply` goes to the client in every case; after `error` the connection is to be closed. */
export type SocksStep =
  | { readonly kind: 'more'; readonly reply: Uint8Array }
  /** `leftover`: sent before it was asked for; it belongs to the connection asked for. */
  | {
      readonly kind: 'request';
      readonly reply: Uint8Array;
      readonly request: SocksRequest;
      readonly leftover: Buffer;
    }
  | {
      readonly kind: 'error';
      readonly reply: Uint8Array;
      readonly code: SocksErrorCode;
      readonly detail: string;
    };

/** RFC 1928 §6 */
const REPLY = {
  granted: 0,
  general: 1,
  notAllowed: 2,
  network: 3,
  host: 4,
  refused: 5,
  expired: 6,
  command: 7,
  addressType: 8,
};
const BY_FAILURE: Partial<Record<FailureCode, number>> = {
  dns: REPLY.host,
  unreachable: REPLY.network,
  refused: REPLY.refused,
  timeout: REPLY.expired,
  'own-address': REPLY.notAllowed,
};
const GRANTED_4 = 0x5a;
const REFUSED_4 = 0x5b;
const NO_AUTHENTICATION = 0;
const USER_PASSWORD = 2;
const NO_METHOD = 0xff;
const CONNECT = 1;
/** Of a user id or name in SOCKS 4, which have no length of their own. */
const MAX_TEXT = 255;

const NOTHING = new Uint8Array(0);

const reply5 = (code: number) => Uint8Array.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
const reply4 = (code: number) => Uint8Array.of(0, code, 0, 0, 0, 0, 0, 0);

/** Tells the client that its connection stands, or why not. The bound address is left open (all zero): clients make no use of it. */
export function socksReply(version: SocksVersion, failure?: FailureCode): Uint8Array {
  if (version === 4) return reply4(failure === undefined ? GRANTED_4 : REFUSED_4);
  return reply5(failure === undefined ? REPLY.granted : (BY_FAILURE[failure] ?? REPLY.general));
}

/** Raised and caught in this file only. */
class Refusal extends Error {
  readonly code: SocksErrorCode;
  readonly reply: Uint8Array;

  constructor(code: SocksErrorCode, detail: string, reply: Uint8Array = NOTHING) {
    super(detail);
    this.code = code;
    this.reply = reply;
  }
}

/** Raised and caught in this file only: the message is not whole yet. */
class Incomplete extends Error {}

/** A name or address as an authority, or undefined when it is neither. Octets of a name may be UTF-8. */
function destination(name: string, port: number): Authority | undefined {
  if (port === 0 || /[\0- \x7f]/.test(name)) return undefined;
  const ascii = asciiAuthority(name);
  if (ascii === undefined) return undefined;
  return parseAuthority(ascii.includes(':') ? `[${ascii}]:${port}` : `${ascii}:${port}`, port);
}

/** One client's connection, from its first octet until its request. Not to be used after an `error` or a `request`. */
export class SocksServer {
  readonly #credentials: ProxyCredentials | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  /** SOCKS 5: which message comes next. */
  #expected: 'greeting' | 'password' | 'request' = 'greeting';

  /** With `credentials`, SOCKS 4 is refused: it has no password. */
  constructor(credentials?: ProxyCredentials) {
    this.#credentials = credentials;
  }

  push(chunk: Uint8Array): SocksStep {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const replies: Uint8Array[] = [];
    const reply = () => Buffer.concat(replies);
    try {
      for (;;) {
        this.#at = 0;
        const answer = this.#message();
        this.#bytes = this.#bytes.subarray(this.#at);
        if (!(answer instanceof Uint8Array)) {
          return { kind: 'request', reply: reply(), request: answer, leftover: this.#bytes };
        }
        replies.push(answer);
      }
    } catch (error) {
      if (error instanceof Incomplete) return { kind: 'more', reply: reply() };
      if (!(error instanceof Refusal)) throw error;
      replies.push(error.reply);
      return { kind: 'error', reply: reply(), code: error.code, detail: error.message };
    }
  }

  /** The next message: its answer, or the request. */
  #message(): Uint8Array | SocksRequest {
    if (this.#expected === 'password') return this.#password();
    const version = this.#octet();
    if (version === 4 && this.#expected === 'greeting') return this.#request4();
    if (version !== 5) throw new Refusal('malformed', 'This is neither SOCKS 4 nor SOCKS 5.');
    return this.#expected === 'greeting' ? this.#greeting() : this.#request5();
  }

  #greeting(): Uint8Array {
    const methods = this.#take(this.#octet());
    // Some clients offer a password alone; where none is asked for, any will do.
    const wanted = this.#credentials ? [USER_PASSWORD] : [NO_AUTHENTICATION, USER_PASSWORD];
    const method = wanted.find((one) => methods.includes(one));
    if (method === undefined) {
      const detail = 'The proxy asks for a user name and a password, and the SOCKS client offered none.';
      throw new Refusal('auth-required', detail, Uint8Array.of(5, NO_METHOD));
    }
    this.#expected = method === USER_PASSWORD ? 'password' : 'request';
    return Uint8Array.of(5, method);
  }

  /** RFC 1929 §2 */
  #password(): Uint8Array {
    if (this.#octet() !== 1)
      throw new Refusal('malformed', 'The SOCKS client’s password message has no known version.');
    const name = this.#take(this.#octet());
    const password = this.#take(this.#octet());
    if (this.#credentials && !credentialsMatch(this.#credentials, name, password)) {
      throw new Refusal(
        'auth-wrong',
        'The SOCKS client’s user name or password is wrong.',
        Uint8Array.of(1, 1),
      );
    }
    this.#expected = 'request';
    return Uint8Array.of(1, 0);
  }

  /** RFC 1928 §4 */
  #request5(): SocksRequest {
    const command = this.#octet();
    this.#octet(); // reserved
    const type = this.#octet();
    if (type !== 1 && type !== 3 && type !== 4) {
      throw new Refusal('address-type', `SOCKS address type ${type} is unknown.`, reply5(REPLY.addressType));
    }
    const address = this.#take(type === 1 ? 4 : type === 4 ? 16 : this.#octet());
    const port = this.#take(2).readUInt16BE();
    this.#mustConnect(command, reply5(REPLY.command));
    const text = type === 3 ? address.toString('latin1') : type === 1 ? address.join('.') : ipv6(address);
    return this.#asked(5, type === 3, text, port, reply5(REPLY.general));
  }

  #request4(): SocksRequest {
    const command = this.#octet();
    const port = this.#take(2).readUInt16BE();
    const address = this.#take(4);
    this.#text(); // user id
    // SOCKS 4a: 0.0.0.x with x other than 0 says that a name follows.
    const named = address.readUInt32BE() < 256 && address[3] !== 0;
    const text = named ? this.#text() : address.join('.');
    this.#mustConnect(command, reply4(REFUSED_4));
    if (this.#credentials) {
      const detail =
        'The proxy asks for a user name and a password, which SOCKS 4 does not have; use SOCKS 5.';
      throw new Refusal('auth-required', detail, reply4(REFUSED_4));
    }
    return this.#asked(4, named, text, port, reply4(REFUSED_4));
  }

  #mustConnect(command: number, reply: Uint8Array): void {
    if (command === CONNECT) return;
    const name = ['', '', 'BIND', 'UDP ASSOCIATE'][command] ?? '';
    throw new Refusal(
      'command',
      `The SOCKS command ${command} ${name} is not supported, only CONNECT is.`,
      reply,
    );
  }

  #asked(version: SocksVersion, named: boolean, text: string, port: number, reply: Uint8Array): SocksRequest {
    const to = destination(text, port);
    if (!to)
      throw new Refusal(
        'malformed',
        'The SOCKS client asked for what is no host name, address or port.',
        reply,
      );
    return { version, named, ...to };
  }

  #octet(): number {
    return this.#take(1).readUInt8();
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Incomplete();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** A text that ends with NUL. */
  #text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const length = (end < 0 ? this.#bytes.length : end) - this.#at;
    if (length > MAX_TEXT)
      throw new Refusal('malformed', 'A text of the SOCKS client is too long.', reply4(REFUSED_4));
    if (end < 0) throw new Incomplete();
    const text = this.#take(length).toString('latin1');
    this.#take(1);
    return text;
  }
}

function ipv6(address: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => address.readUInt16BE(2 * i).toString(16));
  // The URL parser writes it as RFC 5952 has it.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
