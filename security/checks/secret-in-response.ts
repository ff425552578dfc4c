/** Keys and tokens of providers, private keys and connection strings in what a server answers. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { jsonLeaves } from '../reading/json-leaves.ts';
import { isJsonBody } from '../reading/parameters.ts';
import { SECRET_SHAPES, type Secret, secretsOf } from '../reading/secret-shapes.ts';

/** Text of these types is media or layout and holds no secret that a keyword would not be chance in. */
const LEFT_OUT = /^(?:text\/css|image\/|font\/|audio\/|video\/)/;
/** JSON path of each secret; "body" elsewhere. Both are in order of appearance, so one walk over the leaves finds all. */
function* located(
  text: string,
  json: boolean,
  found: readonly Secret[],
): Iterable<readonly [Secret, string]> {
  const leaves = json && found.length > 0 ? jsonLeaves(text) : [].values();
  let leaf = leaves.next();
  for (const secret of found) {
    while (!leaf.done && leaf.value.end < secret.end) leaf = leaves.next();
    yield [
      secret,
      !leaf.done && leaf.value.start <= secret.start && leaf.value.path ? leaf.value.path : 'body',
    ];
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text, mime } = input.response;
  if (text === undefined || text === '' || LEFT_OUT.test(mime ?? '')) return;
  const found = SECRET_SHAPES.flatMap((shape) => [...secretsOf(text, shape)]).sort(
    (a, b) => a.start - b.start,
  );
  for (const [{ name, severity, start, end }, parameter] of located(
    text,
    isJsonBody(input.response),
    found,
  )) {
    yield {
      parameter,
      detail: `The response holds ${name}.`,
      evidence: [{ part: 'response-body', start, end }],
      ...(severity === undefined ? {} : { severity }),
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
