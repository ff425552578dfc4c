/**
 * Requests out of .http and .rest files and out of plain request dumps. Scripts are not run, files that it names are not read, variables
 * of environments are not known: each is reported as lost.
 */
import { SluiceError } from '#model/errors.ts';
import { bytesOf } from '#model/head-text.ts';
import { headerValue, parseMediaType } from '#model/headers.ts';
import { looksLikeCurl, readCurl } from '../curl/read-curl.ts';
import type { Losses } from '../losses.ts';
import { utf8ByteString } from '../octets.ts';
import {
  checkCount,
  checkSize,
  header,
  type ImportedRequest,
  importedRequest,
} from '../requests/imported-request.ts';
import { createVariables, type Variables } from '../requests/variables.ts';
import { type HttpSection, httpSections } from './http-sections.ts';

const REQUEST_LINE = /^(?:([A-Za-z]+)\s+)?(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?$/;
/** Begins as an address does: with a scheme, a variable, a slash, or a name with a port or path. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/|\{\{|\/|[\w.-]+(?::\d+)?(?:[/?]|$))/i;

export const looksLikeHttpFile = (text: string): boolean =>
  /^(?:###|@[\w.-]+\s*=)/m.test(text) ||
  /^\s*(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|QUERY|GRAPHQL|[A-Z]{3,12}(?=\s\S+\s+HTTP\/))\s+\S/.test(
    text,
  );

/** Whether a host is one where people run servers without TLS. */
const isPlainHost = (host: string) =>
  /^(?:localhost|[\d.]+|\[[^\]]*\]|[^.]+)(?::\d+)?$|:(?!443$|8443$)\d+$/i.test(host);

/** The address of a request line; one that is only a path is completed by the Host header. */
function addressOf(target: string, host: string | undefined, losses: Losses): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target) || target.startsWith('{{')) return target;
  if (!target.startsWith('/')) return `http://${target}`;
  if (host === undefined) {
    losses.add('host of the address');
    return target;
  }
  // A dump does not say whether TLS was spoken.
  return `${isPlainHost(host) ? 'http' : 'https'}://${host}${target}`;
}

/** The body as the two clients send it. */
function bodyOf(text: string, contentType: string | undefined, isDump: boolean, losses: Losses): string {
  const essence = parseMediaType(contentType)?.essence ?? '';
  const kept = text.split('\n').filter((line) => {
    const file = /^<@?\S*\s+(\S.*)$/.exec(line);
    if (file === null || isDump) return true;
    losses.add('content of a file', (file[1] ?? '').trim());
    return false;
  });
  // The empty lines before the next section are for the eye.
  const body = isDump ? kept.join('\n') : kept.join('\n').trimEnd();
  if (isDump) return body;
  if (essence.startsWith('multipart/')) return `${body.replace(/\r?\n/g, '\r\n')}\r\n`;
  if (essence === 'application/x-www-form-urlencoded')
    return body.replace(/\r?\n\s*(?=&)/g, '').replace(/&\r?\n/g, '&');
  return body;
}

/** GraphQL as both clients write it: the query, an empty line, the variables. */
function graphqlBody(text: string): string {
  const [, query = text, variables] = /^([\s\S]*?)\r?\n\s*\r?\n(\s*\{[\s\S]*)$/.exec(text) ?? [];
  const parsed = variables === undefined ? undefined : json(variables);
  return JSON.stringify({ query: query.trim(), ...(parsed === undefined ? {} : { variables: parsed }) });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requestOf(section: HttpSection, variables: Variables, losses: Losses): ImportedRequest | undefined {
  const line = variables.fill(section.line);
  const [, method, target = ''] = REQUEST_LINE.exec(line) ?? [];
  if (!ADDRESS.test(target)) {
    losses.add('section without a request', line.slice(0, 80));
    return undefined;
  }
  for (const what of section.passedOver) losses.add(what);
  const given = section.headers.map(([name, value]): [string, string] => [
    variables.fill(name),
    variables.fill(value),
  ]);
  const isGraphql = method === 'GRAPHQL' || headerValue(given, 'x-request-type')?.toLowerCase() === 'graphql';
  // A request as it stood on the wire has a version; its body is what is there, octet by octet.
  const isDump = /\sHTTP\/\d(?:\.\d)?$/.test(line) && target.startsWith('/');
  const type = headerValue(given, 'content-type');
  const body = bodyOf(section.body, type, isDump, losses);
  const headers = given
    .filter(([name]) => !/^(?:content-length|transfer-encoding|x-request-type)$/i.test(name))
    .map(([name, value]) => header(name, value));
  if (isGraphql && type === undefined) headers.push(header('Content-Type', 'application/json'));
  const filled = variables.fill(body);
  const octets = bytesOf(utf8ByteString(isGraphql ? graphqlBody(filled) : filled));
  const length = Number(isDump ? (headerValue(given, 'content-length') ?? octets.length) : octets.length);
  return importedRequest(
    {
      name: section.name,
      method: isGraphql ? 'POST' : (method ?? 'GET').toUpperCase(),
      url: addressOf(target, headerValue(given, 'host'), losses),
      headers,
      // What a dump has beyond its length is the editor's last line end.
      body: length < octets.length ? octets.slice(0, length) : octets,
    },
    losses,
  );
}

/** Losses are settled by the number of the request, from 1. @throws SluiceError `bad-file` when there is none, `too-large` */
export function readHttpFile(text: string, losses: Losses): ImportedRequest[] {
  checkSize(text);
  const { variables, sections } = httpSections(text);
  const filler = createVariables(variables, losses);
  const requests: ImportedRequest[] = [];
  for (const section of sections) {
    checkCount(requests.length);
    if (looksLikeCurl(section.line)) {
      requests.push(...readCurl(filler.fill(section.raw), losses));
      continue;
    }
    const request = requestOf(section, filler, losses);
    if (request === undefined) continue;
    requests.push(request);
    losses.settle(requests.length);
  }
  if (requests.length > 0) return requests;
  throw new SluiceError(
    'bad-file',
    'There is no request in this file: a request begins with a method and an address.',
  );
}
