/** Hashes of passwords in bodies. Other hashes (of files, commits, caches) are so common that only the low threshold tells of them. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { hexRuns } from '../reading/hex-runs.ts';
import { inBody } from '../reading/html-tags.ts';
import { isJsonBody, parameters } from '../reading/parameters.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

/** Formats that are made for passwords and nothing else. */
const PASSWORD_HASH =
  /(?<![\w$./])(?:\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{8,}\$[A-Za-z0-9+/]{16,}|\$1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|\$5\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}|\$6\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}|\$y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{4,}\$[./A-Za-z0-9]{43}|\$[PH]\$[./A-Za-z0-9]{31}|\$S\$[./A-Za-z0-9]{52}|pbkdf2_sha(?:256|1|512)\$\d+\$[\w+/=]{4,64}\$[A-Za-z0-9+/=]{20,}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/=]{28,}|\$scrypt\$[^\s"'<>]{30,200}|scrypt:\d+:\d+:\d+\$[\w+/=]{4,64}\$[0-9a-f]{64,}|pbkdf2:sha\d+(?::\d+)?\$\w{4,64}\$[0-9a-f]{32,}|\*[0-9A-F]{40}|[0-9a-f]{32}:[0-9a-f]{32}(?=:{3}))(?![A-Za-z0-9/])/g;
/** One of these stands in each of them; without, the long pattern need not be tried. */
const SIGNS = ['$', 'pbkdf2:', 'scrypt:', 'SHA', '*', ':::'];
const HEX = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
const PASSWORD_NAME =
  /^(?:(?:user_?|hashed_?|encrypted_?)?(?:password|passwd|pwd|pass)(?:_?(?:hash|digest|hashed|encrypted|md5|sha\d*))?|hash_?password|pw_?hash|encrypted_?password)$/i;
/** A field of another kind of hash. */
const LENGTHS = new Set([32, 40, 64, 128]);
const MAX = 20;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const { script, style } = factsOf(input);
  if (text === undefined || style) return;
  const path = pathsOf(input);
  let count = 0;
  if (SIGNS.some((sign) => text.includes(sign))) {
    for (const found of text.matchAll(PASSWORD_HASH)) {
      if (++count > MAX) return;
      // MySQL's is a star and forty digits: a footnote with a commit looks the same, so its name must speak of passwords.
      const start = found.index;
      const named = path(start);
      if (found[0].startsWith('*') && !/pass|pwd|auth/i.test(named)) continue;
      yield {
        parameter: named || 'body',
        detail: 'The response holds the hash of a password.',
        evidence: [inBody({ start, end: start + found[0].length })],
        threshold: script ? 'low' : 'high',
      };
    }
  }
  for (const { evidence, place, side, name, value, path: where } of parameters(input)) {
    if (side !== 'response' || place !== 'json' || evidence.part !== 'response-body') continue;
    if (!HEX.test(value) || !PASSWORD_NAME.test(name)) continue;
    yield {
      parameter: where,
      detail: 'The response holds the hash of a password.',
      evidence: [evidence],
      threshold: 'medium',
    };
  }
  for (const found of script ? [] : hexRuns(input)) {
    const { start, end } = found;
    const around = `${text[start - 1] ?? ' '}${text[end] ?? ' '}`;
    if (!LENGTHS.has(end - start) || /[\w$+/=-]/.test(around)) continue;
    if (++count > MAX) return;
    yield {
      parameter: 'body',
      detail: 'The response holds what looks like a hash.',
      evidence: [inBody({ start, end })],
      severity: 'info',
      confidence: 'low',
      threshold: 'low',
    };
  }
}

/** The JSON path at a position of the body; "" where there is none. */
function pathsOf(input: CheckInput): (at: number) => string {
  if (!isJsonBody(input.response)) return () => '';
  const leaves = parameters(input).filter(
    ({ evidence, place }) => place === 'json' && evidence.part === 'response-body',
  );
  return (at) => leaves.find(({ evidence }) => evidence.start <= at && at < evidence.end)?.path ?? '';
}

export const hashDisclosure: Check = {
  info: {
    id: 'hash-disclosure',
    title: 'Password hash in a response',
    severity: 'high',
    cwe: [497, 916],
    owasp: [API[3], TOP[4]],
    what: 'A response holds a password hash: bcrypt, Argon2, crypt, PBKDF2, phpass, or a hexadecimal hash named as a password.',
    why: 'Hashes are tried against lists of passwords at leisure; the weak ones fall at once, and people use them elsewhere too.',
    fix: 'Name the properties that an answer may hold instead of sending whole records, and have the accounts concerned change their passwords.',
    references: [zap(10097), cweUrl(916)],
  },
  confidence: 'high',
  run,
};
