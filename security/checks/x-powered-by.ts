/** An X-Powered-By field, which says what the server is made of. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const { name, value, evidence } of factsOf(input).response.get('x-powered-by') ?? []) {
    if (value.trim() === '') continue;
    yield { parameter: name, detail: 'The response says what software made it.', evidence: [evidence] };
  }
}

export const xPoweredBy: Check = {
  info: {
    id: 'x-powered-by',
    title: 'X-Powered-By names the software',
    severity: 'low',
    cwe: [497, 200],
    owasp: [API[8], TOP[5]],
    what: 'Responses have an X-Powered-By field that names the framework or language behind the server.',
    why: 'It tells which known faults to try, and gives nothing to anybody else.',
    fix: 'Switch it off: app.disable("x-powered-by") in Express, expose_php = Off in PHP, removal of the header in IIS.',
    references: [zap(10037), cheatSheet('HTTP_Headers')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
