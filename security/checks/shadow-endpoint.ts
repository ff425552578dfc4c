/** Requests to endpoints that the OpenAPI document does not know. Without a document there is nothing to say. */
import type { CheckContext, Run, SeriesCheck } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { conformityOf } from '../reading/openapi-paths.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, TOP } from '../taxonomy.ts';

const STATIC =
  /\.(?:js|mjs|css|png|jpe?g|gif|svg|ico|webp|woff2?|map|html?|txt|xml)$|^\/(?:favicon|robots|\.well-known|health|openapi|swagger|docs|redoc)/i;

function begin({ openapi, firstParty = [] }: CheckContext): Run {
  /** Hosts that have answered something the document knows: the API's own. */
  const own = new RecentMap<string, true>(500);
  return function* run(input) {
    if (openapi === undefined) return;
    const { row } = input.session;
    const { method, status } = factsOf(input);
    const path = row.path.split(/[?#]/, 1)[0] ?? '';
    if (
      status === 0 ||
      status === 404 ||
      status === 405 ||
      status === 501 ||
      method === 'OPTIONS' ||
      method === 'HEAD'
    )
      return;
    const host = row.host.toLowerCase();
    const conformity = conformityOf(openapi, method, path);
    if (conformity === 'known') {
      own.set(host, true);
      return;
    }
    const named =
      openapi.hosts.includes(host) ||
      firstParty.some((party) => host === party || host.endsWith(`.${party}`));
    const ours = named || own.has(host);
    if (!ours || conformity === 'outside' || STATIC.test(path)) return;
    yield {
      parameter: conformity === 'method' ? 'method' : 'path',
      detail:
        conformity === 'method'
          ? 'The document knows the path, but not with this method.'
          : 'The endpoint answered, and the OpenAPI document does not know it.',
      evidence: [requestLine(input)],
    };
  };
}

export const shadowEndpoint: SeriesCheck = {
  info: {
    id: 'shadow-endpoint',
    title: 'Endpoint missing in the OpenAPI document',
    severity: 'medium',
    cwe: [1059],
    owasp: [API[9], TOP[5]],
    what: 'An endpoint answered that is absent from the OpenAPI document given (sluice check --openapi).',
    why: 'What nobody has written down nobody tests, patches or switches off.',
    fix: 'Add the endpoint to the document, or switch it off; have the gateway refuse what the document does not know.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/',
      'https://spec.openapis.org/oas/latest.html',
    ],
  },
  confidence: 'high',
  begin,
};
