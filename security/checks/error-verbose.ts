/** Errors that tell of the inside: stack traces, messages of databases, debug pages, addresses of the servers behind. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { errorSigns } from '../reading/error-signs.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { messageEvidence } from '../reading/messages.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const WORDS = {
  trace: (product: string) => `a stack trace of ${product}`,
  database: (product: string) => `an error message of ${product}`,
  page: (product: string) => `a debug or error page of ${product}`,
  runtime: (product: string) => `an error message of ${product}`,
} as const;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { status } = factsOf(input);
  for (const { sign, start, end, quoted } of errorSigns(input)) {
    // In a successful page of text the words may be its subject.
    const article = status < 400 && factsOf(input).html && sign.kind !== 'page';
    yield {
      parameter: 'body',
      detail: `The response holds ${WORDS[sign.kind](sign.product)}.`,
      evidence: [inBody({ start, end })],
      ...(sign.kind === 'page' && sign.product === 'Spring Boot' ? { severity: 'low' } : {}),
      threshold: quoted ? 'low' : article ? 'medium' : 'high',
    };
  }
  for (const message of input.messages) {
    if (message.side === 'request') continue;
    const found =
      /\bat (?:async )?[\w$.<>]{1,80} \(\/[^\s()"']{1,200}:\d{1,6}:\d{1,6}\)|Traceback \(most recent call last\)|SQLSTATE\[\w{5}\]/.exec(
        message.text.slice(0, 20_000),
      );
    if (found === null) continue;
    yield {
      parameter: 'message',
      detail: 'A message of the server holds a stack trace or an error of a database.',
      evidence: [messageEvidence(message, found.index, found.index + found[0].length)],
    };
  }
}

export const errorVerbose: Check = {
  info: {
    id: 'error-verbose',
    title: 'Error tells of the inside',
    severity: 'medium',
    cwe: [209],
    owasp: [API[8], TOP[5]],
    what: 'A response holds a stack trace, an error message of a database, a debug page or the address of an inner server.',
    why: 'It names products, versions, paths, tables and hosts, and shows which input broke what: the plan for the next step.',
    fix: 'Answer errors with a short message and an id, write the rest into the log under that id, and switch debug modes off.',
    references: [cweUrl(209), cheatSheet('Error_Handling')],
  },
  confidence: 'high',
  run,
};
