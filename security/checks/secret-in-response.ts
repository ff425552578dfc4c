/** Keys and tokens of providers, private keys and connection strings in what a server answers. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { jsonLeaves } from '../reading/json-leaves.ts';
import { isJson } from '../reading/parameters.ts';
import { entropy, isPlaceholder } from '../reading/placeholders.ts';
import { SECRET_SHAPES, type SecretShape } from '../reading/secret-shapes.ts';

/** Text of these types is media or layout and holds no secret that a keyword would not be chance in. */
const LEFT_OUT = /^(?:text\/css|image\/|font\/|audio\/|video\/)/;
/** Enough to tell a person; one leak of a kind is as bad as fifty. */
const MOST_PER_SHAPE = 20;

interface Hit {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function* hits(text: string, { name, keyword, pattern, group, minEntropy }: SecretShape): Iterable<Hit> {
  if (!text.includes(keyword)) return;
  const matcher = pattern.matcher(text);
  for (let found = 0; found < MOST_PER_SHAPE && matcher.find(); found++) {
    const start = matcher.start(group);
    const end = matcher.end(group);
    const secret = text.slice(start, end);
    if (isPlaceholder(secret) || entropy(secret) < minEntropy) continue;
    // The password in it is what must not be a stand-in.
    const password = /:\/\/[^:]*:([^@]*)@/.exec(secret)?.[1];
    if (password !== undefined && isPlaceholder(password)) continue;
    yield { name, start, end };
  }
}

/** JSON path of each hit; "body" elsewhere. */
function* located(text: string, json: boolean, found: readonly Hit[]): Iterable<readonly [Hit, string]> {
  const leaves = json && found.length > 0 ? [...jsonLeaves(text)] : [];
  for (const hit of found) {
    yield [hit, leaves.find(({ start, end }) => start <= hit.end && hit.start <= end)?.path || 'body'];
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text, mime } = input.response;
  if (text === undefined || text === '' || LEFT_OUT.test(mime ?? '')) return;
  const found = SECRET_SHAPES.flatMap((shape) => [...hits(text, shape)]);
  for (const [{ name, start, end }, parameter] of located(text, isJson(mime), found)) {
    yield {
      parameter,
      detail: `The response holds ${name}.`,
      evidence: [{ part: 'response-body', start, end }],
    };
  }
}

export const secretInResponse: Check = {
  info: {
    id: 'secret-in-response',
    title: 'Secret in a response',
    severity: 'high',
    cwe: [200, 798],
    owasp: ['API8:2023 Security Misconfiguration', 'API3:2023 Broken Object Property Level Authorization'],
    what: "A response holds a provider's secret key or token, a private key, or a connection string with its password.",
    why: 'Every client that gets the response can use the secret directly, with the rights of the server it belongs to.',
    fix: 'Revoke the secret now, keep it on the server, and give clients a short-lived token with only the rights they need.',
    references: [
      'https://cwe.mitre.org/data/definitions/798.html',
      'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    ],
  },
  confidence: 'high',
  run,
};
