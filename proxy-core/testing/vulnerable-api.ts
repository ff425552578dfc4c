/**
 * A shop's API with faults planted in it, for tests and measurements of the security checks: what is wrong with each path stands in
 * PLANTED. Everything else about it is as it should be.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listening, type Origin, type OriginOptions, originServer } from './origin.ts';
import { WELL_MADE } from './well-made.ts';

/** Method and path (ids templated) → checks that must find fault with it. */
export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'POST /api/login': [
    'weak-password',
    'default-credentials',
    'session-predictable',
    'cookie-no-httponly',
    'cookie-no-secure',
    'cookie-no-samesite',
    'login-no-throttle',
  ],
  'GET /api/orders/{id}': ['object-id-guessable', 'object-id-foreign'],
  'GET /api/users/{id}': ['excessive-data', 'hash-disclosure', 'object-id-guessable'],
  'POST /api/users': ['mass-assignment-hint', 'weak-password'],
  'GET /api/search': ['error-verbose', 'application-error', 'full-path-disclosure'],
  'GET /api/me': ['cors-credentials', 'jwt-weak'],
  'GET /api/config': ['secret-in-response', 'private-ip-disclosure'],
  'GET /api/admin/users': ['admin-function-open'],
  'GET /api/v2/orders': ['old-version-alive'],
  'GET /api/preview': ['url-parameter-fetch'],
  'GET /api/reset': ['credentials-in-url'],
  'GET /api/export': ['unbounded-page'],
  'GET /go': ['off-site-redirect'],
  'GET /backup/': ['directory-listing'],
  'POST /graphql': ['graphql-introspection'],
  'GET /page': [
    'csp-missing',
    'anti-clickjacking',
    'csrf-token-missing',
    'cross-domain-script',
    'sri-missing',
    'permissions-policy-missing',
    'site-isolation',
    'vulnerable-js-library',
  ],
  'GET /legacy': ['server-version', 'x-powered-by', 'content-type-options'],
  'POST /api/orders/{id}': ['method-override', 'object-id-guessable'],
};

const ORDERS = Array.from({ length: 1500 }, (_, i) => ({ id: i + 1, name: `Tea ${i + 1}` }));
const BCRYPT = ['$2b$10$', 'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'].join('');
/** Put together, so that no scanner takes it for a leak. */
const KEY = ['sk', 'live', 'q8ZrT2mVbX5nK7wLp3Hd9sFj'].join('_');
let logins = 100_040;

type Headers = readonly (readonly [string, string])[];

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  more: Headers = [],
  type?: string,
): void {
  for (const [name, value] of WELL_MADE) response.setHeader(name, value);
  if (type !== undefined) response.setHeader('Content-Type', type);
  for (const [name, value] of more) response.setHeader(name, value);
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
}

const PAGE = `<!doctype html><title>Shop</title><script src="https://cdn.other.test/jquery-2.1.4.min.js"></script>
<form method="post" action="/api/transfer"><input name="to"><input name="amount"></form>`;

function route(request: IncomingMessage, body: string, response: ServerResponse): unknown {
  const url = new URL(request.url ?? '/', 'https://shop.invalid');
  const json = (): Record<string, unknown> => JSON.parse(body === '' ? '{}' : body);
  const path = url.pathname;
  if (path === '/api/login') {
    const { username, password } = json();
    if (username !== 'admin' && username !== 'mia' && username !== 'tom')
      return answer(response, 401, { error: 'bad credentials' });
    logins += 1;
    const cookie: Headers = username === 'admin' ? [['Set-Cookie', `session=shop-${logins}; Path=/`]] : [];
    if (password === 'wrong') return answer(response, 401, { error: 'bad credentials' });
    return answer(response, 200, { success: true, token: `${username}-q8ZrT2mVbX5nK7wLp3Hd` }, cookie);
  }
  if (path === '/api/users' && request.method === 'POST')
    return answer(response, 201, { id: 9, name: json().name, email: json().email, role: 'user' });
  if (path.startsWith('/api/users/'))
    return answer(response, 200, { id: 7, name: 'Mia', passwordHash: BCRYPT });
  if (path.startsWith('/api/orders/') && request.method === 'POST') return answer(response, 204, '');
  if (path.startsWith('/api/orders/'))
    return answer(response, 200, { id: 42, customer_name: 'Mia Meier', email: 'mia@shop.test', total: 12 });
  if (path === '/api/search')
    return answer(response, 500, {
      error: 'SQLITE_ERROR: near "\'": syntax error',
      at: '/srv/shop/lib/search.js',
    });
  if (path === '/api/me') {
    const origin = request.headers.origin ?? '';
    return answer(response, 200, { id: 7 }, [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Credentials', 'true'],
    ]);
  }
  if (path === '/api/config') return answer(response, 200, { stripe: KEY, database: '10.20.3.4' });
  if (path === '/api/admin/users') return answer(response, 200, { users: [] });
  if (/^\/api\/v[12]\/orders$/.test(path)) return answer(response, 200, { orders: [] });
  if (path === '/api/preview') return answer(response, 200, { title: 'A page' });
  if (path === '/api/reset') return answer(response, 200, { ok: true });
  if (path === '/api/export') return answer(response, 200, { orders: ORDERS });
  if (path === '/go') return answer(response, 302, '', [['Location', url.searchParams.get('url') ?? '/']]);
  if (path === '/backup/')
    return answer(
      response,
      200,
      '<html><head><title>Index of /backup</title></head></html>',
      [['Content-Security-Policy', STRICT], ...PAGE_FIELDS],
      'text/html',
    );
  if (path === '/graphql')
    return answer(response, 200, { data: { __schema: { types: [{ name: 'Query' }] } } });
  if (path === '/page') return answer(response, 200, PAGE, [], 'text/html; charset=utf-8');
  if (path === '/legacy') {
    response.writeHead(200, {
      Server: 'Apache/2.4.41 (Ubuntu)',
      'X-Powered-By': 'PHP/7.4.3',
      'Content-Type': 'text/plain',
      'Cache-Control': 'no-store',
    });
    response.end('hello');
    return undefined;
  }
  return answer(response, 404, { error: 'not found' });
}

