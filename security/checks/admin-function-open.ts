/** Functions for administrators that answer anybody, or a plain user. */
import type { CheckInput, Run, SeriesCheck } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { htmlOf } from '../reading/html-tags.ts';
import { identityOf, loginOf } from '../reading/identity.ts';
import { jwtsIn } from '../reading/jwt.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cheatSheet, TOP } from '../taxonomy.ts';

const ADMIN =
  /\/(?:admin(?:istration|istrator|s)?|internal|management|manage|superuser|sysadmin|backoffice|back-office|actuator\/(?!health|info|prometheus\/?$)[\w-]+|debug|console|phpmyadmin|phpinfo\.php|server-status|server-info|_profiler|jolokia|h2-console|heapdump|env|trace|metrics\/all|ops|root|moderator|staff|cms\/admin|wp-admin(?!\/admin-ajax\.php|\/css|\/js|\/images))(?=\/|$|\?|\.(?:php|aspx?|jsp|json))/i;
const LOGIN =
  /(?:log-?in|sign-?in|auth|assets|static|css|js|img|images|fonts|favicon|health|callback|\.(?:js|css|png|svg|ico|map|woff2?))\b/i;
const PLAIN_ROLE =
  /^(?:user|customer|member|viewer|guest|client|basic|normal|standard|reader|subscriber|employee|student|role_user)$/i;

/** Roles that the token of the request names; undefined where it names none. */
function rolesOf(input: CheckInput): string[] | undefined {
  const identity = identityOf(input);
  const token = jwtsIn(input).find(({ signed }) => identity?.key.includes(signed));
  if (token === undefined) return undefined;
  const { role, roles, authorities, groups, user_role, userRole } = token.claims;
  const named = [role, roles, authorities, groups, user_role, userRole]
    .flat()
    .filter((one): one is string => typeof one === 'string');
  if (token.claims.is_admin === false || token.claims.isAdmin === false || token.claims.admin === false)
    named.push('user');
  return named.length > 0 ? named : undefined;
}

function begin(): Run {
  /** Hosts that ask for credentials at all. */
  const guarded = new RecentMap<string, true>(2000);
  return function* run(input) {
    const { row } = input.session;
    const { success, html, method, status } = factsOf(input);
    const identity = identityOf(input);
    const host = `${row.host}:${row.port}`;
    if (identity !== undefined || status === 401) guarded.set(host, true);
    const path = row.path.split('?', 1)[0] ?? '';
    if (!success || method === 'OPTIONS' || method === 'HEAD') return;
    const found = ADMIN.exec(path);
    if (found === null) {
      // Taking something away without saying who one is.
      if (
        method === 'DELETE' &&
        identity === undefined &&
        guarded.has(host) &&
        /\/[\w-]+\/[\w-]+$/.test(path) &&
        !/session|token|cart|logout/i.test(path)
      ) {
        yield {
          parameter: 'method',
          detail: 'DELETE was answered with success and without credentials.',
          evidence: [requestLine(input)],
          confidence: 'low',
          threshold: 'medium',
        };
      }
      return;
    }
    if (LOGIN.test(path.slice(found.index + found[0].length)) || loginOf(input) !== undefined) return;
    // A page that asks for the password is what should be there.
    if (
      html &&
      htmlOf(input).tags.some(
        ({ name, attributes }) =>
          name === 'input' && attributes.get('type')?.value.toLowerCase() === 'password',
      )
    )
      return;
    if (
      /"(?:success|ok)":\s{0,3}false|unauthori[sz]ed|forbidden|access denied|login required/i.test(
        input.response.text?.slice(0, 2000) ?? '',
      )
    )
      return;
    const at = input.requestHead.indexOf(found[0]);
    const evidence =
      at < 0 ? requestLine(input) : { part: 'request-head' as const, start: at, end: at + found[0].length };
    if (identity === undefined) {
      yield {
        parameter: 'path',
        detail: 'A path for administrators answered without credentials.',
        evidence: [evidence],
      };
      return;
    }
    const roles = rolesOf(input);
    if (roles?.every((role) => PLAIN_ROLE.test(role))) {
      yield {
        parameter: 'path',
        detail: 'A path for administrators answered to the token of a plain user.',
        evidence: [evidence],
      };
    }
  };
}

export const adminFunctionOpen: SeriesCheck = {
  info: {
    id: 'admin-function-open',
    title: 'Function for administrators is open',
    severity: 'high',
    cwe: [285, 862],
    owasp: [API[5], TOP[1]],
    what: 'A path that looks like one for administrators answered with success without credentials, or with those of a plain user.',
    why: 'Paths are guessed and read from scripts; what they do is then everybody to do.',
    fix: 'Refuse by default, and allow each function to the roles that need it, on the server.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/',
      cheatSheet('Authorization'),
    ],
  },
  confidence: 'medium',
  begin,
};
