/** Unix times in fields that are named after a time. Numbers that only look like one are left alone. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const NAME =
  /(?:^|[_.-])(?:time|timestamp|date|created|updated|modified|expires?|exp|iat|nbf|ts|epoch|since|until|last_?(?:seen|login|modified))(?:[_.-]?(?:at|on|time|date|utc))?$|(?:At|Time|Date|Timestamp)$|_at$|_time$|_date$|_ts$/;
const YEAR = 365.25 * 24 * 3600;
const NOT_THESE =
  /^(?:x-)?(?:ratelimit|rate-limit)|reset$|retry-after|max-age|etag|report-to|nel|expect-ct|strict-transport|set-cookie|cookie|content-length|cf-|age$/i;
const MAX = 20;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const now = input.session.row.startedAt / 1000;
  let count = 0;
  for (const { evidence, side, place, name, path, value } of parameters(input)) {
    if (side !== 'response' || place === 'set-cookie' || evidence.part === 'message') continue;
    if (!/^\d{10}$/.test(value) || NOT_THESE.test(name)) continue;
    const away = Math.abs(Number(value) - now);
    if (away > 10 * YEAR) continue;
    if (++count > MAX) return;
    const threshold = !NAME.test(name) ? 'low' : away < YEAR ? 'high' : 'medium';
    yield { parameter: path, detail: 'The value is a Unix time.', evidence: [evidence], threshold };
  }
}

export const timestampDisclosure: Check = {
  info: {
    id: 'timestamp-disclosure',
    title: 'Unix time in a response',
    severity: 'info',
    cwe: [497],
    owasp: [API[8], TOP[1]],
    what: 'A response holds a Unix time, in a field that is named after a time.',
    why: 'Times tell when things were made and changed, and may be what ids, tokens and seeds are made from.',
    fix: 'See that nothing secret can be guessed from the time; leave it out where nobody needs it.',
    references: [zap(10096), cweUrl(497)],
  },
  confidence: 'low',
  run,
};