/** A policy with which no check finds fault, and the other fields of pages. */
export const STRICT = "default-src 'self'; frame-ancestors 'none'; form-action 'self'";
export const PAGE_FIELDS: Headers = [
  ['Permissions-Policy', 'camera=()'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cross-Origin-Embedder-Policy', 'require-corp'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
];

/** Listens until disposed of. */
export function vulnerableApi(options: OriginOptions = {}): Promise<Origin> {
  return listening(originServer(collected(route), options), options);
}

/** A listener that has the whole body. */
export const collected =
  (handle: (request: IncomingMessage, body: string, response: ServerResponse) => unknown) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handle(request, Buffer.concat(chunks).toString(), response));
  };

/** What a client asks of it: method, path, fields, body. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: unknown;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Unsigned. */
const JWT = `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: '7', exp: 4_102_444_800 })}.`;
const bearer = (token: string): readonly [string, string] => ['Authorization', `Bearer ${token}`];
const login = (username: string, password: string): Call => ({
  method: 'POST',
  path: '/api/login',
  body: { username, password },
});
const MIA = bearer('mia-q8ZrT2mVbX5nK7wLp3Hd');
const TOM = bearer('tom-q8ZrT2mVbX5nK7wLp3Hd');

/** Calls by which every planted fault shows. */
export const CALLS: readonly Call[] = [
  login('admin', 'admin'),
  login('admin', 'admin'),
  login('admin', 'admin'),
  login('mia', 'vK8#qTz!2mLw9Rxp'),
  login('tom', 'Xw4!pLm9$zQr7Tb2'),
  { method: 'GET', path: '/api/orders/42', headers: [MIA] },
  { method: 'GET', path: '/api/orders/42', headers: [TOM] },
  { method: 'GET', path: '/api/users/7', headers: [MIA] },
  {
    method: 'POST',
    path: '/api/users',
    body: { name: 'Zoe', email: 'zoe@shop.test', password: 'password1' },
  },
  { method: 'GET', path: '/api/search?q=%27' },
  { method: 'GET', path: '/api/me', headers: [['Origin', 'https://evil.test'], bearer(JWT)] },
  { method: 'GET', path: '/api/config' },
  { method: 'GET', path: '/api/admin/users' },
  { method: 'GET', path: '/api/v1/orders' },
  { method: 'GET', path: '/api/v2/orders' },
  { method: 'GET', path: '/api/preview?url=https%3A%2F%2Fother.test%2Fpage' },
  { method: 'GET', path: '/api/reset?reset_token=q8ZrT2mVbX5nK7wLp3Hd' },
  { method: 'GET', path: '/api/export?limit=5000' },
  { method: 'GET', path: '/go?url=https%3A%2F%2Fevil.test%2F' },
  { method: 'GET', path: '/backup/' },
  { method: 'POST', path: '/graphql', body: { query: '{ __schema { types { name } } }' } },
  { method: 'GET', path: '/page' },
  { method: 'GET', path: '/legacy' },
  { method: 'POST', path: '/api/orders/42', headers: [MIA, ['X-HTTP-Method-Override', 'DELETE']] },
  ...Array.from({ length: 6 }, (_, i) => login('nobody', `Guess-${i}-vK8qTz`)),
];
