/**
 * Secrets that their own looks give away, wherever they stand: JSON Web Tokens, providers' keys (model/secrets), private keys, passwords in
 * URLs, credentials after "Bearer". Every search goes over the text once; nothing is capped, because what is not found leaves.
 */
import { entropy, isMask, isPlaceholder, looksRandom } from '#model/secrets/placeholders.ts';
import { SECRET_SHAPES, type SecretShape, secretsOf } from '#model/secrets/secret-shapes.ts';
import { base64Text } from './octets.ts';

export interface Found {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** "an AWS access key id" → "aws-access-key-id": the words of a placeholder. */
export const kindOf = (name: string): string =>
  name
    .replace(/^an? /, '')
    .replace(/ (?:that|with) .*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

const PEM_BEGIN = '-----BEGIN ';
const PEM = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const PEM_END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** What a key is made of, also in JSON escapes and percent-encoded. */
const PEM_BODY = /[^A-Za-z0-9+/=\s\\:,%.-]/g;

/** Whole private keys; of one without an end, all that can belong to it. */
function* privateKeys(text: string): Generator<Found> {
  for (let at = text.indexOf(PEM_BEGIN); at >= 0; at = text.indexOf(PEM_BEGIN, at)) {
    PEM.lastIndex = at;
    const begin = PEM.exec(text);
    if (begin === null) {
      at += PEM_BEGIN.length;
      continue;
    }
    const from = at + begin[0].length;
    PEM_BODY.lastIndex = from;
    const limit = PEM_BODY.exec(text)?.index ?? text.length;
    const body = text.slice(from, limit);
    PEM_END.lastIndex = 0;
    const end = PEM_END.exec(body);
    const stop = end === null ? limit : from + end.index + end[0].length;
    if (stop - from >= 32) yield { start: at, end: stop, kind: 'private-key' };
    at = Math.max(stop, from);
  }
}

const TOKEN_CHARS = /[^\w.-]/g;
const JOSE = /eyJ[\w-]{8,}(?:\.[\w-]*){2,4}/y;

/** JWS and JWE in compact form (RFC 7515, RFC 7516): told by a header that is JSON with an algorithm. */
function* joseTokens(text: string): Generator<Found> {
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', at)) {
    JOSE.lastIndex = at;
    const match = JOSE.exec(text);
    const header = match === null ? undefined : base64Text(match[0].slice(0, match[0].indexOf('.')));
    if (match !== null && header?.includes('"alg"')) {
      yield { start: at, end: at + match[0].length, kind: 'jwt' };
      at += match[0].length;
      continue;
    }
    // No other start in the same run of characters can do better: the search stays linear.
    TOKEN_CHARS.lastIndex = at;
    const runEnd = TOKEN_CHARS.exec(text)?.index ?? text.length;
    const dot = text.indexOf('.', at);
    at = dot >= 0 && dot < runEnd ? dot : runEnd;
  }
}

const USERINFO = /:\/\/([^\s/@:?#"'<>\\]{0,256}):([^\s/@"'<>\\]{1,256})@/y;

/** Passwords of URLs (RFC 3986 §3.2.1); without one, a user that is a token. */
function* urlPasswords(text: string): Generator<Found> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    USERINFO.lastIndex = at;
    const match = USERINFO.exec(text);
    if (match === null) continue;
    const [, user = '', password = ''] = match;
    const start = at + 3 + user.length + 1;
    if (!isMask(password)) yield { start, end: start + password.length, kind: 'password' };
    if (looksRandom(user)) yield { start: at + 3, end: at + 3 + user.length, kind: 'token' };
  }
}

const SCHEME =
  /(bearer|basic|token|apikey|digest|negotiate|ntlm|hawk)(?: |\+|%20){1,3}([\w\-.~+/%:]{8,8192}={0,2})/gi;

/** Credentials as they stand in an Authorization field, in any text. */
function* schemeCredentials(text: string): Generator<Found> {
  for (const match of text.matchAll(SCHEME)) {
    const [whole, scheme = '', credentials = ''] = match;
    const end = match.index + whole.length;
    const basic = /^basic$/i.test(scheme) && (base64Text(credentials)?.includes(':') ?? false);
    if (basic) yield { start: end - credentials.length, end, kind: 'basic' };
    else if (looksRandom(credentials) && entropy(credentials) >= 3) {
      yield {
        start: end - credentials.length,
        end,
        kind: scheme.toLowerCase() === 'bearer' ? 'bearer' : 'token',
      };
    }
  }
}

/** Keywords near each other make the windows of `secretsOf` overlap: beyond this the whole text is read once instead. */
const DENSE = 500;

function* shaped(text: string, { shape, kind }: KnownShape): Generator<Found> {
  if (shape.keywords.every((keyword) => !text.includes(keyword))) return;
  const allowance = { tries: DENSE };
  for (const { start, end } of secretsOf(text, shape, allowance, Number.POSITIVE_INFINITY)) {
    yield { start, end, kind };
  }
  if (allowance.tries <= 0) yield* everywhere(text, shape, kind);
}

function* everywhere(text: string, shape: SecretShape, kind: string): Generator<Found> {
  const matcher = shape.pattern.matcher(text);
  while (matcher.find()) {
    const secret = matcher.group(1) ?? '';
    const real = secret !== '' && !isPlaceholder(secret) && entropy(secret) >= shape.minEntropy;
    if (real) yield { start: matcher.start(1), end: matcher.end(1), kind };
  }
}

interface KnownShape {
  readonly shape: SecretShape;
  readonly kind: string;
}

/** Private keys are found whole above. */
const OTHER_SHAPES: readonly KnownShape[] = SECRET_SHAPES.filter(
  ({ keywords }) => !keywords.includes(PEM_BEGIN),
).map((shape) => ({ shape, kind: kindOf(shape.name) }));

/** Whether any shape's keyword stands in a text: most texts have none, and are read once to know it. */
const ANY_KEYWORD = new RegExp(
  OTHER_SHAPES.flatMap(({ shape: { keywords } }) => keywords.map((keyword) => RegExp.escape(keyword))).join(
    '|',
  ),
);

/** Every secret of a known shape in `text`, in no order; they may overlap. */
export function* shapesIn(text: string): Generator<Found> {
  if (text.length < 8) return;
  yield* privateKeys(text);
  yield* joseTokens(text);
  yield* urlPasswords(text);
  yield* schemeCredentials(text);
  if (!ANY_KEYWORD.test(text)) return;
  for (const shape of OTHER_SHAPES) yield* shaped(text, shape);
}
