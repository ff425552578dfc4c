/**
 * Who asks: identities told apart by the credentials that requests carry, and logins and logouts recognised by what they send. It knows
 * accounts by nothing but their credentials; two tokens of one account are two identities until a login says otherwise.
 */
import type { Evidence } from '#model/finding.ts';
import { credentialKind, isUserName } from '#model/secrets/credential-names.ts';
import type { CheckInput } from '../check.ts';
import { factsOf, requestField, requestLine, responseField } from './head-fields.ts';
import { parameters } from './parameters.ts';
import { setCookies } from './set-cookies.ts';

export interface Identity {
  /** The credential itself; kept in memory only, never told. */
  readonly key: string;
  readonly kind: 'authorization' | 'cookie' | 'api-key';
  readonly evidence: Evidence;
}

export interface Login {
  readonly user: string | undefined;
  readonly evidence: Evidence;
  /** Undefined where the answer does not say. */
  readonly succeeded: boolean | undefined;
}

const KEY_FIELDS = [
  'x-api-key',
  'x-auth-token',
  'x-access-token',
  'x-session-token',
  'x-session-id',
  'api-key',
  'apikey',
  'private-token',
];
const SESSION_COOKIE = /sess|^sid$|[-_.]sid$|^connect\.sid$|auth|token|jwt|^aspxauth|identity|remember/i;
const NOT_SESSION = /csrf|xsrf|consent|analytics|^_ga|^_gid|visitor|device/i;

function read(input: CheckInput): Identity | undefined {
  const authorization = requestField(input, 'authorization');
  if (authorization !== undefined && authorization.value.trim().length > 8) {
    return { key: authorization.value, kind: 'authorization', evidence: authorization.evidence };
  }
  for (const name of KEY_FIELDS) {
    const field = requestField(input, name);
    if (field !== undefined && field.value.length >= 8)
      return { key: field.value, kind: 'api-key', evidence: field.evidence };
  }
  for (const { place, name, value, evidence } of parameters(input)) {
    if (place !== 'cookie' || value.length < 8) continue;
    if (SESSION_COOKIE.test(name) && !NOT_SESSION.test(name))
      return { key: `${name}=${value}`, kind: 'cookie', evidence };
  }
  return undefined;
}

const identities = new WeakMap<CheckInput, { readonly identity: Identity | undefined }>();

/** Whose credentials the request carries; undefined for nobody's. */
export function identityOf(input: CheckInput): Identity | undefined {
  let known = identities.get(input);
  if (known === undefined) {
    known = { identity: read(input) };
    identities.set(input, known);
  }
  return known.identity;
}

const LOGIN_PATH =
  /\/(?:log-?in|log-?on|sign-?in|signon|auth(?:enticate|entication)?|oauth2?\/token|token|sessions?|connect\/token)(?:\.\w{2,5})?(?:\/(?:local|password|login|callback|v\d|\w{2,12}))?\/?(?:[;?#]|$)/i;
const NOT_LOGIN =
  /(?:register|sign-?up|reset|forgot|change|refresh|revoke|logout|confirm|introspect|verify)/i;
const FAILED =
  /\b(?:invalid|incorrect|wrong|failed|failure|denied|unauthori[sz]ed|bad credentials|not match|does not exist|unknown user|locked|try again)\b|"(?:success|ok|authenticated)":\s{0,3}false|"errors?":\s{0,3}["[{]/i;
const TOKEN_IN_BODY =
  /"(?:access_?token|id_?token|token|jwt|auth_?token|session_?(?:id|token)|api_?key|bearer)":\s{0,3}"[^"]{8}/i;

/** Whether the answer to a login says that it worked. */
export function loginSucceeded(input: CheckInput): boolean | undefined {
  const { status, success, redirect } = factsOf(input);
  const text = input.response.text?.slice(0, 20_000) ?? '';
  if ([400, 401, 403, 404, 422, 423, 429].includes(status)) return false;
  const given = setCookies(input).some(
    (cookie) => !cookie.deletes && SESSION_COOKIE.test(cookie.name) && !NOT_SESSION.test(cookie.name),
  );
  if (redirect) {
    const location = responseField(input, 'location')?.value ?? '';
    if (/(?:log-?in|sign-?in|auth)\b|error|fail|denied/i.test(location)) return false;
    const home =
      /(?:^|\/)(?:home|dashboard|account|profile|welcome|main|overview|index(?:\.\w+)?|app|my[\w-]*|user|users\/me)?\/?(?:\?|$)/i;
    return given || (home.test(location) && location !== '') ? true : undefined;
  }
  if (!success) return undefined;
  if (TOKEN_IN_BODY.test(text)) return true;
  if (FAILED.test(visible(input, text))) return false;
  if (given) return true;
  return /"(?:success|ok|authenticated|logged_?in)":\s{0,3}true|"(?:user|account|profile)":\s{0,3}\{/i.test(
    text,
  )
    ? true
    : undefined;
}

const visible = (input: CheckInput, text: string) =>
  factsOf(input).html ? text.replace(/<[^<>]{0,300}>/g, ' ') : text;

const logins = new WeakMap<CheckInput, { readonly login: Login | undefined }>();

/** The login that the request is; undefined when it is none. */
export function loginOf(input: CheckInput): Login | undefined {
  let known = logins.get(input);
  if (known === undefined) {
    known = { login: readLogin(input) };
    logins.set(input, known);
  }
  return known.login;
}

function readLogin(input: CheckInput): Login | undefined {
  const said = input.accounts?.login?.(input);
  if (said === false) return undefined;
  const { method, success, redirect } = factsOf(input);
  if (said !== true && method !== 'POST' && method !== 'PUT') return undefined;
  let password: Evidence | undefined;
  let user: string | undefined;
  let passwords = 0;
  let fields = 0;
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'request' || !['form', 'json', 'query'].includes(place)) continue;
    fields += 1;
    if (credentialKind(name) === 'password' && value !== '') {
      passwords += 1;
      password ??= evidence;
    } else if (user === undefined && isUserName(name)) user = value;
    if (
      /^(?:operationname|query)$/i.test(name) &&
      /register|signup|createuser|changepassword|resetpassword/i.test(value) &&
      path.length < 20 &&
      said !== true
    )
      return undefined;
  }
  if (said === true) {
    // Whoever said so knows: an answer that does not say otherwise means that it worked.
    return {
      user,
      evidence: password ?? requestLine(input),
      succeeded: loginSucceeded(input) ?? (success || redirect),
    };
  }
  const path = input.session.row.path.split('?', 1)[0] ?? '';
  if (password === undefined || passwords > 1 || NOT_LOGIN.test(path)) return undefined;
  if (
    !LOGIN_PATH.test(path) &&
    !(
      user !== undefined &&
      fields <= 6 &&
      !/user|account|profile|admin\/|password|config|setting/i.test(path)
    )
  )
    return undefined;
  return { user, evidence: password, succeeded: loginSucceeded(input) };
}

export const isLogout = (input: CheckInput): boolean =>
  input.accounts?.logout?.(input) ?? looksLikeLogout(input);

const looksLikeLogout = (input: CheckInput) =>
  /\/(?:log-?out|log-?off|sign-?out|signoff|end-?session|revoke)(?:\.\w{2,5})?\/?(?:[;?#]|$)/i.test(
    input.session.row.path,
  ) ||
  (factsOf(input).method === 'DELETE' &&
    /\/sessions?(?:\/(?:current|me|[\w-]{1,64}))?\/?$/i.test(input.session.row.path.split('?', 1)[0] ?? ''));
