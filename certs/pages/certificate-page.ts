/**
 * What Sluice answers at http://sluice.cert/ and on the proxy port itself: the root certificate in every form that systems import, and how
 * to trust it. A pure function of the request. It serves public things only; the private key is out of its reach.
 */
import { createHash } from 'node:crypto';
import type { HeaderPair } from '#model/headers.ts';
import type { Authority } from '../authority.ts';
import { encodeMobileConfig, encodePkcs12 } from '../encode-root.ts';
import { notFoundHtml, pageHtml } from './page-html.ts';
import { PAGE_STYLE } from './page-style.ts';
import { qrSvg } from './qr-svg.ts';

export interface CertificatePageRequest {
  readonly method: string;
  /** Path with query; the query is ignored. */
  readonly path: string;
  /** The Host it was asked under, as `host:port`; from the network, so not trusted. */
  readonly authority: string;
  /** `host:port` where clients point their proxy setting. */
  readonly proxyAddress: string;
}

export interface CertificatePageAnswer {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
}

interface Resource {
  readonly type: string;
  readonly disposition?: string;
  readonly body: (root: Authority, url: string, proxyAddress: string) => string | Uint8Array;
}

const HTML = 'text/html; charset=utf-8';
const attachment = (file: string) => `attachment; filename="${file}"`;

const RESOURCES: Readonly<Record<string, Resource>> = {
  '/': { type: HTML, body: pageHtml },
  '/sluice.pem': {
    type: 'application/x-pem-file',
    disposition: attachment('sluice.pem'),
    body: (root) => root.certificatePem,
  },
  '/sluice.crt': {
    type: 'application/x-x509-ca-cert',
    disposition: attachment('sluice.crt'),
    body: (root) => root.certificateDer,
  },
  '/sluice.p12': {
    type: 'application/x-pkcs12',
    disposition: attachment('sluice.p12'),
    body: encodePkcs12,
  },
  '/sluice.mobileconfig': {
    type: 'application/x-apple-aspen-config',
    // Safari offers to install a profile that it opens; one that it saves has to be looked for in Files.
    disposition: 'inline; filename="sluice.mobileconfig"',
    body: encodeMobileConfig,
  },
  '/qr.svg': { type: 'image/svg+xml', body: (_root, url) => qrSvg(url, `QR code of ${url}`) },
};

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');
const SAFETY: readonly HeaderPair[] = [
  [
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cache-Control', 'no-store'],
];

/** GET and HEAD of the paths above; 405 for other methods, 404 with a way back for other paths. Never throws. */
export function certificatePage(root: Authority, request: CertificatePageRequest): CertificatePageAnswer {
  const head = request.method === 'HEAD';
  if (request.method !== 'GET' && !head) {
    const text = 'This address serves a certificate: use GET or HEAD.\n';
    return answer(405, 'text/plain; charset=utf-8', text, head, [['Allow', 'GET, HEAD']]);
  }
  const [path = ''] = request.path.split('?');
  const resource = Object.hasOwn(RESOURCES, path) ? RESOURCES[path] : undefined;
  if (resource === undefined) return answer(404, HTML, notFoundHtml(), head);
  const body = resource.body(root, pageUrl(request), request.proxyAddress);
  const extra: HeaderPair[] = resource.disposition ? [['Content-Disposition', resource.disposition]] : [];
  return answer(200, resource.type, body, head, extra);
}

/** The page's own address as the client knows it; the proxy's, when what the client sent is no plain authority. */
function pageUrl(request: CertificatePageRequest): string {
  const plain = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?$/i.test(request.authority);
  return `http://${(plain ? request.authority : request.proxyAddress).replace(/:80$/, '')}/`;
}

function answer(
  status: number,
  type: string,
  content: string | Uint8Array,
  head: boolean,
  extra: readonly HeaderPair[] = [],
): CertificatePageAnswer {
  const body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const length: HeaderPair = ['Content-Length', String(body.length)];
  return {
    status,
    headers: [['Content-Type', type], length, ...extra, ...SAFETY],
    body: head ? new Uint8Array() : body,
  };
}
