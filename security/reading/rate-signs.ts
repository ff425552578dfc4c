/** Signs that a server counts requests: fields and answers by which it says so. */
import type { CheckInput } from '../check.ts';
import { factsOf } from './head-fields.ts';

const FIELDS = [
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-policy',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-rate-limit-limit',
  'x-rate-limit-remaining',
  'retry-after',
  'x-retry-after',
  'x-ratelimit-limit-minute',
  'x-ratelimit-requests-limit',
  'x-app-rate-limit',
];
const CHALLENGE =
  /captcha|recaptcha|hcaptcha|turnstile|challenge|too many|rate.?limit|try again (?:later|in)|locked|temporarily blocked/i;

/** Whether the response shows a limit, a wait or a challenge. */
export function showsLimit(input: CheckInput): boolean {
  const { response, status } = factsOf(input);
  if (status === 429 || status === 423 || FIELDS.some((name) => response.has(name))) return true;
  if ([...response.keys()].some((name) => /rate-?limit/.test(name))) return true;
  return status >= 400 && CHALLENGE.test(input.response.text?.slice(0, 5000) ?? '');
}

/** Whether the request carries the answer to a challenge. */
export const answersChallenge = (input: CheckInput): boolean =>
  /captcha|turnstile|challenge_?(?:token|response)/i.test(input.request.text?.slice(0, 20_000) ?? '');
