/** Shapes of providers' keys and tokens. Each has a keyword that is looked for first, so that text without any costs one pass. */
import { RE2JS } from 're2js';

export interface SecretShape {
  readonly name: string;
  /** Stands literally in every match; looked for in lower case when `anyCase`. */
  readonly keyword: string;
  readonly pattern: RE2JS;
  /** The group that is the secret; 0 = the whole match. */
  readonly group: number;
  /** Bits per character below which the match is a stand-in. */
  readonly minEntropy: number;
}

const shape = (name: string, keyword: string, pattern: string, group = 0, minEntropy = 3): SecretShape => ({
  name,
  keyword,
  // Linear time whatever the text: what a response holds is its sender's choice.
  pattern: RE2JS.compile(pattern),
  group,
  minEntropy,
});

export const SECRET_SHAPES: readonly SecretShape[] = [
  shape('an AWS access key id', 'AKIA', '\\b(AKIA[0-9A-Z]{16})\\b', 1, 2.8),
  shape(
    'an AWS secret access key',
    'ecret',
    '(?i:secret_?(?:access)?_?key)["\' ]{0,3}[:=]\\s{0,5}["\']?([A-Za-z0-9/+]{40})(?:["\'\\s,}&<]|$)',
    1,
    4,
  ),
  shape('a GitHub token', 'gh', '\\b(gh[pousr]_[A-Za-z0-9]{36})\\b', 1),
  shape('a GitHub token', 'github_pat_', '\\b(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\\b', 1),
  shape('a GitLab token', 'glpat-', '\\b(glpat-[A-Za-z0-9_-]{20})(?:[^A-Za-z0-9_-]|$)', 1),
  shape('a Slack token', 'xox', '\\b(xox[abprs]-[0-9]{8,14}-[0-9A-Za-z-]{10,200})', 1),
  shape(
    'a Slack webhook',
    'hooks.slack.com',
    '(https://hooks\\.slack\\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{20,28})',
    1,
  ),
  shape('a Stripe secret key', '_live_', '\\b((?:sk|rk)_live_[A-Za-z0-9]{24,99})\\b', 1),
  shape('a Google OAuth client secret', 'GOCSPX-', '\\b(GOCSPX-[A-Za-z0-9_-]{28})(?:[^A-Za-z0-9_-]|$)', 1),
  shape('an OpenAI key', 'sk-', '\\b(sk-(?:proj-)?[A-Za-z0-9_-]{20,150}T3BlbkFJ[A-Za-z0-9_-]{20,150})', 1),
  shape('an Anthropic key', 'sk-ant-', '\\b(sk-ant-[a-z0-9]{4,8}-[A-Za-z0-9_-]{80,120})', 1),
  shape('an npm token', 'npm_', '\\b(npm_[A-Za-z0-9]{36})\\b', 1),
  shape('a SendGrid key', 'SG.', '\\b(SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})(?:[^A-Za-z0-9_-]|$)', 1),
  shape('a Twilio key', 'SK', '\\b(SK[0-9a-f]{32})\\b', 1),
  shape(
    'a private key',
    'PRIVATE KEY',
    '(-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\\s|\\\\n|\\\\r)[A-Za-z0-9+/=\\s\\\\]{100})',
    1,
  ),
  shape(
    'a connection string with a password',
    '://',
    '\\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|mssql)://[^\\s:/@"\'<>]{1,64}:[^\\s/@"\'<>]{3,128}@[^\\s"\'<>]{3,200})',
    1,
    2.5,
  ),
];
