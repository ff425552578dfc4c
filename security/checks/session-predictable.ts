/** Session ids that can be guessed: counters, times, repeats, little entropy. Of few samples it says what shows at once, and no more. */
import type { Evidence } from '#model/finding.ts';
import { entropy, isJwt, isPlaceholder } from '#model/secrets/placeholders.ts';
import type { CheckInput, Run, SeriesCheck } from '../check.ts';
import { loginOf } from '../reading/identity.ts';
import { parameters } from '../reading/parameters.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { isSessionCookie, setCookies } from '../reading/set-cookies.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const TOKEN = /^(?:session_?(?:id|token)|token|access_?token|auth_?token|sid)$/i;
const ENOUGH = 100;
const KEPT = 400;
const YEAR_MS = 365.25 * 24 * 3_600_000;

/** The number that an id is, or ends in; undefined for other ids. */
function numberOf(value: string): number | undefined {
  const digits = /^[A-Za-z_.-]{0,20}?(\d{1,15})$/.exec(value)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A counter's ids rise by little; a random one of the same length does not. */
function counts(values: readonly string[]): boolean {
  const numbers = values.map(numberOf);
  if (numbers.length < 3 || numbers.some((number) => number === undefined)) return false;
  const known = numbers.flatMap((number) => number ?? []);
  const steps = known.slice(1).map((number, i) => number - (known[i] ?? 0));
  return steps.every((step) => step > 0 && step <= 1000);
}

function hexCounts(values: readonly string[]): boolean {
  if (values.length < 3 || !values.every((value) => /^[0-9a-f]{8,64}$/i.test(value))) return false;
  const [first = ''] = values;
  const head = first.slice(0, -4);
  const tails = values.map((value) => Number.parseInt(value.slice(-4), 16));
  return (
    values.every((value) => value.slice(0, -4) === head) &&
    tails.slice(1).every((tail, i) => tail > (tails[i] ?? 0))
  );
}

/** Whether the id is the time of day in seconds or milliseconds, alone or behind a prefix. */
function isTime(value: string, now: number): boolean {
  const number = numberOf(value);
  if (number === undefined) return false;
  const ms = number > 1e12 ? number : number * 1000;
  return number > 1e9 && Math.abs(ms - now) < YEAR_MS / 365;
}

/** Bits that ids of one length have, place by place, as far as samples can tell. */
function bits(values: readonly string[]): number {
  const length = Math.min(...values.map((value) => value.length));
  let sum = 0;
  for (let i = 0; i < length; i++) sum += entropy(values.map((value) => value[i] ?? '').join(''));
  return sum;
}

interface Samples {
  readonly values: string[];
  readonly seen: Set<string>;
  judged: boolean;
}

function fault({ values }: Samples, value: string, now: number): string | undefined {
  const last = values.slice(-5);
  if (counts(last) || hexCounts(last)) return 'is one more than the one before';
  if (isTime(value, now)) return 'is the time at which it was given';
  if (/^\d{1,8}$/.test(value) || value.length < 6) return 'is so short that it can be tried';
  const plain = Buffer.from(decodeURIComponentSafe(value), 'base64').toString('latin1');
  if (/^(?:user(?:name|_?id)?|uid|id|email|admin|role)[:=]|^\{?"?(?:user|uid|id|email|role)"?:/i.test(plain))
    return 'is readable text in Base64 that names the user';
  return values.length >= ENOUGH && bits(values) < 64
    ? `has less than 64 bits of entropy by ${values.length} samples`
    : undefined;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function* idsIn(input: CheckInput): Iterable<readonly [string, string, Evidence]> {
  for (const cookie of setCookies(input)) {
    if (
      !cookie.deletes &&
      isSessionCookie(cookie) &&
      cookie.value !== '' &&
      !/remember|logged_?in|state$|time|expir|token_?type/i.test(cookie.name)
    ) {
      yield [cookie.name, cookie.value, cookie.evidence];
    }
  }
  if (loginOf(input)?.succeeded !== true) return;
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side === 'response' && place === 'json' && TOKEN.test(name) && value.length > 1 && !isJwt(value))
      yield [path, value, evidence];
  }
}

function begin(): Run {
  const samples = new RecentMap<string, Samples>(500);
  return function* run(input) {
    const { row } = input.session;
    for (const [name, value, evidence] of idsIn(input)) {
      if (isJwt(value) || isPlaceholder(value)) continue;
      const known = samples.at(`${row.host}:${row.port} ${name}`, () => ({
        values: [],
        seen: new Set<string>(),
        judged: false,
      }));
      // Sites set the same cookie again to make it last longer.
      const again = known.seen.has(value) || input.requestHead.includes(value);
      if (!again) {
        known.seen.add(value);
        known.values.push(value);
        if (known.values.length > KEPT) known.seen.delete(known.values.shift() ?? '');
      }
      const wrong = again ? undefined : fault(known, value, row.startedAt);
      if (wrong !== undefined) {
        yield { parameter: name, detail: `The session id ${wrong}.`, evidence: [evidence] };
      } else if (known.values.length >= 2 && known.values.length < ENOUGH && !again && !known.judged) {
        known.judged = true;
        const detail = `Too few session ids were seen to judge how random they are: ${ENOUGH} are needed.`;
        yield { parameter: name, detail, evidence: [evidence], severity: 'info', threshold: 'low' };
      }
    }
  };
}

export const sessionPredictable: SeriesCheck = {
  info: {
    id: 'session-predictable',
    title: 'Guessable session id',
    severity: 'high',
    cwe: [330, 340, 334],
    owasp: [API[2], TOP[7]],
    what: 'Session ids are counters, times, readable text or short numbers, or have little entropy over a hundred samples.',
    why: 'Whoever guesses the id of a session is logged in as its owner, without a password.',
    fix: 'Have the framework make session ids: 128 bits or more from a cryptographic random generator.',
    references: [cheatSheet('Session_Management'), cweUrl(330)],
  },
  confidence: 'high',
  begin,
};
