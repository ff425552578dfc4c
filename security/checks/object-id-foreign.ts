/** One object fetched by two accounts with the same private content: authorisation by object may be missing. */

import { createHash } from 'node:crypto';
import type { Evidence } from '#model/finding.ts';
import { templatePath } from '#model/path-template.ts';
import type { CheckInput, Run, SeriesCheck } from '../check.ts';
import { Accounts } from '../reading/accounts.ts';
import { factsOf, responseField } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

const PRIVATE =
  /^(?:e_?mail(?:_?address)?|phone(?:_?number)?|mobile|address(?:_?line_?\d)?|street|zip(?:_?code)?|postal_?code|ssn|birth_?date|date_?of_?birth|dob|salary|balance|iban|card(?:_?number)?|last4|account(?:_?(?:number|id|no))?|owner(?:_?id)?|user_?id|customer(?:_?(?:id|name))?|first_?name|last_?name|full_?name|diagnosis|prescription|invoice(?:_?(?:number|id))?|passport|tax_?id|billing\w*|shipping\w*|payment\w*|message|note|license_?plate|vin|patient\w*|medical\w*|credit\w*|vehicle_?id|tracking\w*)$/i;
const CHANGING = /^(?:timestamp|now|time|request_?id|trace_?id|server_?time|generated_?at)$/i;
/** An id of one thing among many, in the path or as a parameter. */
const ID_NAME = /^(?:.*_)?(?:id|uuid|guid|no|number|ref)$|Id$/i;

function objectOf(input: CheckInput): boolean {
  if (/\{(?:id|token|date)\}|\{id\}/.test(templatePath(input.session.row.path))) return true;
  return parameters(input).some(
    ({ place, side, name, value }) =>
      side === 'request' && place === 'query' && ID_NAME.test(name) && /\d/.test(value),
  );
}

interface Seen {
  readonly account: string | undefined;
  readonly content: string;
}

/** The values of the answer, without those that differ from request to request. */
function contentOf(input: CheckInput): { content: string; evidence: Evidence } | undefined {
  const answered = parameters(input).filter(
    ({ side, place, evidence }) =>
      side === 'response' && place === 'json' && evidence.part === 'response-body',
  );
  const told = answered.find(({ name, value }) => value !== '' && PRIVATE.test(name));
  if (told === undefined) return undefined;
  const hash = createHash('sha256');
  for (const { name, path, value } of answered) {
    if (!CHANGING.test(name)) hash.update(`${path}=${value}\n`);
  }
  return { content: hash.digest('base64url'), evidence: told.evidence };
}

function begin(): Run {
  const accounts = new Accounts();
  const seen = new RecentMap<string, Seen[]>(5000);
  /** Answered to nobody in particular: public. */
  const open = new RecentMap<string, true>(5000);
  return function* run(input) {
    accounts.learn(input);
    const { method, success } = factsOf(input);
    const { row } = input.session;
    if (method !== 'GET' || !success || !objectOf(input)) return;
    const found = contentOf(input);
    if (found === undefined) return;
    const object = `${row.scheme}://${row.host}:${row.port}${row.path}`;
    const account = accounts.accountOf(input);
    if (account === undefined) open.set(object, true);
    if (
      account === undefined ||
      open.has(object) ||
      /\bpublic\b/i.test(responseField(input, 'cache-control')?.value ?? '')
    )
      return;
    const others = seen.at(object, () => []);
    const foreign = others.some((other) => other.account !== account && other.content === found.content);
    if (others.length < 20 && !others.some((other) => other.account === account))
      others.push({ account, content: found.content });
    if (!foreign) return;
    yield {
      parameter: 'object',
      detail: 'Two accounts got the same object with the same private content.',
      evidence: [found.evidence],
    };
  };
}

export const objectIdForeign: SeriesCheck = {
  info: {
    id: 'object-id-foreign',
    title: 'Object of one account readable by another',
    severity: 'high',
    cwe: [639, 285],
    owasp: [API[1], TOP[1]],
    what: 'The same object was fetched under two identities, and both got the same private content.',
    why: 'Where the id alone decides, everybody who can log in reads what belongs to everybody else. Whether both accounts may see it, people have to say.',
    fix: 'Decide for each object whether the account of the session may see it, in one place that every query goes through.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/',
      cweUrl(639),
    ],
  },
  confidence: 'medium',
  begin,
};
