/** Flows meant for people that were walked through at the speed of a program, without anybody asking. */

import { endpointOf } from '#model/path-template.ts';
import type { Run, SeriesCheck } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { answersChallenge, showsLimit } from '../reading/rate-signs.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

const FLOW =
  /\/(?:checkout|orders?|purchase|buy|coupons?(?:\/\w+)?|vouchers?(?:\/\w+)?|redeem|gift-?cards?|sign-?up|register|registration|reset(?:-password)?|password(?:s)?\/(?:reset|forgot)|forgot(?:-password)?|invite|referrals?|book(?:ing)?s?|reserv(?:e|ations?)|tickets?|vote|votes|reviews?|comments?|otp(?:\/\w+)?|send-?(?:otp|code|sms)|verify-?(?:otp|code|phone)|transfer|withdraw|subscribe)(?:\/(?:create|new|submit|apply|validate|send|confirm))?\/?$/i;
const TIMES = 8;
const WINDOW_MS = 10_000;

function begin(): Run {
  const flows = new RecentMap<string, number[]>(2000);
  const guarded = new RecentMap<string, true>(2000);
  return function* run(input) {
    const { row } = input.session;
    const { method, success, redirect, status } = factsOf(input);
    if ((method !== 'POST' && method !== 'PUT') || !FLOW.test(row.path.split('?', 1)[0] ?? '')) return;
    const endpoint = endpointOf(row);
    if (showsLimit(input) || answersChallenge(input)) guarded.set(endpoint, true);
    if (guarded.has(endpoint) || !(success || redirect || [400, 404, 409, 422].includes(status))) return;
    const times = flows.at(endpoint, () => []);
    times.push(row.startedAt);
    if (times.length < TIMES) return;
    const span = row.startedAt - (times.shift() ?? 0);
    if (span > WINDOW_MS || span < 0) return;
    yield {
      parameter: 'flow',
      detail: `The flow was walked through ${TIMES} times within ${Math.max(1, Math.round(span / 1000))} s, and nothing was asked.`,
      evidence: [requestLine(input)],
    };
  };
}

export const sensitiveFlowAutomation: SeriesCheck = {
  info: {
    id: 'sensitive-flow-automation',
    title: 'Sensitive flow can be automated',
    severity: 'medium',
    cwe: [799, 837],
    owasp: [API[6], TOP[4]],
    what: `Sign-up, checkout, coupon, reset or a flow like them was walked through ${TIMES} times within seconds, without a limit or challenge.`,
    why: 'Programs buy up stock, open accounts, try coupons and codes, and send messages at the cost of the owner.',
    fix: 'Notice what no person does: limit by account, device and address, and ask for a challenge where it goes too fast.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa6-unrestricted-access-to-sensitive-business-flows/',
      cweUrl(799),
    ],
  },
  confidence: 'low',
  begin,
};
