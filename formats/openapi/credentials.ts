/**
 * How requests of an endpoint prove who sends them, as security schemes of OpenAPI: by what is usual for the names of headers, cookies and
 * parameters. A scheme says where a secret goes; no secret is kept.
 */
import { type Headers, headerValue } from '#model/headers.ts';

export interface SecurityScheme {
  readonly id: string;
  readonly scheme: Readonly<Record<string, string>>;
}

const HEADER =
  /^(?:x-)?(?:(?:api|auth|access|session|subscription|csrf|xsrf|amz-security)[-_]?(?:key|token)|ocp-apim-subscription-key|x-auth)$/i;
const QUERY = /^(?:api_?key|access_?token|auth_?token|session_?(?:id|token)|subscription-key|sig)$/i;
const COOKIE = /(?:^|[^a-z])(?:sid|jwt)(?:$|[^a-z])|sess|auth|token|^remember/i;

const idOf = (place: string, name: string) =>
  `${place}_${name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60)}`;

const key = (place: 'header' | 'query' | 'cookie', name: string): SecurityScheme => ({
  id: idOf(place, name),
  scheme: { type: 'apiKey', in: place, name },
});

export const isCredentialHeader = (name: string): boolean => HEADER.test(name);
export const isCredentialParameter = (name: string): boolean => QUERY.test(name);

function authorization(value: string): SecurityScheme {
  const [kind = ''] = value.trim().split(/\s/, 1);
  switch (kind.toLowerCase()) {
    case 'bearer':
      return /^bearer\s+eyJ[\w-]+\./i.test(value.trim())
        ? { id: 'bearerJwt', scheme: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } }
        : { id: 'bearer', scheme: { type: 'http', scheme: 'bearer' } };
    case 'basic':
    case 'digest':
      return { id: kind.toLowerCase(), scheme: { type: 'http', scheme: kind.toLowerCase() } };
    default:
      return key('header', 'Authorization');
  }
}

/** Every proof that the request carries, each once. `query`: names of its parameters. */
export function credentialsOf(headers: Headers, query: Iterable<string>): SecurityScheme[] {
  const found = new Map<string, SecurityScheme>();
  const add = (one: SecurityScheme) => void found.set(one.id, one);
  const proof = headerValue(headers, 'authorization');
  if (proof !== undefined && proof !== '') add(authorization(proof));
  for (const [name, value] of headers) {
    if (isCredentialHeader(name)) add(key('header', name));
    if (name.toLowerCase() !== 'cookie') continue;
    for (const pair of value.split(';')) {
      const cookie = pair.split('=', 1)[0]?.trim() ?? '';
      if (cookie !== '' && COOKIE.test(cookie)) add(key('cookie', cookie));
    }
  }
  for (const name of query) if (isCredentialParameter(name)) add(key('query', name));
  return [...found.values()];
}
