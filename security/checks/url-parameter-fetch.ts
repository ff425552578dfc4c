/** Parameters that hold addresses which the server itself fetches: where requests can be forged through it. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { isLocalHost } from '../reading/sites.ts';
import { API, cheatSheet, TOP } from '../taxonomy.ts';

const FETCHED =
  /^(?:url|uri|src|source|source_?url|image_?url|img_?url|avatar_?url|picture_?url|photo_?url|file_?url|document_?url|feed(?:_?url)?|rss|proxy|fetch|load|remote(?:_?url)?|import(?:_?url)?|webhook(?:_?url)?|callback_?url|endpoint|host|hostname|domain|server|target|site|link|page_?url|download_?url|stylesheet|template|wsdl|mechanic_api|address|href|resource|path|dest|data_?url|xml_?url|icon)$/i;
/** Where a browser is sent, which is no fetching. */
const NAVIGATION =
  /redirect|return|next|continue|(?<!call)back|goto|success|cancel|referr?er|origin|home_?page|website|canonical|utm|logout|error_?url|rurl|ru$|^u$/i;
const FETCHING_PATH =
  /proxy|fetch|preview|unfurl|import|download|scrape|crawl|screenshot|render|pdf|convert|thumbnail|resize|oembed|webhook|image|avatar|feed|rss|load|check|ping|test|validate|link|contact_mechanic|url|remote/i;
const INTERNAL = /^(?:169\.254\.169\.254|metadata\.google\.internal|100\.100\.100\.200|0\.0\.0\.0)$/;

/** The host that a value names: of an absolute URL, or a bare address of this machine or a private network. */
function hostIn(value: string): string | undefined {
  const text = value.trim();
  if (/^(?:https?|ftp|gopher|dict|ldap):\/\//i.test(text) && URL.canParse(text))
    return new URL(text).hostname;
  if (/^file:\/\//i.test(text)) return 'file';
  return /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?(?:\/|$)/.test(text)
    ? text.split(/[:/]/, 1)[0]
    : undefined;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { success, method } = factsOf(input);
  if (!success || input.session.response?.body.size === 0) return;
  const { row } = input.session;
  const body = input.response.text ?? '';
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'request' || !['query', 'form', 'json'].includes(place) || value.length > 2000) continue;
    const host = hostIn(value);
    if (host === undefined || NAVIGATION.test(name) || !FETCHED.test(name)) continue;
    const internal = host === 'file' || INTERNAL.test(host) || (isLocalHost(host) && !isLocalHost(row.host));
    if (host === row.host && !internal) continue;
    const fetching = FETCHING_PATH.test(row.path.split('?', 1)[0] ?? '');
    // An answer that only repeats the address has stored it.
    const echoed = body.includes(value) && (method === 'POST' || method === 'PUT' || method === 'PATCH');
    yield {
      parameter: path,
      detail: internal
        ? 'The parameter names an address of the inner network, and the request was answered with success.'
        : 'The parameter holds an address, and the request was answered with content.',
      evidence: [evidence],
      ...(internal ? { severity: 'high' } : {}),
      threshold: internal ? 'high' : fetching && !echoed ? 'medium' : 'low',
    };
  }
}

export const urlParameterFetch: Check = {
  info: {
    id: 'url-parameter-fetch',
    title: 'Server may fetch what a parameter names',
    severity: 'medium',
    cwe: [918],
    owasp: [API[7], TOP[10]],
    what: 'A parameter holds an address or host, and the answer looks as if the server had fetched it. Whether it does takes an active request to tell.',
    why: 'Who decides what the server fetches reaches its inner network: metadata of the cloud, consoles, databases.',
    fix: 'Allow a list of hosts, refuse addresses of inner networks after resolving names, follow no redirects, and send no credentials along.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/',
      cheatSheet('Server_Side_Request_Forgery_Prevention'),
    ],
  },
  confidence: 'low',
  run,
};
