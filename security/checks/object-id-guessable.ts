/** Objects of accounts that are asked for by short or sequential numbers. */
import type { Evidence } from '#model/finding.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { identityOf } from '../reading/identity.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cheatSheet, TOP } from '../taxonomy.ts';

const ID_NAME =
  /^(?:[a-z]+[_-]?)?id$|Id$|^(?:order|invoice|account|user|customer|document|file|ticket)(?:_?(?:no|number))$/i;
const NOT_OBJECTS =
  /^(?:v|version|page|year|month|day|size|limit|offset|step|level|status|code|port|zip|tag|category|genre|locale|api)s?$/i;
const OTHER_ID =
  /^(?:client|app|tenant|session|request|trace|correlation|category|genre|language|country|region|type|status|page|tab|menu|event|campaign|ad|pixel|utm|tracking|visitor|device)[_-]?id$|^(?:client|app|session|request|trace|category|language|country|type|page|visitor|device|tracking)Id$/i;

interface Id {
  readonly parameter: string;
  readonly group: string;
  readonly value: number;
  readonly evidence: Evidence;
}

function* idsIn(input: CheckInput): Iterable<Id> {
  const { requestHead } = input;
  const from = requestHead.indexOf(' ') + 1;
  const path = /^[^\s?#;]*/.exec(requestHead.slice(from))?.[0] ?? '';
  for (const found of path.matchAll(/\/([a-z][\w-]*)\/(\d{1,10})(?=\/|$)/gi)) {
    const [whole, name = '', digits = ''] = found;
    if (NOT_OBJECTS.test(name) || /^(?:19|20)\d\d$/.test(digits)) continue;
    const end = from + found.index + whole.length;
    yield {
      parameter: `${name}/{id}`,
      group: name,
      value: Number(digits),
      evidence: { part: 'request-head', start: end - digits.length, end },
    };
  }
  for (const { side, place, name, path: where, value, evidence } of parameters(input)) {
    if (side !== 'request' || place !== 'query' || !/^\d{1,10}$/.test(value)) continue;
    if (!ID_NAME.test(name) || OTHER_ID.test(name)) continue;
    yield { parameter: where, group: `?${name}`, value: Number(value), evidence };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { success } = factsOf(input);
  if (!success || identityOf(input) === undefined || !/json|xml/.test(input.response.mime ?? 'json')) return;
  for (const { parameter, evidence } of idsIn(input)) {
    yield {
      parameter,
      detail: 'An object of an account is asked for by a short number.',
      evidence: [evidence],
    };
  }
}

export const objectIdGuessable: Check = {
  info: {
    id: 'object-id-guessable',
    title: 'Guessable object id',
    severity: 'low',
    cwe: [639, 340],
    owasp: [API[1], TOP[1]],
    what: 'A request with credentials asks for an object by a short number in the path or in a parameter.',
    why: 'The ids of all other objects are guessed by counting; where one check of who may see what is missing, everything can be read.',
    fix: 'Use random ids (UUIDs of version 4) for what clients see, and decide for each object who may see it all the same.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/',
      cheatSheet('Insecure_Direct_Object_Reference_Prevention'),
    ],
  },
  confidence: 'medium',
  run,
};
