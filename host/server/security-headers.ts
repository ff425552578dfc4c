/**
 * The headers that every answer of the loopback server carries, by what it holds. Captured traffic is hostile: it is shown as data, and
 * never with the rights of the workbench's own pages.
 */
import type { OutgoingHttpHeaders } from 'node:http';

const COMMON: OutgoingHttpHeaders = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Inline styles are allowed because Monaco inserts style elements; scripts come from files of ours alone. */
const pagePolicy = (port: number) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self'",
    "font-src 'self' data:",
    // Safari does not count ws: as 'self'.
    `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** For captured bytes: should a browser ever show them as a page, it is one without scripts, network or origin. */
const CAPTURED_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** For the workbench's files. Names of assets hold a hash of their content; the page that names them must always be fresh. */
export const pageHeaders = (port: number, immutable: boolean): OutgoingHttpHeaders => ({
  ...COMMON,
  'Content-Security-Policy': pagePolicy(port),
  'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-store',
});

/** For answers of the API, refusals, and everything captured. */
export const dataHeaders = (): OutgoingHttpHeaders => ({
  ...COMMON,
  'Content-Security-Policy': CAPTURED_POLICY,
  'Cache-Control': 'no-store',
});
