/** Traffic without a secret that looks as if it had some: hashes, ids, times, code, documentation. Redaction must leave all of it alone. */
import { createHash } from 'node:crypto';
import * as zlib from 'node:zlib';
import type { FullSession } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';

const hash = (of: string, algorithm = 'sha256') => createHash(algorithm).update(of).digest('hex');
const integrity = createHash('sha384').update('bundle').digest('base64');

const SCRIPT = `!function(e,t){"use strict";var n={password:e.value,token:t.next(),type:"password",apiKey:null},r=e.access_token;
const o=(a,b)=>{a.secret=b.secret;return a.token=b.token,fetch("/api/token?page="+a)};
if(token=lexer.nextToken(),token.type===TOKEN_STRING)throw new Error("Unexpected token: "+token);
e.exports={"./a.js":"${hash('a', 'md5')}",sessionid:function(){return 1},csrf:"required",passwd:"Enter your password"}}(this,window);
//# sourceMappingURL=main.${hash('main').slice(0, 20)}.js.map`;

const PAGE = `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="description" content="Set token = value, or password: see the docs">
<link rel="stylesheet" href="/static/app.${hash('css').slice(0, 16)}.css" integrity="sha384-${integrity}">
<script nonce="r4nd0mN0nce12345" src="/static/vendor-${hash('vendor', 'md5')}.js"></script></head>
<body><label>Password: <input type="password" name="password" placeholder="Your password"></label>
<p>Use <code>Authorization: Bearer &lt;your token&gt;</code> and <code>password=example</code>.</p>
<script>${SCRIPT}</script></body></html>`;

const ORDERS = {
  id: 'ord_9f8e7d6c5b4a39281706',
  uuid: '7b1d9c34-58f2-4f0e-9d3a-2f7c6b5a4e10',
  etag: hash('order'),
  created_at: '2026-11-24T12:18:07.123Z',
  timestamp: 1_764_000_000_123,
  next_page_token: 'CAoQAA1b2c3d4e5f6g7h8',
  cursor: 'eyJpZCI6MTIzNDU2LCJvIjoiYXNjIn0=',
  token_type: 'Bearer',
  expires_in: 3600,
  password: null,
  token: '',
  session: { title: 'Opening keynote', id: 17 },
  country: { code: 'DE' },
  code: 'INVALID_ARGUMENT',
  promo: { code: 'SUMMER-2026' },
  has_password: true,
  password_hint: 'the name of your first pet',
  sku: 'ABC-12345-XYZ',
  version: '3.14.159-beta.2+build.20261124',
  thumbnail: 'https://cdn.acme.test/img/9f8e7d6c5b4a39281706f5e4d3c2b1a0.webp?w=640&v=1764000000',
  items: [
    { key: 'colour', value: 'red' },
    { name: 'size', value: 'XL' },
  ],
  message: 'Your session expired: please sign in again. Unexpected token < in JSON at position 0',
};

const LOG = `2026-11-24T12:00:00Z INFO request_id=01JD8Z7Q4T3M6N9P2R5S8V1W4X status=200 duration=12.5ms
2026-11-24T12:00:01Z WARN password: must be at least 8 characters; token: expired; session: closed
commit ${hash('commit', 'sha1')} tree ${hash('tree', 'sha1')}
digest: sha256:${hash('image')} size=1234567 pin=no code=404 api_key=<your-api-key> secret=***`;

const text = (
  mime: string,
  responseBody: string | Uint8Array,
  more: SessionOverrides = {},
): SessionOverrides => ({
  ...more,
  responseHeaders: [['Content-Type', mime], ...(more.responseHeaders ?? [])],
  responseBody,
});

const SESSIONS: readonly SessionOverrides[] = [
  {
    url: `https://shop.acme.test/static/app.${hash('app').slice(0, 20)}.js?v=${hash('v', 'md5')}&t=1764000000123&page=2`,
    requestHeaders: [
      ['Host', 'shop.acme.test'],
      [
        'User-Agent',
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
      ],
      ['Accept', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8'],
      ['If-None-Match', `W/"${hash('etag', 'md5')}"`],
      ['X-Request-Id', '7b1d9c34-58f2-4f0e-9d3a-2f7c6b5a4e10'],
      ['Traceparent', `00-${hash('trace', 'md5')}-00f067aa0ba902b7-01`],
      ['Idempotency-Key', hash('idempotent', 'md5')],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Referer', 'https://shop.acme.test/search?q=token+ring&category=passwords&sort=key'],
    ],
  },
  text('application/json', JSON.stringify(ORDERS)),
  text('application/json', zlib.gzipSync(JSON.stringify(ORDERS)), {
    responseHeaders: [['Content-Encoding', 'gzip']],
  }),
  text('text/javascript', SCRIPT),
  text('text/html; charset=utf-8', PAGE, {
    responseHeaders: [
      ['ETag', `"${hash('page', 'md5')}"`],
      [
        'Content-Security-Policy',
        `script-src 'nonce-r4nd0mN0nce12345' 'sha256-${createHash('sha256').update('x').digest('base64')}'`,
      ],
      ['WWW-Authenticate', 'Bearer realm="api", error="invalid_token"'],
      ['X-Cache-Key', hash('cache')],
    ],
  }),
  text('text/plain', LOG),
  text('text/css', `.token{color:#a1b2c3}.password::after{content:"password"}/*! ${hash('css', 'md5')} */`),
  text('image/png', Buffer.from(hash('pixels').repeat(40), 'hex')),
  text('application/octet-stream', zlib.deflateSync(Buffer.from(PAGE))),
  text(
    'text/event-stream',
    `id: 17\nevent: tick\ndata: {"seq":17,"hash":"${hash('tick')}","at":"2026-11-24T12:00:00Z"}\n\n`,
  ),
  {
    method: 'POST',
    requestHeaders: [
      ['Host', 'shop.acme.test'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ],
    requestBody: `q=forgot+password&page_token=abc123def456ghi789&id=${hash('id', 'md5')}&token=&remember=true`,
    comment: 'Compare with build 9f8e7d6c5b4a39281706; the token field is empty here',
  },
  {
    kind: 'websocket',
    status: 101,
    responseBody: '',
    messages: [
      {
        direction: 'sent',
        at: 1,
        opcode: 1,
        data: new Uint8Array(Buffer.from('42["join",{"room":"7b1d9c34-58f2","seq":1764000000}]')),
      },
      { direction: 'received', at: 2, opcode: 2, data: new Uint8Array(Buffer.from(hash('frame'), 'hex')) },
    ],
  },
];

export const ordinaryTraffic = (): FullSession[] =>
  SESSIONS.map((one, i) => makeSession({ ...one, id: i + 1 }));
