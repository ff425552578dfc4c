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
  /** Before or in the match, of which it says that it is no secret. */
  readonly notAfter?: RegExp;
  readonly not?: RegExp;
}

type Options = Partial<
  Pick<SecretShape, 'before' | 'after' | 'minEntropy' | 'severity' | 'notAfter' | 'not'>
>;

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
  // In a signed request it is there to be seen: what it signs with stays where it is.
  shape('an AWS access key id', 'AKIA | ASIA', '\\b(A[KS]IA[A-Z2-7]{16})\\b', {
    notAfter: /(?:Credential|AWSAccessKeyId|GoogleAccessId)(?:=|%3D|\\u003d)$/i,
  }),
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
  shape(
    'a client secret',
    'ecret | ECRET',
    `(?i:(?:client|api|app|consumer|webhook|oauth|shared)[-_]?secret(?:[-_]?key)?)${ASSIGNED}([A-Za-z0-9+/=_~.-]{16,200})`,
    // Of a payment in the making, which its page is meant to have.
    { minEntropy: 3.3, before: 12, not: /^(?:pi|seti|cs|src|ek)_[A-Za-z0-9]{8,40}_secret_/ },
  ),
  shape('an Azure storage key', 'AccountKey=', 'AccountKey=([A-Za-z0-9+/]{86}==)', { minEntropy: 4 }),
  shape(
    'a GitLab token',
    'gldt- | glrt- | glptt- | glcbt-',
    `\\b(gl(?:dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,60})${END}`,
  ),
  shape('a Hugging Face token', 'hf_', '\\b(hf_[A-Za-z0-9]{34,40})\\b'),
  shape(
    'a Telegram bot token',
    ':AA',
    '(?:^|[^0-9A-Za-z]|bot)([0-9]{8,10}:AA[A-Za-z0-9_-]{33})(?:[^A-Za-z0-9_-]|$)',
    {
      before: 15,
    },
  ),
  shape(
    'a Discord webhook',
    '/api/webhooks/',
    '(discord(?:app)?\\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,72})',
    { before: 20 },
  ),
  shape(
    'a Square token',
    'sq0csp- | sq0atp- | EAAA',
    `\\b(sq0(?:csp|atp)-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9_-]{60})${END}`,
  ),
  shape('a Shopify token', 'shpat_ | shpca_ | shppa_ | shpss_', '\\b(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})\\b'),
  shape('a DigitalOcean token', 'dop_v1_ | doo_v1_ | dor_v1_', '\\b(do[opr]_v1_[a-f0-9]{64})\\b'),
  shape('a Databricks token', 'dapi', '\\b(dapi[a-f0-9]{32}(?:-[0-9])?)\\b'),
  shape('an Atlassian token', 'ATATT3', `\\b(ATATT3[A-Za-z0-9_=-]{60,200})`),
  shape('a PyPI token', 'pypi-AgE', '\\b(pypi-AgE[A-Za-z0-9_-]{50,300})', { after: 320 }),
  shape('a RubyGems token', 'rubygems_', '\\b(rubygems_[a-f0-9]{48})\\b'),
  shape('a Docker token', 'dckr_pat_ | dckr_oat_', `\\b(dckr_[po]at_[A-Za-z0-9_-]{24,40})${END}`),
  shape('a Linear key', 'lin_api_', '\\b(lin_api_[A-Za-z0-9]{40})\\b'),
  shape('a Notion token', 'ntn_ | secret_', '\\b((?:ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43}))\\b'),
  shape('an Airtable token', 'pat', '\\b(pat[A-Za-z0-9]{14}\\.[a-f0-9]{64})\\b'),
  shape('a New Relic key', 'NRAK-', '\\b(NRAK-[A-Z0-9]{27})\\b'),
  shape(
    'a Grafana token',
    'glsa_ | glc_',
    '\\b(glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2})',
    { after: 420 },
  ),
  shape('a Vault token', 'hvs. | hvb.', `\\b(hv[sb]\\.[A-Za-z0-9_-]{24,200})${END}`),
  shape('a Terraform token', '.atlasv1.', '\\b([A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70})', {
    before: 15,
  }),
  shape('a Postman key', 'PMAK-', '\\b(PMAK-[a-f0-9]{24}-[a-f0-9]{34})\\b'),
  shape('a Mailgun key', 'key-', '\\b(key-[a-f0-9]{32})\\b'),
  shape('a Mailchimp key', '-us', '\\b([a-f0-9]{32}-us[0-9]{1,2})\\b', { before: 33 }),
  shape('a Brevo key', 'xkeysib-', '\\b(xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16})\\b'),
  shape(
    'a Twilio key',
    'wilio | WILIO',
    `(?i:twilio[a-z_ -]{0,20}(?:token|secret|key))${ASSIGNED}([a-f0-9]{32})\\b`,
    { before: 3 },
  ),
  shape('a Facebook token', 'EAACEdEose0cBA', '(EAACEdEose0cBA[A-Za-z0-9]{20,200})'),
  shape('a Firebase server key', ':APA91b', '\\b(AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{100,200})', {
    before: 15,
  }),
  shape('a Slack app token', 'xapp-', '\\b(xapp-[0-9]-[A-Z0-9]{8,12}-[0-9]{8,14}-[a-f0-9]{40,70})\\b'),
  shape(
    'a PayPal or Braintree token',
    'access_token$production$',
    '(access_token\\$production\\$[a-z0-9]{16}\\$[a-f0-9]{32})',
  ),
  shape(
    'a Cloudinary address',
    'cloudinary://',
    '(cloudinary://[0-9]{10,18}:[A-Za-z0-9_-]{20,40}@[a-z0-9_-]{2,40})',
  ),
  shape(
    'a Google service account key',
    'rivate_key_id',
    '"private_key_id"\\s{0,3}:\\s{0,3}"([a-f0-9]{40})\\b',
    { before: 3, severity: 'medium' },
  ),
  shape(
    'a secret of the environment',
    'SECRET | PASSWORD | PASSWD | API_KEY | APIKEY | PRIVATE_KEY | AUTH_TOKEN | ACCESS_TOKEN',
    '(?:^|[\\s;"\'])(?:export )?[A-Z][A-Z0-9_]{0,40}(?:SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|AUTH_TOKEN|ACCESS_TOKEN)(?:_KEY|_ID)?\\s{0,2}=\\s{0,2}["\']?([A-Za-z0-9+/=_!@#%^&*.-]{12,200})',
    { before: 45, minEntropy: 3.2 },
  ),
];

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** One look for all keywords: most texts have none, and are done with. Literals alone, so it takes time by the length of the text. */
const ANY_KEYWORD = new RegExp(
  [...new Set(SECRET_SHAPES.flatMap(({ keywords }) => keywords))].map(escaped).join('|'),
);

