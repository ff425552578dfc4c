/** Keys and tokens of providers in requests to anybody but the provider. */

import { maySecret, SECRET_SHAPES, secretsOf } from '#model/secrets/secret-shapes.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { messageEvidence } from '../reading/messages.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

/** Whose hosts a secret of that name is meant for. */
const MEANT_FOR: readonly (readonly [RegExp, RegExp])[] = [
  [/AWS/, /(?:^|\.)amazonaws\.com$/],
  [/GitHub/, /(?:^|\.)(?:github|githubusercontent)\.com$/],
  [/GitLab/, /gitlab/],
  [/Slack/, /(?:^|\.)slack\.com$/],
  [/Stripe/, /(?:^|\.)stripe\.com$/],
  [/Google/, /(?:^|\.)(?:googleapis|google|firebaseio|gstatic)\.com$/],
  [/OpenAI/, /(?:^|\.)openai\.(?:com|azure\.com)$/],
  [/Anthropic/, /(?:^|\.)anthropic\.com$/],
  [/npm/, /(?:^|\.)npmjs\.(?:org|com)$/],
  [/SendGrid/, /(?:^|\.)sendgrid\.(?:com|net)$/],
  [/Twilio/, /(?:^|\.)twilio\.com$/],
  [/Mailgun/, /(?:^|\.)mailgun\.(?:net|org|com)$/],
  [/Hugging/, /(?:^|\.)huggingface\.co$/],
  [/Telegram/, /(?:^|\.)telegram\.org$/],
  [/Discord/, /(?:^|\.)discord(?:app)?\.com$/],
  [/Square/, /(?:^|\.)square(?:up)?\.com$/],
  [/Shopify/, /shopify/],
  [/DigitalOcean/, /(?:^|\.)digitalocean\.com$/],
  [/Azure/, /(?:^|\.)(?:windows\.net|azure\.com)$/],
];

const isMeant = (name: string, host: string) =>
  MEANT_FOR.some(([secret, hosts]) => secret.test(name) && hosts.test(host));

function* inText(
  input: CheckInput,
  text: string,
  part: 'request-head' | 'request-body',
): Iterable<FindingDraft> {
  if (!maySecret(text)) return;
  const { host } = input.session.row;
  for (const shape of SECRET_SHAPES) {
    for (const { name, severity, start, end } of secretsOf(text, shape)) {
      if (isMeant(name, host)) continue;
      const at = parameters(input).find(
        ({ evidence, place }) =>
          evidence.part === part &&
          evidence.start <= start &&
          end <= evidence.end &&
          !(place === 'header' && /^cookie$/i.test(text)),
      );
      yield {
        parameter: at?.path ?? (part === 'request-head' ? 'request' : 'body'),
        detail: `The request holds ${name}.`,
        evidence: [{ part, start, end }],
        ...(severity === undefined ? {} : { severity }),
        threshold: severity === 'low' ? 'low' : 'high',
      };
    }
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  yield* inText(input, input.requestHead, 'request-head');
  const { text } = input.request;
  if (text !== undefined && text !== '') yield* inText(input, text, 'request-body');
  for (const message of input.messages) {
    if (message.side !== 'request' || !maySecret(message.text)) continue;
    for (const shape of SECRET_SHAPES) {
      for (const { name, start, end } of secretsOf(message.text, shape)) {
        yield {
          parameter: 'message',
          detail: `A message of the client holds ${name}.`,
          evidence: [messageEvidence(message, start, end)],
        };
      }
    }
  }
}

export const secretInRequest: Check = {
  info: {
    id: 'secret-in-request',
    title: 'Secret in a request',
    severity: 'high',
    cwe: [200, 798],
    owasp: [API[8], TOP[5]],
    what: "A request holds a provider's secret key or token, a private key or a connection string, and goes to somebody else than the provider.",
    why: 'A client that sends a secret holds it, and so does everybody who has the client; and whoever gets the request has it too.',
    fix: 'Revoke the secret, keep secrets on servers, and have the server call the provider for its clients.',
    references: [cweUrl(798), cheatSheet('Secrets_Management')],
  },
  confidence: 'high',
  run,
};
