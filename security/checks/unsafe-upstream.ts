/** How far others are believed: credentials that follow a redirect to another site, and steps down from HTTPS to plain HTTP. */
import type { Run, SeriesCheck } from '../check.ts';
import { factsOf, requestField, requestLine, responseField } from '../reading/head-fields.ts';
import { identityOf } from '../reading/identity.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { isLocalHost, sameSite } from '../reading/sites.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

function begin(): Run {
  /** Where redirects sent clients, with the credentials of the request that was redirected. */
  const sent = new RecentMap<string, { readonly key: string; readonly from: string }>(2000);
  return function* run(input) {
    const { row } = input.session;
    const { redirect, secure, url } = factsOf(input);
    const identity = identityOf(input);
    const before = sent.get(row.url);
    if (before !== undefined && identity?.key === before.key && identity.kind !== 'cookie') {
      const detail = 'The client followed a redirect to another site and took its credentials along.';
      yield { parameter: 'credentials', detail, evidence: [identity.evidence], severity: 'high' };
    }
    const location = responseField(input, 'location');
    if (redirect && location !== undefined && url !== undefined && URL.canParse(location.value, url.href)) {
      const target = new URL(location.value, url.href);
      if (identity !== undefined && !sameSite(target.hostname, row.host))
        sent.set(target.href, { key: identity.key, from: row.host });
      if (secure && target.protocol === 'http:' && !isLocalHost(target.hostname)) {
        const detail = 'A redirect leads from HTTPS to plain HTTP.';
        yield { parameter: location.name, detail, evidence: [location.evidence] };
      }
    }
    // A page or program over HTTPS that depends on an answer over plain HTTP.
    const origin = requestField(input, 'origin') ?? requestField(input, 'referer');
    const programmatic = /json|xml|javascript/.test(input.response.mime ?? '');
    if (!secure && programmatic && /^https:/i.test(origin?.value ?? '') && !isLocalHost(row.host)) {
      const detail = 'A client over HTTPS depends on an answer that came over plain HTTP.';
      yield { parameter: 'scheme', detail, evidence: [origin?.evidence ?? requestLine(input)] };
    }
  };
}

export const unsafeUpstream: SeriesCheck = {
  info: {
    id: 'unsafe-upstream',
    title: 'Others are believed too far',
    severity: 'medium',
    cwe: [319, 200, 610],
    owasp: [API[10], TOP[8]],
    what: 'Credentials follow a redirect to another site, a redirect leads from HTTPS to plain HTTP, or a client depends on plain HTTP.',
    why: 'Whoever answers, or stands on the way, gets the credentials or decides what the client takes for true.',
    fix: 'Follow redirects to hosts on a list alone and without credentials, and speak HTTPS to everybody.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/',
      cweUrl(319),
    ],
  },
  confidence: 'high',
  begin,
};
