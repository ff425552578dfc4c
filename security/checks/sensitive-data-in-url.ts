/** Personal data in the address of a request. Credentials there are another check's. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { parameters } from '../reading/parameters.ts';
import { sensitiveKind } from '../reading/sensitive-text.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const { place, name, path, value, evidence } of parameters(input)) {
    const kind = place === 'query' ? sensitiveKind(name, value) : undefined;
    if (kind === undefined) continue;
    yield { parameter: path, detail: `The address of the request holds ${kind}.`, evidence: [evidence] };
  }
  const target = /^\S+ ([^\s?]*)/.exec(input.requestHead);
  const plain = target?.[1] ?? '';
  const from = input.requestHead.indexOf(' ') + 1;
  for (const found of plain.matchAll(/[^/]+/g)) {
    const text = found[0].replaceAll('%40', '@');
    if (text.length > 254 || !/@|^\d{3}-\d\d-\d{4}$/.test(text)) continue;
    const kind =
      /:\/\/|:$/.test(plain.slice(0, found.index)) && found.index < 10 ? undefined : sensitiveKind('', text);
    if (kind === undefined) continue;
    const start = from + found.index;
    yield {
      parameter: 'path',
      detail: `The path of the request holds ${kind}.`,
      evidence: [{ part: 'request-head', start, end: start + found[0].length }],
    };
  }
}

export const sensitiveDataInUrl: Check = {
  info: {
    id: 'sensitive-data-in-url',
    title: 'Personal data in a URL',
    severity: 'info',
    cwe: [598],
    owasp: [API[3], TOP[1]],
    what: 'The address of a request holds an e-mail address, a card number, an official number or a date of birth.',
    why: 'Addresses are written into logs and histories and sent to other sites in the Referer.',
    fix: 'Send personal data in the body, and refer to people by ids.',
    references: [zap(10024), cweUrl(598)],
  },
  confidence: 'medium',
  run,
};
