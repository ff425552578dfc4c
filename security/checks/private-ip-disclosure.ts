/** Private addresses (RFC 1918) and inner names of Amazon's machines in bodies. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ADDRESS = new RegExp(
  `(?<![\\w.\\-/%])(?:10\\.${OCTET}\\.${OCTET}\\.${OCTET}|172\\.(?:1[6-9]|2\\d|3[01])\\.${OCTET}\\.${OCTET}|192\\.168\\.${OCTET}\\.${OCTET})(?![\\w\\-]|\\.\\d)|(?<![\\w-])ip-(?:10|172|192)-\\d{1,3}-\\d{1,3}-\\d{1,3}(?![\\w])`,
  'g',
);
const IN_URL = new RegExp(
  `(?<=\\w:\\/\\/(?:[\\w.~-]{1,40}(?::[^@/\\s]{1,60})?@)?)(?:10\\.${OCTET}\\.${OCTET}\\.${OCTET}|172\\.(?:1[6-9]|2\\d|3[01])\\.${OCTET}\\.${OCTET}|192\\.168\\.${OCTET}\\.${OCTET})(?![\\w\\-]|\\.\\d)`,
  'g',
);
/** Four numbers that are a version, an object identifier or a measure. */
const OTHER =
  /(?:version|ver|release|build|revision|firmware|oid|section|chapter|draft|[^a-z]v|"v)["'\s:=.]{0,6}$/i;
const MAX = 20;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const { style, script } = factsOf(input);
  if (text === undefined || style || !/10\.|192\.168\.|172\.|ip-1/.test(text)) return;
  // Who talks to the address knows it.
  const own = input.session.row.host;
  let count = 0;
  for (const pattern of [ADDRESS, IN_URL]) {
    for (const found of text.matchAll(pattern)) {
      const before = text.slice(Math.max(0, found.index - 24), found.index);
      if (found[0] === own || OTHER.test(before) || /\.0$/.test(found[0])) continue;
      if (++count > MAX) return;
      yield {
        parameter: 'body',
        detail: 'The response holds a private address.',
        evidence: [inBody({ start: found.index, end: found.index + found[0].length })],
        threshold: script ? 'low' : 'high',
      };
    }
  }
}

export const privateIpDisclosure: Check = {
  info: {
    id: 'private-ip-disclosure',
    title: 'Private address in a response',
    severity: 'low',
    cwe: [497],
    owasp: [API[8], TOP[1]],
    what: 'A body holds an address of RFC 1918, or an inner name of an Amazon machine such as ip-10-0-1-2.',
    why: 'Addresses of the inner network show how it is laid out, and are what requests forged through the server are aimed at.',
    fix: 'Remove addresses from answers and comments; name services by the names that clients use.',
    references: [zap(2), 'https://www.rfc-editor.org/rfc/rfc1918'],
  },
  confidence: 'medium',
  run,
};
