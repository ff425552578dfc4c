/** The credentials that a session carries, by where they stand: what a scheme's parameters say, without judging them. Pure. */
import type { Headers } from '#model/headers.ts';
import type { Session } from '#model/session.ts';
import { sentCookies, setCookies } from '../cookies.ts';
import { queryFields } from '../fields.ts';
import { findJwts, type Jwt } from './jwt.ts';

export interface Credential {
  /** Where it stands: a header's name, "Cookie sid", "Query token". */
  readonly place: string;
  /** Basic, Bearer, API key … as people know it. */
  readonly scheme: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly tokens: readonly Jwt[];
}

const CARRIERS = new Set(['authorization', 'proxy-authorization']);
const CHALLENGES = new Set(['www-authenticate', 'proxy-authenticate']);
const KEY_NAME =
  /^(?:x-)?(?:api|auth|access|app|client|session|csrf|xsrf|subscription|ocp-apim-subscription)[-_]?(?:key|token|id|secret)$/i;

/** `name=value` pairs with or without quotes (RFC 9110 §11.2). */
export function parameters(text: string): [string, string][] {
  return [...text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g)].map(
    ([, name = '', quoted, plain = '']) => [
      name,
      quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
    ],
  );
}

function basic(encoded: string): [string, string][] {
  try {
    const bytes = Uint8Array.from(atob(encoded.trim()), (unit) => unit.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    const colon = text.indexOf(':');
    return colon < 0
      ? [['User', text]]
      : [
          ['User', text.slice(0, colon)],
          ['Password', text.slice(colon + 1)],
        ];
  } catch {
    return [['Value', encoded]];
  }
}

/** Messages 1 to 3 of NTLM begin with "NTLMSSP", also inside Negotiate; anything else there is Kerberos. */
function negotiate(encoded: string): [string, string][] {
  try {
    const text = atob(encoded.trim());
    if (!text.startsWith('NTLMSSP\0')) return [['Mechanism', 'Kerberos (SPNEGO)']];
    return [['Mechanism', `NTLM, message ${text.charCodeAt(8)} of 3`]];
  } catch {
    return [['Value', encoded]];
  }
}

/** What the value of Authorization (RFC 9110 §11.6.2) or of a challenge says. */
function ofScheme(place: string, value: string): Credential {
  const space = value.indexOf(' ');
  const scheme = space < 0 ? value : value.slice(0, space);
  const rest = space < 0 ? '' : value.slice(space + 1).trim();
  const tokens = findJwts(value);
  switch (scheme.toLowerCase()) {
    case 'basic':
      // A challenge of this name has parameters, credentials have none.
      return {
        place,
        scheme: 'Basic',
        fields: /=\S/.test(rest) && rest.includes('"') ? parameters(rest) : basic(rest),
        tokens,
      };
    case 'ntlm':
    case 'negotiate':
      return { place, scheme, fields: rest === '' ? [] : negotiate(rest), tokens };
    case 'digest':
    case 'aws4-hmac-sha256':
      return { place, scheme, fields: parameters(rest), tokens };
    case 'bearer':
    case 'dpop':
    case 'token':
      return { place, scheme, fields: tokens.length > 0 ? [] : [['Token', rest]], tokens };
    default:
      return rest === ''
        ? { place, scheme: 'Key', fields: tokens.length > 0 ? [] : [['Value', value]], tokens }
        : { place, scheme, fields: [['Value', rest]], tokens };
  }
}

function ofHeaders(headers: Headers): Credential[] {
  return headers.flatMap(([name, value]): Credential[] => {
    const key = name.toLowerCase();
    if (CARRIERS.has(key) || CHALLENGES.has(key)) return [ofScheme(name, value)];
    const tokens = key === 'cookie' || key === 'set-cookie' ? [] : findJwts(value);
    if (tokens.length === 0 && !KEY_NAME.test(name)) return [];
    const fields: [string, string][] = tokens.length > 0 ? [] : [['Value', value]];
    return [{ place: name, scheme: tokens.length > 0 ? 'Token' : 'API key', fields, tokens }];
  });
}

/** A named value that is a token, or has the name of a key. */
function ofPair(place: string, name: string, value: string): Credential[] {
  const tokens = findJwts(value);
  if (tokens.length > 0) return [{ place, scheme: 'Token', fields: [], tokens }];
  return KEY_NAME.test(name) ? [{ place, scheme: 'API key', fields: [['Value', value]], tokens }] : [];
}

/** Everything in heads and URL that says who the client is or how to say so, in the order of the wire. */
export function credentialsOf(session: Session): Credential[] {
  const request = session.request.head.headers;
  const response = session.response?.head.headers ?? [];
  return [
    ...queryFields(session.row.url).flatMap(({ name, value }) => ofPair(`Query ${name}`, name, value)),
    ...ofHeaders(request),
    ...sentCookies(request).flatMap(({ name, value }) => ofPair(`Cookie ${name}`, name, value)),
    ...ofHeaders(response),
    ...setCookies(response, session.row.startedAt).flatMap(({ name, value }) =>
      ofPair(`Set-Cookie ${name}`, name, value),
    ),
  ];
}
