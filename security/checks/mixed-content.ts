/** Pages over HTTPS that load parts of themselves over plain HTTP. Links are no parts. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody, pageUrl } from '../reading/html-tags.ts';
import { isLocalHost } from '../reading/sites.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const LOADS: Readonly<Record<string, readonly string[]>> = {
  script: ['src'],
  iframe: ['src'],
  frame: ['src'],
  embed: ['src'],
  object: ['data'],
  img: ['src'],
  audio: ['src'],
  video: ['src', 'poster'],
  source: ['src'],
  track: ['src'],
  input: ['src'],
};
const ACTIVE = new Set(['script', 'iframe', 'frame', 'embed', 'object', 'link']);
const LOADING_LINK = /\b(?:stylesheet|icon|preload|modulepreload|manifest|prefetch|import)\b/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  if (!factsOf(input).secure) return;
  for (const { name, attributes } of htmlOf(input).tags) {
    const link = name === 'link' && LOADING_LINK.test(attributes.get('rel')?.value ?? '');
    for (const key of link ? ['href'] : (LOADS[name] ?? [])) {
      const attribute = attributes.get(key);
      if (attribute === undefined || !/^\s*http:\/\//i.test(attribute.value)) continue;
      if (isLocalHost(pageUrl(input, attribute.value)?.hostname ?? '')) continue;
      yield {
        parameter: name,
        detail: `A ${name} element of the page is loaded over plain HTTP.`,
        evidence: [inBody(attribute)],
        severity: ACTIVE.has(name) ? 'medium' : 'low',
      };
    }
  }
}

export const mixedContent: Check = {
  info: {
    id: 'mixed-content',
    title: 'Secure page loads parts over plain HTTP',
    severity: 'low',
    cwe: [311],
    owasp: [API[8], TOP[2]],
    what: 'A page over HTTPS has scripts, frames, styles, images or media that it loads over http://.',
    why: 'Whoever is on the way changes these parts; a changed script or frame is a changed page. Browsers block some and warn of others.',
    fix: 'Load everything over HTTPS, and send Content-Security-Policy: upgrade-insecure-requests while old links remain.',
    references: [zap(10040), 'https://www.w3.org/TR/mixed-content/'],
  },
  confidence: 'high',
  run,
};
