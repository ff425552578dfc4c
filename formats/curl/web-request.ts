/**
 * PowerShell's own `Invoke-WebRequest` and `Invoke-RestMethod`, as browsers copy a request "as PowerShell": the session variable with its
 * user agent and cookies, the headers in a hash table, the body as a string or as the octets of one. Texts are byte strings.
 */
import { bytesOf } from '#model/head-text.ts';
import type { Losses } from '../losses.ts';
import { readable } from '../octets.ts';
import type { ImportedHeader, RequestParts } from '../requests/imported-request.ts';
import { powershellTokens, type Token } from './powershell-words.ts';

const COMMAND = /^(?:invoke-webrequest|invoke-restmethod|iwr|irm)$/i;

export const isWebRequest = (text: string): boolean =>
  /(?:^|[\s;|(])(?:invoke-webrequest|invoke-restmethod|iwr|irm)\s/i.test(text);

/** Tokens up to the end of the statement; line ends inside brackets do not end it. */
function statement(tokens: readonly Token[], from: number): Token[] {
  let depth = 0;
  let at = from;
  for (; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'mark', text: '' };
    if (kind !== 'mark') continue;
    if (depth === 0 && (text === ';' || text === '|')) break;
    if (text.endsWith('(') || text.endsWith('{')) depth += 1;
    if (text === ')' || text === '}') depth -= 1;
  }
  return tokens.slice(from, at);
}

/** What follows a parameter: a string, or everything up to the bracket that closes. */
function argument(tokens: readonly Token[], at: number): Token[] {
  let depth = 0;
  const taken: Token[] = [];
  for (const token of tokens.slice(at)) {
    if (depth === 0 && taken.length > 0 && !token.joined) break;
    taken.push(token);
    if (token.kind !== 'mark') continue;
    if (token.text.endsWith('(') || token.text.endsWith('{')) depth += 1;
    if (token.text === ')' || token.text === '}') depth -= 1;
    if (depth === 0 && taken.length > 1) break;
  }
  return taken;
}

const strings = (tokens: readonly Token[]) =>
  tokens.filter(({ kind }) => kind === 'string').map(({ text }) => text);
const firstText = (tokens: readonly Token[]) => tokens.find(({ kind }) => kind !== 'mark')?.text ?? '';

/** `@{ "name"="value"` line end or `;` … `}` */
function pairs(tokens: readonly Token[]): ImportedHeader[] {
  return tokens.flatMap(({ text }, at) => {
    if (text !== '=' || tokens[at]?.kind !== 'mark') return [];
    const name = tokens[at - 1]?.text ?? '';
    const value = tokens[at + 1];
    return [{ name, value: value === undefined || value.kind === 'mark' ? '' : value.text, on: true }];
  });
}

/** What was put into the session variable before: `$session.UserAgent = "…"`, `….Cookies.Add((New-Object System.Net.Cookie("name", "value", …)))`. */
function sessionHeaders(tokens: readonly Token[]): ImportedHeader[] {
  const cookies: string[] = [];
  let agent: string | undefined;
  tokens.forEach(({ kind, text }, at) => {
    if (kind !== 'word') return;
    if (/^\$\w+\.UserAgent$/i.test(text)) agent = tokens[at + 2]?.text;
    if (/^System\.Net\.Cookie$/i.test(text)) {
      const [name = '', value = ''] = strings(argument(tokens, at + 1));
      cookies.push(`${name}=${value}`);
    }
  });
  return [
    ...(agent === undefined ? [] : [{ name: 'User-Agent', value: agent, on: true }]),
    ...(cookies.length === 0 ? [] : [{ name: 'Cookie', value: cookies.join('; '), on: true }]),
  ];
}

/** Parameters that say nothing of the request. */
const MEANS_NOTHING =
  /^-(?:usebasicparsing|websession|sessionvariable|outfile|passthru|timeoutsec|maximumredirection|erroraction)$/i;

/** Every request of the script. @throws SluiceError `bad-file` */
export function readWebRequests(script: string, losses: Losses): RequestParts[] {
  const { tokens, unknown } = powershellTokens(script);
  for (const one of unknown) losses.add('what PowerShell would have put in its place', readable(one));
  let from = 0;
  return tokens.flatMap(({ kind, text }, at) => {
    if (kind !== 'word' || !COMMAND.test(text)) return [];
    const before = sessionHeaders(tokens.slice(from, at));
    from = at;
    return [requestOf(statement(tokens, at + 1), before, losses)];
  });
}

function requestOf(
  tokens: readonly Token[],
  before: readonly ImportedHeader[],
  losses: Losses,
): RequestParts {
  let method = 'GET';
  let url = '';
  let body = '';
  let type: string | undefined;
  const headers: ImportedHeader[] = [...before];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    const isParameter = token?.kind === 'word' && token.text.startsWith('-');
    const value = isParameter ? argument(tokens, at + 1) : [];
    const parameter = isParameter ? token.text.toLowerCase() : '';
    if (parameter === '-usebasicparsing') at += 1;
    else at += isParameter ? 1 + value.length : 1;
    if (!isParameter) url = url === '' && token !== undefined && token.kind !== 'mark' ? token.text : url;
    else if (parameter === '-uri') url = firstText(value);
    else if (parameter === '-method' || parameter === '-custommethod')
      method = firstText(value).toUpperCase();
    else if (parameter === '-headers') headers.push(...pairs(value));
    else if (parameter === '-contenttype') type = firstText(value);
    else if (parameter === '-useragent')
      headers.push({ name: 'User-Agent', value: firstText(value), on: true });
    else if (parameter === '-body') {
      body = strings(value)[0] ?? '';
      if (strings(value).length === 0)
        losses.add('what PowerShell would have put in its place', firstText(value));
    } else if (!MEANS_NOTHING.test(parameter))
      losses.add('parameter of PowerShell', readable(token?.text ?? ''));
  }
  if (type !== undefined) headers.push({ name: 'Content-Type', value: type, on: true });
  return { method, url: readable(url), headers, body: bytesOf(body) };
}
