/** Credentials in a request's URL, from where they reach logs, histories and other sites; and in a redirect's Location. */

import { credentialKind } from '#model/secrets/credential-names.ts';
import { isJwt, isMask, looksRandom } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { urlEncodedFields } from '../reading/form-fields.ts';
import { parameters } from '../reading/parameters.ts';

/** What kind of credential a URL's parameter holds. A password may be any text; the rest must look like a secret, not like a page token. */
function kindOf(name: string, value: string): string | undefined {
  if (isJwt(value)) return 'a JSON Web Token';
  const kind = credentialKind(name);
  if (kind === 'password') return isMask(value) || /^[01]$/.test(value) ? undefined : 'a password';
  return kind !== undefined && looksRandom(value) ? `a credential (${kind})` : undefined;
}

function* inPath({ requestHead }: CheckInput): Iterable<FindingDraft> {
  const target = /^\S+ (\S+)/.exec(requestHead);
  const [plain = ''] = (target?.[1] ?? '').split('?', 1);
  const offset = requestHead.indexOf(' ') + 1;
  for (const found of plain.matchAll(/(?:^|\/)(eyJ[\w-]{8,}\.eyJ[\w-]{2,}\.[\w-]*)/g)) {
    const start = offset + found.index + found[0].length - (found[1]?.length ?? 0);
    const end = offset + found.index + found[0].length;
    yield {
      parameter: 'path',
      detail: 'The path holds a JSON Web Token.',
      evidence: [{ part: 'request-head', start, end }],
    };
  }
  const userinfo = /^[a-z]+:\/\/([^/@\s]*:[^/@\s]+)@/i.exec(plain);
  if (userinfo?.[1] !== undefined) {
    const start = offset + plain.indexOf('://') + 3;
    const end = start + userinfo[1].length;
    yield {
      parameter: 'userinfo',
      detail: 'The URL holds a user name and password.',
      evidence: [{ part: 'request-head', start, end }],
    };
  }
}

function* inQuery(input: CheckInput): Iterable<FindingDraft> {
  for (const { place, name, path, value, evidence } of parameters(input)) {
    if (place !== 'query') continue;
    const kind = kindOf(name, value);
    if (kind === undefined) continue;
    const detail = `The query parameter holds ${kind}, which servers, proxies and browsers write into logs and histories.`;
    yield { parameter: path, detail, evidence: [evidence] };
  }
}

function* inHeader(
  input: CheckInput,
  wanted: RegExp,
  part: 'request-head' | 'response-head',
): Iterable<FindingDraft> {
  for (const parameter of parameters(input)) {
    const { evidence, place, name } = parameter;
    if (evidence.part !== part || place !== 'header' || !wanted.test(name)) continue;
    for (const { text, offset } of queriesOf(parameter.value)) {
      for (const field of urlEncodedFields(text, evidence.start + offset)) {
        const kind = kindOf(field.name, field.value);
        if (kind === undefined) continue;
        yield {
          parameter: `${name}: ${field.name}`,
          detail: `The ${name} header holds a URL with ${kind} in it.`,
          evidence: [{ part, start: field.start, end: field.end }],
        };
      }
    }
  }
}

/** Query and fragment: OAuth's implicit grant puts tokens behind the "#". */
function* queriesOf(url: string): Iterable<{ text: string; offset: number }> {
  for (const found of url.matchAll(/[?#]([^?#]+)/g)) yield { text: found[1] ?? '', offset: found.index + 1 };
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  yield* inPath(input);
  yield* inQuery(input);
  yield* inHeader(input, /^referer$/i, 'request-head');
  yield* inHeader(input, /^location$/i, 'response-head');
}

export const credentialsInUrl: Check = {
  info: {
    id: 'credentials-in-url',
    title: 'Credentials in a URL',
    severity: 'medium',
    cwe: [598],
    owasp: ['API2:2023 Broken Authentication'],
    what: 'A password, token, key, session id or JSON Web Token stands in the path, query or fragment of a URL, or in a Referer or Location header.',
    why: 'URLs are written into server and proxy logs, browser histories and bookmarks, and are sent to other sites in the Referer header.',
    fix: 'Send credentials in the Authorization header, a cookie or the body; for links that must carry one, make it single-use and short-lived, and set Referrer-Policy: no-referrer.',
    references: [
      'https://cwe.mitre.org/data/definitions/598.html',
      'https://www.rfc-editor.org/rfc/rfc6750#section-2.3',
    ],
  },
  confidence: 'high',
  run,
};
