/**
 * Reads what a client says first on TLS: the ClientHello (RFC 8446 §4.1.2), for the names and protocols that decide what to do with
 * the connection. Pure and incremental: records and packets may be cut anywhere. It does not judge the hello beyond finding these
 * fields; whether TLS can be spoken with this client is for the TLS library.
 */

export interface ClientHello {
  /** Server name as sent (RFC 6066 §3): case and trailing dot kept, as a byte string; not known to be a host name. */
  readonly sni?: string;
  /** Protocols offered (RFC 7301), most wanted first, without GREASE (RFC 8701); empty when there is no such extension. */
  readonly alpn: readonly string[];
  /** Versions offered as TLSSocket names them, without GREASE; a number that has no name is in hexadecimal. */
  readonly versions: readonly string[];
  /** Whether there is an encrypted ClientHello (or GREASE of one): the name above is then perhaps not the one that is meant. */
  readonly ech: boolean;
}

const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;
const HANDSHAKE = 0x16;
const CLIENT_HELLO = 1;
const MAX_RECORD = 2 ** 14;
/** Octets, headers of records included. Post-quantum key shares and padding stay far below; memory is bounded by it. */
export const MAX_HELLO = 65_536;

/** Longer names are none (RFC 1035 §2.3.4), and servers need not take them. */
const MAX_NAME = 255;

const SERVER_NAME = 0;
const ALPN = 16;
const SUPPORTED_VERSIONS = 43;
const ENCRYPTED_CLIENT_HELLO = 0xfe0d;

const VERSIONS = new Map([
  [0x0300, 'SSLv3'],
  [0x0301, 'TLSv1'],
  [0x0302, 'TLSv1.1'],
  [0x0303, 'TLSv1.2'],
  [0x0304, 'TLSv1.3'],
]);

/** Thrown and caught in this file only: the fields of the message do not add up. */
class Malformed extends Error {}

/** Reads length-prefixed vectors (RFC 8446 §3.4) and never beyond its own end. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Malformed();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  number(octets: 1 | 2): number {
    return this.take(octets).readUIntBE(0, octets);
  }

  vector(lengthOctets: 1 | 2): Cursor {
    return new Cursor(this.take(this.number(lengthOctets)));
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at);
  }
}

function* vectorsOf(list: Cursor, lengthOctets: 1 | 2): Generator<Buffer> {
  while (!list.atEnd) yield list.vector(lengthOctets).rest();
}

/** RFC 8701 §2: 0x0A0A, 0x1A1A, … 0xFAFA. */
const isGrease = (value: number) => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);

function serverName(extension: Cursor): string | undefined {
  const names = extension.vector(2);
  while (!names.atEnd) {
    const isHostName = names.number(1) === 0;
    const name = names.vector(2).rest();
    if (isHostName && name.length > 0 && name.length <= MAX_NAME) return name.toString('latin1');
  }
  return undefined;
}

function protocols(extension: Cursor): string[] {
  const names = [...vectorsOf(extension.vector(2), 1)];
  return names
    .filter((name) => !(name.length === 2 && isGrease(name.readUInt16BE())))
    .map((name) => name.toString('latin1'));
}

function versionNames(numbers: readonly number[]): string[] {
  return numbers
    .filter((number) => !isGrease(number))
    .map((number) => VERSIONS.get(number) ?? `0x${number.toString(16).padStart(4, '0')}`);
}

function supportedVersions(extension: Cursor): number[] {
  const list = extension.vector(1);
  const numbers: number[] = [];
  while (!list.atEnd) numbers.push(list.number(2));
  return numbers;
}

function parse(body: Buffer): ClientHello {
  const hello = new Cursor(body);
  const legacyVersion = hello.number(2);
  hello.take(32); // random
  hello.vector(1); // session id
  hello.vector(2); // cipher suites
  hello.vector(1); // compression methods
  const found = new Map<number, Cursor>();
  // TLS 1.2 and older may end here (RFC 5246 §7.4.1.2).
  const extensions = hello.atEnd ? new Cursor(Buffer.alloc(0)) : hello.vector(2);
  while (!extensions.atEnd) {
    const type = extensions.number(2);
    found.set(type, extensions.vector(2));
  }
  if (!hello.atEnd) throw new Malformed();
  const of = <T>(type: number, read: (extension: Cursor) => T): T | undefined => {
    const extension = found.get(type);
    return extension && read(extension);
  };
  const sni = of(SERVER_NAME, serverName);
  return {
    ...(sni === undefined ? {} : { sni }),
    alpn: of(ALPN, protocols) ?? [],
    versions: versionNames(of(SUPPORTED_VERSIONS, supportedVersions) ?? [legacyVersion]),
    ech: found.has(ENCRYPTED_CLIENT_HELLO),
  };
}

/** Takes the bytes of a connection from its first on and answers once the ClientHello is whole. */
export class ClientHelloReader {
  readonly #parts: Buffer[] = [];
  #header: Buffer = Buffer.alloc(0);
  /** Octets of the current record that are still to come. */
  #inRecord = 0;
  #collected = 0;
  #read = 0;
  #result: ClientHello | 'more' | 'invalid' = 'more';

  /** `invalid`: not a ClientHello, or longer than `MAX_HELLO`. Once it has answered, it stays with it. */
  push(chunk: Uint8Array): ClientHello | 'more' | 'invalid' {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    while (this.#result === 'more' && rest.length > 0) {
      const taken = this.#inRecord > 0 ? this.#takeContent(rest) : this.#takeHeader(rest);
      this.#read += taken;
      rest = rest.subarray(taken);
      if (this.#result === 'more' && this.#read > MAX_HELLO) this.#result = 'invalid';
    }
    return this.#result;
  }

  #takeHeader(bytes: Buffer): number {
    const taken = Math.min(RECORD_HEADER - this.#header.length, bytes.length);
    this.#header = Buffer.concat([this.#header, bytes.subarray(0, taken)]);
    if (this.#header.length < RECORD_HEADER) return taken;
    const length = this.#header.readUInt16BE(3);
    const valid =
      this.#header[0] === HANDSHAKE && this.#header[1] === 3 && length > 0 && length <= MAX_RECORD;
    if (!valid) this.#result = 'invalid';
    this.#inRecord = length;
    this.#header = Buffer.alloc(0);
    return taken;
  }

  #takeContent(bytes: Buffer): number {
    const content = bytes.subarray(0, this.#inRecord);
    this.#inRecord -= content.length;
    this.#collected += content.length;
    this.#parts.push(content);
    if (this.#collected >= MESSAGE_HEADER) this.#look();
    return content.length;
  }

  #look(): void {
    // Joined only when the head of the message shows that it is whole, else one octet a packet would cost the square of its length.
    if ((this.#parts[0]?.length ?? 0) < MESSAGE_HEADER)
      this.#parts.splice(0, Infinity, Buffer.concat(this.#parts));
    const [first = Buffer.alloc(0)] = this.#parts;
    const length = first.readUIntBE(1, 3);
    if (first[0] !== CLIENT_HELLO || length + MESSAGE_HEADER + RECORD_HEADER > MAX_HELLO)
      this.#result = 'invalid';
    else if (this.#collected >= length + MESSAGE_HEADER) {
      const message = Buffer.concat(this.#parts);
      this.#result = helloOf(message.subarray(MESSAGE_HEADER, MESSAGE_HEADER + length));
    }
  }
}

function helloOf(body: Buffer): ClientHello | 'invalid' {
  try {
    return parse(body);
  } catch (error) {
    if (error instanceof Malformed) return 'invalid';
    throw error;
  }
}
