/** Failed logins that are answered alike, one after the other, as if nobody counted them. */

import { endpointOf } from '#model/path-template.ts';
import type { Run, SeriesCheck } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { loginOf } from '../reading/identity.ts';
import { showsLimit } from '../reading/rate-signs.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const TRIES = 5;
const WINDOW_MS = 10 * 60_000;

interface Series {
  count: number;
  status: number;
  firstMs: number;
  startedAt: number;
}

function begin(): Run {
  const series = new RecentMap<string, Series>(2000);
  /** Hosts that limit logins somewhere. */
  const limited = new RecentMap<string, true>(2000);
  return function* run(input) {
    const login = loginOf(input);
    if (login === undefined) return;
    const { row } = input.session;
    const endpoint = endpointOf(row);
    if (showsLimit(input)) limited.set(endpoint, true);
    if (limited.has(endpoint) || login.succeeded === true) {
      series.set(endpoint, { count: 0, status: 0, firstMs: 0, startedAt: 0 });
      return;
    }
    if (login.succeeded === undefined) return;
    const { status } = factsOf(input);
    const known = series.at(endpoint, () => ({
      count: 0,
      status,
      firstMs: row.durationMs ?? 0,
      startedAt: row.startedAt,
    }));
    if (known.status !== status || row.startedAt - known.startedAt > WINDOW_MS) {
      Object.assign(known, { count: 0, status, firstMs: row.durationMs ?? 0, startedAt: row.startedAt });
    }
    known.count += 1;
    // A delay that grows is a throttle too.
    const slowed = (row.durationMs ?? 0) > 3 * known.firstMs + 800;
    if (known.count < TRIES || slowed) return;
    yield {
      parameter: 'login',
      detail: 'Several failed logins were answered alike: no limit, no delay, no lock.',
      evidence: [statusLine(input)],
    };
  };
}

export const loginNoThrottle: SeriesCheck = {
  info: {
    id: 'login-no-throttle',
    title: 'Failed logins are not throttled',
    severity: 'medium',
    cwe: [307],
    owasp: [API[2], API[4], TOP[7]],
    what: `At least ${TRIES} failed logins in a row were answered alike, without status 429, a growing delay or a lock.`,
    why: 'Passwords are guessed by trying; a login that does not count tries lets a program make thousands of them a minute.',
    fix: 'Count failed logins by account and by address, make answers slower, then refuse with 429 and Retry-After, and offer a second factor.',
    references: [cheatSheet('Authentication'), cweUrl(307)],
  },
  confidence: 'medium',
  begin,
};
