/** Answers that show that the application broke: status 500, or an error message of its platform whatever the status. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { errorSigns } from '../reading/error-signs.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { status } = factsOf(input);
  const [first] = errorSigns(input).filter(
    ({ sign, quoted }) => !quoted && (status >= 400 || sign.kind !== 'trace' || !factsOf(input).html),
  );
  if (first !== undefined) {
    yield {
      parameter: 'body',
      detail: `The response holds an error of ${first.sign.product}.`,
      evidence: [inBody(first)],
    };
  } else if (status === 500) {
    yield {
      parameter: 'status',
      detail: 'The server answered with status 500.',
      evidence: [statusLine(input)],
      severity: 'low',
      threshold: 'medium',
    };
  }
}

export const applicationError: Check = {
  info: {
    id: 'application-error',
    title: 'Application error',
    severity: 'medium',
    cwe: [550],
    owasp: [API[8], TOP[5]],
    what: 'The server answered with status 500, or with an error message of the platform it runs on.',
    why: 'Input that the application does not expect reaches a place where it breaks; that is where attacks begin, and messages tell how.',
    fix: 'Find the cause in the log, refuse the input with a status of the 4xx class, and answer unexpected errors with a message of your own.',
    references: [zap(90022), cweUrl(550)],
  },
  confidence: 'medium',
  run,
};
