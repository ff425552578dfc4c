/** A shop's API as it should be, for tests and measurements of the security checks: they find nothing above information in it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listening, type Origin, type OriginOptions, originServer } from './origin.ts';
import { type Call, collected, PAGE_FIELDS, STRICT } from './vulnerable-api.ts';
import { WELL_MADE } from './well-made.ts';

const ORDER = '0b8f6a52-7f0e-4c1f-9a53-6f3f4a1de0c7';
const TOKEN = 'n4Xq7Rt2Vb9Wm3Ks8Lp5Zd1Hj6Gc0Fy';

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="stylesheet" href="/shop.css"><script src="/shop.js" defer></script></head><body>
<form method="post" action="/orders"><input type="hidden" name="csrf_token" value="${TOKEN}"><input name="item"><button>Order</button></form>
<p>Call 030 901820, article 4006381333931, version 10.2.3.4.</p></body></html>`;

function route(request: IncomingMessage, body: string, response: ServerResponse): void {
  for (const [name, value] of WELL_MADE) response.setHeader(name, value);
  response.setHeader('RateLimit', 'limit=100, remaining=99, reset=60');
  const path = new URL(request.url ?? '/', 'https://shop.invalid').pathname;
  const send = (status: number, value: unknown) =>
    response.writeHead(status).end(value === undefined ? '' : JSON.stringify(value));
  if (path === '/') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', STRICT);
    for (const [name, value] of PAGE_FIELDS) response.setHeader(name, value);
    response.writeHead(200).end(PAGE);
  } else if (path === '/shop.css') {
    response.setHeader('Content-Type', 'text/css');
    response.writeHead(200).end('body{margin:0;width:1749000000px}');
  } else if (path === '/shop.js') {
    response.setHeader('Content-Type', 'text/javascript');
    response.writeHead(200).end('const total = (a) => a.reduce((x, y) => x + y, 0);');
  } else if (path === '/login') {
    const { password } = JSON.parse(body);
    if (password !== 'vK8#qTz!2mLw9Rxp') {
      send(401, { error: 'user name or password is wrong' });
      return;
    }
    response.setHeader(
      'Set-Cookie',
      `__Host-session=${randomUUID()}${randomUUID()}; Path=/; Secure; HttpOnly; SameSite=Strict`,
    );
    send(200, { user: { id: ORDER, name: 'Mia' } });
  } else if (request.headers.cookie === undefined) send(401, { error: 'log in first' });
  else if (path === `/orders/${ORDER}`)
    send(200, {
      id: ORDER,
      item: 'tea',
      price: '4.20',
      ean: '4006381333931',
      card: '**** 1486',
      etag: '5d41402abc4b2a76b9719d911017c592',
    });
  else if (path === '/orders' && request.method === 'POST')
    send(201, { id: ORDER, item: JSON.parse(body).item });
  else if (path === '/orders')
    send(200, { items: [{ id: ORDER, item: 'tea' }], next: null, page_token: 'YWJjZGVmZ2hpamtsbW5v' });
  else if (path === '/logout') {
    response.setHeader('Set-Cookie', '__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict');
    send(204, undefined);
  } else send(404, { type: 'about:blank', title: 'Not Found', status: 404 });
}

/** Listens until disposed of. */
export function wellMadeApi(options: OriginOptions = {}): Promise<Origin> {
  return listening(originServer(collected(route), options), options);
}

const COOKIE: readonly [string, string] = ['Cookie', '__Host-session=2f1c7a5e-9b3d-4e8f-8a6b-1c2d3e4f5a6b'];

/** What its clients do all day. */
export const WELL_MADE_CALLS: readonly Call[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/shop.css' },
  { method: 'GET', path: '/shop.js' },
  { method: 'POST', path: '/login', body: { email: 'mia@shop.test', password: 'guess-nR7!kQz2' } },
  { method: 'POST', path: '/login', body: { email: 'mia@shop.test', password: 'vK8#qTz!2mLw9Rxp' } },
  { method: 'GET', path: '/orders', headers: [COOKIE] },
  { method: 'GET', path: '/orders?limit=50&page=2', headers: [COOKIE] },
  { method: 'GET', path: `/orders/${ORDER}`, headers: [COOKIE] },
  { method: 'GET', path: `/orders/${ORDER}` },
  { method: 'POST', path: '/orders', headers: [COOKIE], body: { item: 'tea', count: 2 } },
  { method: 'GET', path: '/nothing', headers: [COOKIE] },
  { method: 'POST', path: '/logout', headers: [COOKIE] },
];
