/** Keys and tokens of providers, private keys and connection strings in what a server answers, and in the messages it sends. */
import type { Evidence } from '#model/finding.ts';
import {
  type Allowance,
  MAX_TRIES,
  maySecret,
  SECRET_SHAPES,
  type Secret,
  type SecretShape,
  secretsOf,
} from '#model/secrets/secret-shapes.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { jsonLeaves } from '../reading/json-leaves.ts';
import { jsonStart, messageEvidence } from '../reading/messages.ts';
import { isJsonBody } from '../reading/parameters.ts';
import { API, TOP } from '../taxonomy.ts';

/** Text of these types is media or layout and holds no secret that a keyword would not be chance in. */
const LEFT_OUT = /^(?:text\/css|image\/|font\/|audio\/|video\/)/;

interface Place {
  readonly subject: string;
  /** What a secret outside of JSON is named after. */
  readonly name: string;
  /** Where JSON begins in the text; undefined when there is none. */
  readonly json: number | undefined;
  readonly evidence: (start: number, end: number) => Evidence;
}

/** Each secret with its JSON path, or `name`. Both are in order of appearance, so one walk over the leaves finds all. */
function* located(
  text: string,
  found: readonly Secret[],
  { json, name }: Place,
): Iterable<readonly [Secret, string]> {
  const from = json ?? 0;
  const leaves = json !== undefined && found.length > 0 ? jsonLeaves(text.slice(from)) : [].values();
  let leaf = leaves.next();
  for (const secret of found) {
    while (!leaf.done && from + leaf.value.end < secret.end) leaf = leaves.next();
    const inside = !leaf.done && from + leaf.value.start <= secret.start;
    yield [secret, inside && leaf.value.path !== '' ? leaf.value.path : name];
  }
}

type Allowances = ReadonlyMap<SecretShape, Allowance>;

const allowances = (): Allowances => new Map(SECRET_SHAPES.map((shape) => [shape, { tries: MAX_TRIES }]));

function* secretsIn(text: string, place: Place, left: Allowances): Iterable<FindingDraft> {
  if (!maySecret(text)) return;
  const found = SECRET_SHAPES.flatMap((shape) => [...secretsOf(text, shape, left.get(shape))]).sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  // What two shapes know is one secret.
  let end = -1;
  const alone = found.filter((secret) => {
    const inside = secret.start < end;
    end = Math.max(end, secret.end);
    return !inside;
  });
  for (const [{ name, severity, start, end }, parameter] of located(text, alone, place)) {
    yield {
      parameter,
      detail: `${place.subject} holds ${name}.`,
      evidence: [place.evidence(start, end)],
      ...(severity === undefined ? {} : { severity }),
    };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text, mime } = input.response;
  if (text !== undefined && text !== '' && !LEFT_OUT.test(mime ?? '')) {
    const place: Place = {
      subject: 'The response',
      name: 'body',
      json: isJsonBody(input.response) ? 0 : undefined,
      evidence: (start, end) => ({ part: 'response-body', start, end }),
    };
    yield* secretsIn(text, place, allowances());
  }
  const left = input.messages.length > 0 ? allowances() : new Map();
  for (const message of input.messages) {
    if (message.side === 'request') continue;
    const place: Place = {
      subject: 'A message of the server',
      name: 'message',
      json: jsonStart(message.text),
      evidence: (start, end) => messageEvidence(message, start, end),
    };
    yield* secretsIn(message.text, place, left);
  }
}

export const secretInResponse: Check = {
  info: {
    id: 'secret-in-response',
    title: 'Secret in a response',
    severity: 'high',
    cwe: [200, 798],
    owasp: [API[8], API[3], TOP[5]],
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
