/** Endpoints that are asked often and never speak of a limit. */

import { endpointOf } from '#model/path-template.ts';
import type { Run, SeriesCheck } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { showsLimit } from '../reading/rate-signs.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

const REQUESTS = 30;
const WINDOW_MS = 60_000;
const STATIC = /\.(?:js|mjs|css|png|jpe?g|gif|svg|ico|webp|woff2?|map|html?|mp4|ts|m4s)$/i;

interface Group {
  /** When the last requests began, oldest first. */
  readonly times: number[];
}

function begin(): Run {
  const groups = new RecentMap<string, Group>(2000);
  const limited = new RecentMap<string, true>(2000);
  return function* run(input) {
    const { row } = input.session;
    const { status, html, script, style, method } = factsOf(input);
    if (row.kind !== 'http' || status === 0 || method === 'OPTIONS') return;
    const host = `${row.host}:${row.port}`;
    if (showsLimit(input)) limited.set(host, true);
    if (
      limited.has(host) ||
      html ||
      script ||
      style ||
      STATIC.test(row.path.split('?', 1)[0] ?? '') ||
      /image|font|video|audio/.test(input.response.mime ?? '')
    )
      return;
    const { times } = groups.at(endpointOf(row), () => ({ times: [] }));
    times.push(row.startedAt);
    if (times.length < REQUESTS) return;
    const span = row.startedAt - (times.shift() ?? 0);
    if (span > WINDOW_MS || span < 0) return;
    const rate = Math.round((REQUESTS / Math.max(span, 1)) * 1000);
    yield {
      parameter: 'rate',
      detail: `The endpoint was asked ${rate < 1 ? 'every few seconds' : `${rate} times a second`} and never spoke of a limit.`,
      evidence: [statusLine(input)],
    };
  };
}

export const noRateLimit: SeriesCheck = {
  info: {
    id: 'no-rate-limit',
    title: 'No sign of a rate limit',
    severity: 'info',
    cwe: [770, 799],
    owasp: [API[4], TOP[4]],
    what: `An endpoint answered ${REQUESTS} requests within a minute, and the host never sent a RateLimit or Retry-After field or status 429.`,
    why: 'One client can use up what all share, copy everything, or try everything. Whether there is a limit further up, an active test tells.',
    fix: 'Limit requests by account and address, answer 429 with Retry-After beyond, and say the limits in RateLimit fields.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
      cweUrl(770),
    ],
  },
  confidence: 'low',
  begin,
};
