/**
 * Shapes of providers' keys and tokens. Each has keywords, one of which stands in every match: they are looked for first, and the pattern
 * is then run on the few hundred characters around one, so that the cost follows the keywords found and not the text.
 */
import { RE2JS } from 're2js';
import type { Severity } from '../session.ts';
import { entropy, isMask, isPlaceholder } from './placeholders.ts';

export interface SecretShape {
  readonly name: string;
  readonly keywords: readonly string[];
  /** Its first group is the secret. */
  readonly pattern: RE2JS;
  /** How far the match may reach before and after the keyword's start. */
  readonly before: number;
  readonly after: number;
  /** Bits per character below which the match is a stand-in. */
  readonly minEntropy: number;
  readonly severity?: Severity;
}

type Options = Partial<Pick<SecretShape, 'before' | 'after' | 'minEntropy' | 'severity'>>;

const shape = (name: string, keywords: string, pattern: string, options: Options = {}): SecretShape => ({
  name,
  keywords: keywords.split(' | '),
  // Linear time whatever the text: what a response holds is its sender's choice.
  pattern: RE2JS.compile(pattern),
  before: 1,
  after: 300,
  minEntropy: 3,
  ...options,
});

/** A name, an assignment in JSON, YAML, properties or code, and the start of its value. */
const ASSIGNED = '["\\\'\\\\]{0,2}\\s{0,3}[:=]\\s{0,3}["\\\'\\\\]{0,2}';
const END = '(?:[^A-Za-z0-9_-]|$)';

export const SECRET_SHAPES: readonly SecretShape[] = [
  shape('an AWS access key id', 'AKIA | ASIA', '\\b(A[KS]IA[A-Z2-7]{16})\\b'),
  shape(
    'an AWS secret access key',
    'ecret | ECRET',
    `(?i:secret_?(?:access)?_?key)${ASSIGNED}([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)`,
    { minEntropy: 4 },
  ),
  shape('a GitHub token', 'ghp_ | gho_ | ghu_ | ghs_ | ghr_', '\\b(gh[pousr]_[A-Za-z0-9]{36,255})\\b'),
  shape('a GitHub token', 'github_pat_', '\\b(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\\b'),
  shape('a GitLab token', 'glpat-', `\\b(glpat-[A-Za-z0-9_-]{20})${END}`),
  shape(
    'a Slack token',
    'xoxa- | xoxb- | xoxp- | xoxr- | xoxs-',
    '\\b(xox[abprs]-[0-9]{8,14}-[0-9A-Za-z-]{10,200})',
  ),
  shape(
    'a Slack webhook',
    'hooks.slack.com/services/',
    '(hooks\\.slack\\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{20,28})',
  ),
  shape('a Stripe secret key', 'sk_live_ | rk_live_', '\\b([sr]k_live_[A-Za-z0-9]{16,247})\\b'),
  shape('a Stripe webhook secret', 'whsec_', '\\b(whsec_[A-Za-z0-9+/=]{32,64})'),
  // Keys for maps and the like are made to be public; whether this one is, its restrictions say.
  shape('a Google API key', 'AIza', `\\b(AIza[A-Za-z0-9_-]{35})${END}`, { severity: 'low' }),
  shape('a Google OAuth client secret', 'GOCSPX-', `\\b(GOCSPX-[A-Za-z0-9_-]{28})${END}`),
  shape(
    'an OpenAI key',
    'T3BlbkFJ',
    '\\b(sk-(?:[a-z]{2,10}-)?[A-Za-z0-9_-]{20,150}T3BlbkFJ[A-Za-z0-9_-]{20,150})',
    {
      before: 170,
    },
  ),
  shape('an Anthropic key', 'sk-ant-', '\\b(sk-ant-[a-z0-9]{4,8}-[A-Za-z0-9_-]{80,120})'),
  shape('an npm token', 'npm_', '\\b(npm_[A-Za-z0-9]{36})\\b'),
  shape('a SendGrid key', 'SG.', `\\b(SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})${END}`),
  shape(
    'a private key',
    '-----BEGIN ',
    '(-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\\s|\\\\[nr])+[A-Za-z0-9+/=\\s\\\\:,-]{64})',
  ),
  shape(
    'a secret that tokens are signed with',
    'ecret | ECRET | igning | IGNING',
    `(?i:(?:jwt|token|session|cookie)[-_]?(?:signing[-_]?)?secret(?:[-_]?key)?|(?:jwt|token)[-_]?signing[-_]?key)${ASSIGNED}([A-Za-z0-9+/=_!@#$%^&*.-]{16,200})`,
    { before: 30 },
  ),
  shape(
    'a connection string with a password',
    'postgres | mysql:// | mariadb:// | mongodb | redis | amqp | mssql:// | sqlserver://',
    '\\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|mssql|sqlserver)://[^\\s:/@"\\\'<>]{0,64}:[^\\s/@"\\\'<>]{3,128}@[^\\s"\\\'<>]{3,200})',
    { minEntropy: 2.5 },
  ),
  shape(
    'a connection string with a password',
    'assword= | wd=',
    '(?i:(?:server|data source|host)=[^;"\\\'<>]{2,100};(?:[^;"\\\'<>]{1,100};){0,6}(?:password|pwd)=)([^;"\\\'<>\\s]{4,100})',
    { before: 300, minEntropy: 2 },
  ),
  shape('an Azure storage key', 'AccountKey=', 'AccountKey=([A-Za-z0-9+/]{86}==)', { minEntropy: 4 }),
];

export interface Secret {
  readonly name: string;
  readonly severity: Severity | undefined;
  readonly start: number;
  readonly end: number;
}

/** Keywords looked at per shape: a page of documentation has dozens, only an attack on the check has more. */
export const MAX_TRIES = 2000;
/** Enough to tell a person; one leak of a kind is as bad as fifty. */
const MAX_PER_SHAPE = 20;

/** How often the pattern of a shape may still be tried; texts of one session share it. */
export interface Allowance {
  tries: number;
}

/** The secrets of one shape in `text`, in order of appearance per keyword, without stand-ins; at most `most`. */
export function* secretsOf(
  text: string,
  shape: SecretShape,
  allowance: Allowance = { tries: MAX_TRIES },
  most = MAX_PER_SHAPE,
): Generator<Secret> {
  const seen = new Set<number>();
  for (const keyword of shape.keywords) {
    let at = text.indexOf(keyword);
    while (at >= 0 && allowance.tries > 0 && seen.size < most) {
      allowance.tries -= 1;
      const from = Math.max(0, at - shape.before);
      const matcher = shape.pattern.matcher(text.slice(from, at + shape.after));
      if (matcher.find()) {
        const start = from + matcher.start(1);
        const end = from + matcher.end(1);
        if (!seen.has(start) && isReal(text.slice(start, end), shape.minEntropy)) {
          seen.add(start);
          yield { name: shape.name, severity: shape.severity, start, end };
        }
      }
      at = text.indexOf(keyword, at + keyword.length);
    }
  }
}

function isReal(secret: string, minEntropy: number): boolean {
  if (isPlaceholder(secret) || entropy(secret) < minEntropy) return false;
  // Of a URL with a password it is the password that must not be a stand-in.
  const password = /:\/\/[^:]*:([^@]*)@/.exec(secret)?.[1];
  return (
    password === undefined ||
    !(isMask(password) || /^(?:pass(?:word)?|pw|pwd|secret|user|root|test)$/i.test(password))
  );
}
