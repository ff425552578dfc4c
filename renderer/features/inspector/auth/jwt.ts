/** JSON Web Tokens (RFC 7519) as text, parsed and judged by time; signatures are in verify-jwt.ts. Nothing here trusts what a token says. */
import { jwtPart } from '#model/secrets/jwt-part.ts';

export interface Jwt {
  /** The whole token. */
  readonly token: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** `none`, or what the header says it is signed with. */
  readonly algorithm: string;
}

/** Three parts of base64url, the first of which is an object in JSON: `{"` is always `eyJ`. */
const SHAPE = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;
const ANYWHERE = /eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g;

/** The token that `text` is; undefined when it is none. */
export function parseJwt(text: string): Jwt | undefined {
  if (!SHAPE.test(text)) return undefined;
  const [head = '', body = ''] = text.split('.');
  const header = jwtPart(head);
  const claims = jwtPart(body);
  if (header === undefined || claims === undefined) return undefined;
  return { token: text, header, claims, algorithm: typeof header.alg === 'string' ? header.alg : 'none' };
}

/** All tokens within `text`, in order, each once. */
export function findJwts(text: string): Jwt[] {
  return [...new Set(text.match(ANYWHERE) ?? [])].flatMap((token) => parseJwt(token) ?? []);
}

export type JwtTime = 'valid' | 'expired' | 'early' | 'endless';

/** Whether the token was in force at `at` (epoch ms), by `exp` and `nbf` (RFC 7519 §4.1.4, §4.1.5). */
export function timeOf({ claims }: Jwt, at: number): JwtTime {
  const seconds = at / 1000;
  if (typeof claims.exp === 'number' && seconds >= claims.exp) return 'expired';
  if (typeof claims.nbf === 'number' && seconds < claims.nbf) return 'early';
  return typeof claims.exp === 'number' ? 'valid' : 'endless';
}
