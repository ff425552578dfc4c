/** Sessions that stay the same when somebody logs in, and that go on when somebody has logged out. */

import { endpointOf } from '#model/path-template.ts';
import type { CheckInput, FindingDraft, Run, SeriesCheck } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { identityOf, isLogout, loginOf } from '../reading/identity.ts';
import { parameters } from '../reading/parameters.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { isSessionCookie, setCookies } from '../reading/set-cookies.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const STATIC = /\.(?:js|css|png|jpe?g|gif|svg|ico|woff2?)$/i;
const NOT_SESSION = /csrf|xsrf|consent|visitor|device|remember/i;

/** The session cookie that a request carries. */
const sessionCookie = (input: CheckInput) =>
  parameters(input).find(
    ({ place, name, value }) =>
      place === 'cookie' && value.length >= 8 && isSessionCookie({ name }) && !NOT_SESSION.test(name),
  );

function* atLogin(input: CheckInput): Iterable<FindingDraft> {
  if (loginOf(input)?.succeeded !== true) return;
  const before = sessionCookie(input);
  if (before === undefined) return;
  const given = setCookies(input).filter(({ deletes }) => !deletes);
  const same = given.find(({ name }) => name === before.name);
  // Another session cookie or a token may be what the login gives.
  const other = given.some((cookie) => cookie.name !== before.name && isSessionCookie(cookie));
  const token = parameters(input).some(
    ({ side, place, name, value }) =>
      side === 'response' && place === 'json' && /token|jwt/i.test(name) && value.length > 16,
  );
  if (same === undefined ? other || token : same.value !== before.value) return;
  yield {
    parameter: before.name,
    detail: 'The session id is the same before and after the login.',
    evidence: [before.evidence],
  };
}

function begin(): Run {
  /** Endpoints that credentials were accepted at, by credential. */
  const used = new RecentMap<string, Set<string>>(2000);
  const ended = new RecentMap<string, true>(2000);
  /** Endpoints that answered requests without credentials. */
  const open = new RecentMap<string, true>(5000);
  return function* run(input) {
    yield* atLogin(input);
    const { success, status, redirect, method } = factsOf(input);
    const { row } = input.session;
    const identity = identityOf(input);
    const endpoint = endpointOf(row);
    if (identity === undefined) {
      if (success) open.set(endpoint, true);
      return;
    }
    const key = `${row.host} ${identity.key}`;
    if (isLogout(input)) {
      if ((success || redirect) && status !== 401) ended.set(key, true);
      return;
    }
    if (
      loginOf(input) !== undefined ||
      !success ||
      method === 'OPTIONS' ||
      STATIC.test(row.path.split('?', 1)[0] ?? '')
    )
      return;
    const before = used.at(key, () => new Set());
    if (!ended.has(key)) {
      if (before.size < 200) before.add(endpoint);
      return;
    }
    if (!before.has(endpoint) || open.has(endpoint)) return;
    yield {
      parameter: identity.kind,
      detail: 'The credentials were still accepted after the logout.',
      evidence: [identity.evidence],
    };
  };
}

export const noSessionRotation: SeriesCheck = {
  info: {
    id: 'no-session-rotation',
    title: 'Session does not change with login or logout',
    severity: 'medium',
    cwe: [384, 613],
    owasp: [API[2], TOP[7]],
    what: 'The session id is the same before and after a login, or credentials are still accepted after the logout.',
    why: 'Whoever placed or saw the id before is logged in along with its owner, and who stole it stays so after the logout.',
    fix: 'Give a new session id with every login, and make the old one worthless on the server at login and logout.',
    references: [cheatSheet('Session_Management'), cweUrl(384)],
  },
  confidence: 'medium',
  begin,
};
