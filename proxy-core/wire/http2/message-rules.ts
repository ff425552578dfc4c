/**
 * What makes the fields of an HTTP/2 message malformed (RFC 9113 §8.1.1 to §8.3): decides, and says which rule. A proxy passes no
 * malformed message on. Fields know most of the answer themselves (field.ts).
 */
import { type HeaderPair, headerValues } from '#model/headers.ts';
import { type Field, type FieldBlock, Trait } from './field.ts';

/** A request's pseudo-fields and its other fields, in order. Absent pseudo-fields are empty. */
export interface RequestFields {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  /** Extended CONNECT (RFC 8441); undefined in every other request. */
  readonly protocol: string | undefined;
  readonly headers: HeaderPair[];
  /** The rule that it breaks. */
  readonly fault: string | undefined;
}

export interface ResponseFields {
  /** 0 when there is none. */
  readonly status: number;
  readonly headers: HeaderPair[];
  readonly fault: string | undefined;
}

const FAULTY = Trait.BAD_NAME | Trait.BAD_VALUE | Trait.CONNECTION | Trait.BAD_TE;
const NOTED = FAULTY | Trait.PSEUDO | Trait.HOST | Trait.LENGTH;
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Octets that would end a request line of HTTP/1.1, or begin another.
const BAD_PATH = /[\0-\x20\x7f]/;

const named = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

function fieldFault({ pair: [name, value], traits }: Field): string | undefined {
  if ((traits & Trait.BAD_NAME) !== 0) return `the field name ${JSON.stringify(named(name))} is not allowed`;
  if ((traits & Trait.BAD_VALUE) !== 0) return `the value of ${named(name)} has octets that are not allowed`;
  if ((traits & Trait.CONNECTION) !== 0) return `${name} does not exist in HTTP/2`;
  if ((traits & Trait.BAD_TE) !== 0) return `TE is "${named(value)}" instead of "trailers"`;
  return undefined;
}

/** The first fault of any field, and what stands where. `pseudo` is given each pseudo-field and answers what is wrong with it. */
function split(
  block: FieldBlock,
  pseudo: (name: string, value: string) => string | undefined,
): {
  headers: HeaderPair[];
  fault: string | undefined;
} {
  const headers: HeaderPair[] = [];
  let fault: string | undefined;
  for (const field of block.fields) {
    const { pair, traits } = field;
    if ((traits & NOTED) !== 0) {
      if ((traits & FAULTY) !== 0) fault ??= fieldFault(field);
      if ((traits & Trait.PSEUDO) !== 0) {
        if (headers.length > 0) fault ??= `${pair[0]} stands after other fields`;
        fault ??= pseudo(pair[0], pair[1]);
        continue;
      }
    }
    headers.push(pair);
  }
  return { headers, fault };
}

/** `host`, lower case, without the scheme's own port. */
const plainAuthority = (authority: string, scheme: string) =>
  authority.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '');

function hostFault(headers: readonly HeaderPair[], authority: string, scheme: string): string | undefined {
  const hosts = headerValues(headers, 'host');
  if (hosts.length === 0) return undefined;
  if (hosts.length > 1) return 'there is more than one Host field';
  const [host = ''] = hosts;
  if (authority === '' || plainAuthority(host, scheme) === plainAuthority(authority, scheme))
    return undefined;
  return `Host and :authority differ ("${named(host)}", "${named(authority)}")`;
}

/** RFC 9113 §8.3.1. */
export function readRequest(block: FieldBlock): RequestFields {
  let method: string | undefined;
  let scheme: string | undefined;
  let authority: string | undefined;
  let path: string | undefined;
  let protocol: string | undefined;
  const { headers, fault } = split(block, (name, value) => {
    const twice = `${name} stands twice`;
    switch (name) {
      case ':method':
        if (method !== undefined) return twice;
        method = value;
        return METHOD.test(value) ? undefined : 'the method is not a token';
      case ':scheme':
        if (scheme !== undefined) return twice;
        scheme = value.toLowerCase();
        return undefined;
      case ':authority':
        if (authority !== undefined) return twice;
        authority = value;
        return value.includes('@') ? ':authority has user information' : undefined;
      case ':path':
        if (path !== undefined) return twice;
        path = value;
        if (value === '') return ':path is empty';
        if (BAD_PATH.test(value)) return ':path has octets that are not allowed';
        return undefined;
      case ':protocol':
        if (protocol !== undefined) return twice;
        protocol = value;
        return undefined;
      default:
        return `there is no pseudo-field ${named(name)} in requests`;
    }
  });
  const request = {
    method: method ?? '',
    scheme: scheme ?? '',
    authority: authority ?? '',
    path: path ?? '',
    protocol,
    headers,
  };
  return { ...request, fault: fault ?? requestFault(request) };
}

function requestFault(request: Omit<RequestFields, 'fault'>): string | undefined {
  const { method, scheme, authority, path, protocol, headers } = request;
  if (method === '') return ':method is missing';
  if (method === 'CONNECT' && protocol === undefined) {
    if (scheme !== '' || path !== '') return 'CONNECT has a scheme or a path';
    return authority === '' ? ':authority is missing' : undefined;
  }
  if (protocol !== undefined && method !== 'CONNECT')
    return ':protocol stands in another request than CONNECT';
  if (scheme === '') return ':scheme is missing';
  if (path === '') return ':path is missing';
  if (!path.startsWith('/') && !(path === '*' && method === 'OPTIONS'))
    return ':path does not begin with a slash';
  return hostFault(headers, authority, scheme);
}

/** RFC 9113 §8.3.2. `end`: the stream ends with it. */
export function readResponse(block: FieldBlock, end: boolean): ResponseFields {
  let status: number | undefined;
  const { headers, fault } = split(block, (name, value) => {
    if (name !== ':status') return `there is no pseudo-field ${named(name)} in responses`;
    if (status !== undefined) return ':status stands twice';
    status = /^[1-9]\d\d$/.test(value) ? Number(value) : 0;
    return status === 0 ? `:status is "${named(value)}"` : undefined;
  });
  let wrong = fault;
  if (status === undefined) wrong ??= ':status is missing';
  // RFC 9113 §8.6: nothing can be switched to.
  else if (status === 101) wrong ??= '101 does not exist in HTTP/2';
  else if (status < 200 && end) wrong ??= `a ${status} response ends the stream`;
  return { status: status ?? 0, headers, fault: wrong };
}

/** RFC 9113 §8.1. */
export function trailersFault({ fields, tooLarge }: FieldBlock): string | undefined {
  if (tooLarge) return 'there are more trailers than are read';
  for (const field of fields) {
    if ((field.traits & Trait.PSEUDO) !== 0) return `${named(field.pair[0])} stands in trailers`;
    const fault = fieldFault(field);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The length that Content-Length gives; `fault` when it gives none that can be. `bodyless`: there is no body. */
export function bodyLength(
  block: FieldBlock,
  bodyless: boolean,
): { readonly length?: number; readonly fault?: string } {
  let length: number | undefined;
  for (const { pair, traits } of block.fields) {
    if ((traits & Trait.LENGTH) === 0) continue;
    const value = pair[1];
    const fault = `Content-Length is "${named(value)}"`;
    if (!/^\d{1,15}$/.test(value)) return { fault };
    if (length !== undefined && length !== Number(value))
      return { fault: 'there are two different Content-Lengths' };
    length = Number(value);
  }
  if (length === undefined) return {};
  return bodyless && length > 0
    ? { fault: `there is no body, but a Content-Length of ${length}` }
    : { length };
}
