/** The cookies that a response sets (RFC 6265 §5.2), with their attributes and where they stand. Those it deletes are told apart. */
import type { Evidence } from '#model/finding.ts';
import type { CheckInput } from '../check.ts';
import { factsOf } from './head-fields.ts';

export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** By lower-case name; "" for those without a value. */
  readonly attributes: ReadonlyMap<string, string>;
  /** It takes the cookie away rather than setting it. */
  readonly deletes: boolean;
  /** The whole field value. */
  readonly evidence: Evidence;
}

/** Names of cookies that stand for a session or a login. */
const SESSION_NAME =
  /sess|^sid$|[-_.]sid$|^sid[-_.]|auth|token|jwt|remember|login|^connect\.sid$|aspnet|identity|credential|^cf(?:id|token)$/i;
/** Tokens against request forgery that scripts are meant to read. */
const CSRF_NAME = /xsrf|csrf/i;

export const isSessionCookie = ({ name }: Pick<SetCookie, 'name'>) =>
  SESSION_NAME.test(name) && !CSRF_NAME.test(name);
export const isCsrfCookie = ({ name }: Pick<SetCookie, 'name'>) => CSRF_NAME.test(name);

function read(value: string, evidence: Evidence, now: number): SetCookie | undefined {
  const [pair = '', ...rest] = value.split(';');
  const equals = pair.indexOf('=');
  if (equals < 0) return undefined;
  const attributes = new Map<string, string>();
  for (const part of rest) {
    const [name = '', ...after] = part.split('=');
    attributes.set(name.trim().toLowerCase(), after.join('=').trim());
  }
  const maxAge = attributes.get('max-age');
  const expires = Date.parse(attributes.get('expires') ?? '');
  const text = pair.slice(equals + 1).trim();
  const deletes = maxAge !== undefined ? Number(maxAge) <= 0 : expires <= now;
  return { name: pair.slice(0, equals).trim(), value: text, attributes, deletes, evidence };
}

const cache = new WeakMap<CheckInput, readonly SetCookie[]>();

/** In wire order; read once for all checks of a session. */
export function setCookies(input: CheckInput): readonly SetCookie[] {
  let cookies = cache.get(input);
  if (cookies === undefined) {
    const fields = factsOf(input).response.get('set-cookie') ?? [];
    const now = input.session.row.startedAt;
    cookies = fields.flatMap(({ value, evidence }) => read(value, evidence, now) ?? []);
    cache.set(input, cookies);
  }
  return cookies;
}
