/** Scripts from hosts that are known to have been taken over, polyfill.io and those of the same hands. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody, pageUrl } from '../reading/html-tags.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const HOSTS =
  'polyfill\\.io|polyfill\\.com|bootcdn\\.net|bootcss\\.com|staticfile\\.net|staticfile\\.org|unionadjs\\.com|xhsbpza\\.com|union\\.macoms\\.la|newcrbpc\\.com';
const KNOWN = new RegExp(`^(?:[\\w-]+\\.)*(?:${HOSTS})$`, 'i');
const IN_SCRIPT = new RegExp(
  `(?<![\\w.-])(?:https?:)?//(?:[\\w-]{1,40}\\.){0,3}(?:${HOSTS})(?![\\w.-]*\\w)`,
  'gi',
);

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const { script, html } = factsOf(input);
  if (text === undefined || !(script || html)) return;
  const page = htmlOf(input);
  for (const { name, attributes } of page.tags) {
    const src = attributes.get('src') ?? attributes.get('href');
    const url =
      (name === 'script' || name === 'link') && src !== undefined ? pageUrl(input, src.value) : undefined;
    if (src === undefined || url === undefined || !KNOWN.test(url.hostname)) continue;
    const detail = 'The page loads a script from a host that is known to have served malicious ones.';
    yield { parameter: url.hostname, detail, evidence: [inBody(src)] };
  }
  for (const { start, end } of script ? [{ start: 0, end: text.length }] : page.scripts) {
    for (const found of text.slice(start, end).matchAll(IN_SCRIPT)) {
      const at = start + found.index;
      yield {
        parameter: 'script',
        detail: 'A script names a host that is known to have served malicious ones.',
        evidence: [inBody({ start: at, end: at + found[0].length })],
        confidence: 'low',
        threshold: 'medium',
      };
    }
  }
}

export const maliciousScript: Check = {
  info: {
    id: 'malicious-script',
    title: 'Script from a host that was taken over',
    severity: 'high',
    cwe: [829],
    owasp: [API[8], TOP[8]],
    what: 'A page loads or names a script of polyfill.io or of a host of the same hands, which have served malicious code.',
    why: 'The script runs in the page with everything its visitors may do, and sends some of them elsewhere.',
    fix: 'Remove the script; current browsers do not need it. Where one does, serve a copy that was looked at from the own site.',
    references: [zap(10115), 'https://sansec.io/research/polyfill-supply-chain-attack'],
  },
  confidence: 'high',
  run,
};
