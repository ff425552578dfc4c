/** Links that open a page of another site which may then steer the page it was opened from. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody, pageUrl } from '../reading/html-tags.ts';
import { sameSite } from '../reading/sites.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { host } = input.session.row;
  for (const tag of htmlOf(input).tags) {
    if (!['a', 'area', 'form'].includes(tag.name)) continue;
    const target = tag.attributes.get('target')?.value.toLowerCase() ?? '';
    if (target === '' || /^_(?:self|parent|top)$/.test(target)) continue;
    const rel = tag.attributes.get('rel')?.value.toLowerCase() ?? '';
    const where = pageUrl(input, tag.attributes.get(tag.name === 'form' ? 'action' : 'href')?.value ?? '');
    if (where === undefined || sameSite(where.hostname, host) || /\bno(?:opener|referrer)\b/.test(rel))
      continue;
    // Browsers of today take _blank for noopener unless rel asks for an opener; named windows still have one.
    const open = /\bopener\b/.test(rel);
    yield {
      parameter: where.hostname,
      detail: open
        ? 'A link to another site gives it a hand on this page by rel="opener".'
        : 'A link to another site opens a window without rel="noopener".',
      evidence: [inBody(tag)],
      threshold: open ? 'high' : 'low',
    };
  }
}

export const reverseTabnabbing: Check = {
  info: {
    id: 'reverse-tabnabbing',
    title: 'Link lets another site steer the page',
    severity: 'medium',
    cwe: [1022],
    owasp: [API[8], TOP[4]],
    what: 'A link to another site opens a window and lets the opened page reach the one it was opened from (rel="opener").',
    why: 'The opened page can replace this one by a copy that asks for the password, while nobody looks at the tab.',
    fix: 'Set rel="noopener noreferrer" on links to other sites that open windows, and never rel="opener".',
    references: [zap(10108), 'https://html.spec.whatwg.org/multipage/links.html#link-type-noopener'],
  },
  confidence: 'medium',
  run,
};
