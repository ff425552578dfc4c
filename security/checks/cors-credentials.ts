/** Answers that scripts of whatever site asks may read with the cookies of whoever visits it. */
import type { Run, SeriesCheck } from '../check.ts';
import { requestField, responseField } from '../reading/head-fields.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { isLocalHost, sameSite, siteOf } from '../reading/sites.ts';
import { API, mdnHeader, TOP } from '../taxonomy.ts';

function begin(): Run {
  /** Foreign origins that a host has allowed. */
  const allowed = new RecentMap<string, Set<string>>(1000);
  return function* run(input) {
    const field = responseField(input, 'access-control-allow-origin');
    const credentials = responseField(input, 'access-control-allow-credentials');
    if (field === undefined || credentials?.value.trim().toLowerCase() !== 'true') return;
    const { row } = input.session;
    const origin = field.value.trim();
    const parameter = field.name;
    const evidence = [field.evidence];
    if (origin.toLowerCase() === 'null') {
      yield {
        parameter,
        detail: 'Frames without an origin may read the response with credentials.',
        evidence,
      };
      return;
    }
    const asked = requestField(input, 'origin')?.value.trim();
    if (asked === undefined || asked.toLowerCase() !== origin.toLowerCase() || !URL.canParse(origin)) return;
    const { hostname, protocol } = new URL(origin);
    if (sameSite(hostname, row.host)) {
      // Over plain HTTP whoever is on the way writes the scripts of that origin.
      if (protocol !== 'http:' || row.scheme !== 'https' || isLocalHost(hostname)) return;
      const detail = 'An origin over plain HTTP may read the response with credentials.';
      yield { parameter, detail, evidence, severity: 'low', confidence: 'high' };
      return;
    }
    if (isLocalHost(hostname) && isLocalHost(row.host)) return;
    const known = allowed.at(`${row.host}:${row.port}`, () => new Set());
    if (known.size < 100) known.add(siteOf(hostname));
    yield {
      parameter,
      detail:
        'The response allows the origin of the request, which is of another site, to read it with credentials.',
      evidence,
      // One may be a partner; several are anybody.
      confidence: known.size > 1 ? 'high' : 'medium',
      threshold: known.size > 1 ? 'high' : 'medium',
    };
  };
}

export const corsCredentials: SeriesCheck = {
  info: {
    id: 'cors-credentials',
    title: 'Foreign origins may read answers with credentials',
    severity: 'high',
    cwe: [942, 346],
    owasp: [API[8], TOP[5]],
    what: 'Access-Control-Allow-Origin gives back the Origin of the request, or null, together with Access-Control-Allow-Credentials: true.',
    why: 'A page of any site reads what the server answers to the cookies of whoever visits it, and acts in that name.',
    fix: 'Compare Origin with a list of whole origins, never allow null, and send Allow-Credentials for these alone.',
    references: ['https://portswigger.net/web-security/cors', mdnHeader('Access-Control-Allow-Credentials')],
  },
  confidence: 'medium',
  scope: 'host',
  begin,
};
