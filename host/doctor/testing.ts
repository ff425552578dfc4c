/** Facts for the doctor's tests: a run in which nothing is the matter, and what a test changes in it. */
import type { Refusal, RunFacts, SeenExchange } from './facts.ts';

export const NOW = Date.parse('2026-05-04T10:00:00Z');
let last = 0;

export const seen = (change: Partial<SeenExchange> = {}): SeenExchange => ({
  id: ++last,
  host: 'a.test',
  decrypted: true,
  userAgent: 'curl/8',
  altSvc: undefined,
  forwarded: undefined,
  page: undefined,
  aheadMs: 300,
  error: undefined,
  issuer: 'CN=Example CA',
  ...change,
});

export const refusal = (change: Partial<Refusal> = {}): Refusal => ({
  id: ++last,
  host: 'b.test',
  alert: 'unknown_ca',
  ...change,
});

export const facts = (change: Partial<RunFacts> = {}): RunFacts => ({
  now: NOW,
  startedAt: NOW - 5000,
  capturing: true,
  exchanges: [],
  refusals: [],
  environment: {},
  proxy: '127.0.0.1:8866',
  hasUpstreamProxy: false,
  stripsAltSvc: false,
  caExpires: NOW + 1e9,
  ...change,
});