/** Whether there is any use in looking for shapes. */
export const maySecret = (text: string): boolean => ANY_KEYWORD.test(text);

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

/** The secrets of one shape in `text`, in order of appearance, without stand-ins; at most `most`. */
export function* secretsOf(
  text: string,
  shape: SecretShape,
  allowance: Allowance = { tries: MAX_TRIES },
  most = MAX_PER_SHAPE,
): Generator<Secret> {
  const seen = new Set<number>();
  for (const [from, to] of surroundings(text, shape, allowance)) {
    const matcher = shape.pattern.matcher(text.slice(from, to));
    while (seen.size < most && matcher.find()) {
      const start = from + matcher.start(1);
      const end = from + matcher.end(1);
      if (
        !seen.has(start) &&
        isReal(text.slice(start, end), shape.minEntropy) &&
        !isPublic(text, start, end, shape)
      ) {
        seen.add(start);
        yield { name: shape.name, severity: shape.severity, start, end };
      }
    }
  }
}

/** Where the shape's keywords stand, with what is around them; those that overlap are one, so that no text is matched again and again. */
function surroundings(
  text: string,
  { keywords, before, after }: SecretShape,
  allowance: Allowance,
): [number, number][] {
  const places: number[] = [];
  for (const keyword of keywords) {
    for (
      let at = text.indexOf(keyword);
      at >= 0 && allowance.tries > 0;
      at = text.indexOf(keyword, at + keyword.length)
    ) {
      allowance.tries -= 1;
      places.push(at);
    }
  }
  const ranges: [number, number][] = [];
  for (const at of places.sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    const from = Math.max(0, at - before);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], at + after);
    else ranges.push([from, at + after]);
  }
  return ranges;
}

/** How far before a match is looked at what it is there for. */
const BEFORE = 24;

const isPublic = (text: string, start: number, end: number, { notAfter, not }: SecretShape) =>
  notAfter?.test(text.slice(Math.max(0, start - BEFORE), start)) === true ||
  not?.test(text.slice(start, end)) === true;

function isReal(secret: string, minEntropy: number): boolean {
  if (isPlaceholder(secret) || entropy(secret) < minEntropy) return false;
  // Of a URL with a password it is the password that must not be a stand-in.
  const password = /:\/\/[^:]*:([^@]*)@/.exec(secret)?.[1];
  return (
    password === undefined ||
    !(isMask(password) || /^(?:pass(?:word)?|pw|pwd|secret|user|root|test)$/i.test(password))
  );
}
