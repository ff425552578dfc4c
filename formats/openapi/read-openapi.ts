/**
 * Requests out of an OpenAPI document (3.0 and 3.1), one for each operation, with example values. Nothing is fetched: references to other
 * files are reported as lost, and so is what the composer must be told by its user, such as credentials.
 */
import { SluiceError } from '#model/errors.ts';
import type { Losses } from '../losses.ts';
import {
  checkCount,
  hasHeader,
  header,
  type ImportedHeader,
  type ImportedRequest,
  importedRequest,
} from '../requests/imported-request.ts';
import { isFields, listIn, listOf, member, textIn, textOf } from '../requests/json-values.ts';
import { createExamples, type ExampleMaker } from './example-value.ts';
import { pathValue, queryPairs, simpleValue } from './parameters.ts';
import { createReferences, type References } from './references.ts';
import { exampleBody } from './request-body.ts';

/** Path Item Object, in the order of the specification; `query` is of OpenAPI 3.2. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

export const isOpenApi = (document: unknown): boolean =>
  member(document, 'openapi') !== undefined || member(document, 'swagger') !== undefined;

interface Reader {
  readonly document: unknown;
  readonly references: References;
  readonly examples: ExampleMaker;
  readonly losses: Losses;
}

/** The first server of the nearest that names any, its variables at their defaults; relative addresses have no host to be relative to. */
function serverUrl(reader: Reader, ...holders: readonly unknown[]): string {
  const servers = holders.map((holder) => listIn(holder, 'servers')).find((list) => list.length > 0) ?? [];
  const [server] = servers;
  const variables = member(server, 'variables');
  const url = textIn(server, 'url').replace(/\{([^{}]+)\}/g, (found: string, name: string) => {
    const variable = member(variables, name);
    return textIn(variable, 'default') || textOf(listIn(variable, 'enum')[0]) || found;
  });
  if (/^https?:\/\//i.test(url)) return url.replace(/\/$/, '');
  reader.losses.add('host of the address', url || 'no server is named');
  return `https://example.com${url.replace(/^(?!\/|$)/, '/').replace(/\/$/, '')}`;
}

/** An operation's own parameters come before those of its path, and stand for them where both have one. */
function parametersOf(reader: Reader, path: unknown, operation: unknown): unknown[] {
  const all = [...listIn(operation, 'parameters'), ...listIn(path, 'parameters')].map((one) =>
    reader.references.resolve(one),
  );
  const seen = new Set<string>();
  return all.filter((one) => {
    const key = `${textIn(one, 'in')} ${textIn(one, 'name')}`;
    if (seen.has(key) || textIn(one, 'name') === '') return false;
    seen.add(key);
    return true;
  });
}

/** The value, also of parameters that describe a type instead of a schema. */
function valueOfParameter({ examples, references }: Reader, parameter: unknown): unknown {
  const content = member(parameter, 'content');
  const [media] = isFields(content) ? Object.values(content) : [];
  if (media === undefined) return examples.ofHolder(parameter);
  const value = examples.ofHolder(references.resolve(media));
  return value === undefined ? undefined : JSON.stringify(value);
}

interface Proof {
  readonly headers: ImportedHeader[];
  readonly query: string[];
  readonly cookies: string[];
}

/** Places for credentials, for the first alternative that asks for any; what belongs there the document does not know. */
function proofOf(reader: Reader, operation: unknown): Proof {
  const proof: Proof = { headers: [], query: [], cookies: [] };
  const [needed] = listOf(member(operation, 'security') ?? member(reader.document, 'security')).filter(
    (one) => isFields(one) && Object.keys(one).length > 0,
  );
  const schemes = member(member(reader.document, 'components'), 'securitySchemes');
  for (const name of isFields(needed) ? Object.keys(needed) : []) {
    const scheme = reader.references.resolve(member(schemes, name));
    reader.losses.add('credentials', name);
    const place = textIn(scheme, 'name');
    if (textIn(scheme, 'type') === 'apiKey') {
      if (textIn(scheme, 'in') === 'query') proof.query.push(`${encodeURIComponent(place)}=KEY`);
      else if (textIn(scheme, 'in') === 'cookie') proof.cookies.push(`${place}=KEY`);
      else proof.headers.push(header(place, 'KEY'));
    } else if (textIn(scheme, 'scheme').toLowerCase() === 'basic') {
      proof.headers.push(header('Authorization', 'Basic CREDENTIALS'));
    } else if (textIn(scheme, 'type') !== 'mutualTLS')
      proof.headers.push(header('Authorization', 'Bearer TOKEN'));
  }
  return proof;
}

function requestOf(
  reader: Reader,
  template: string,
  path: unknown,
  method: string,
  operation: unknown,
): ImportedRequest {
  const { references, examples, losses } = reader;
  const proof = proofOf(reader, operation);
  const headers: ImportedHeader[] = [];
  const query: string[] = [];
  const cookies: string[] = [...proof.cookies];
  const inPath = new Map<string, string>();
  for (const parameter of parametersOf(reader, path, operation)) {
    const name = textIn(parameter, 'name');
    const value = valueOfParameter(reader, parameter);
    const place = textIn(parameter, 'in');
    const needed = member(parameter, 'required') === true;
    if (place === 'path') inPath.set(name, value === undefined ? `{${name}}` : pathValue(value));
    // What may be left out is left out unless the document gives a value for it.
    else if (value === undefined && !needed) continue;
    else if (place === 'query') query.push(queryPairs(parameter, value ?? ''));
    else if (place === 'header') headers.push({ ...header(name, simpleValue(value ?? '')), on: needed });
    else if (place === 'cookie') cookies.push(`${name}=${simpleValue(value ?? '')}`);
  }
  for (const one of proof.headers) if (!hasHeader(headers, one.name)) headers.push(one);
  if (cookies.length > 0) headers.push(header('Cookie', cookies.join('; ')));
  const body = exampleBody(member(operation, 'requestBody'), references, examples, losses);
  if (body !== undefined && !hasHeader(headers, 'content-type'))
    headers.push(header('Content-Type', body.type));
  const filled = template.replace(
    /\{([^{}]+)\}/g,
    (found: string, name: string) => inPath.get(name) ?? found,
  );
  const asked = [...query, ...proof.query].join('&');
  const url = `${serverUrl(reader, operation, path, reader.document)}${filled}${asked === '' ? '' : `?${asked}`}`;
  return importedRequest(
    {
      name:
        textIn(operation, 'summary') ||
        textIn(operation, 'operationId') ||
        `${method.toUpperCase()} ${template}`,
      folder: listIn(operation, 'tags').slice(0, 1).map(textOf),
      method: method.toUpperCase(),
      url,
      headers,
      ...(body === undefined ? {} : { body: body.bytes }),
    },
    losses,
  );
}

/**
 * The requests in the order of the document, as parsed. Losses are settled by the number of the request, from 1.
 * @throws SluiceError `bad-file` when there is none or it is of another version, `too-large`
 */
export function readOpenApi(document: unknown, losses: Losses): ImportedRequest[] {
  const version = textIn(document, 'openapi');
  if (!/^3\./.test(version)) {
    const found = version || `Swagger ${textIn(document, 'swagger')}`;
    throw new SluiceError(
      'bad-file',
      `OpenAPI is read in versions 3.0 and 3.1, and this document is ${found}: convert it first.`,
    );
  }
  const references = createReferences(document, losses);
  const reader: Reader = { document, references, examples: createExamples(references), losses };
  const requests: ImportedRequest[] = [];
  const paths = member(document, 'paths');
  for (const [template, given] of isFields(paths) ? Object.entries(paths) : []) {
    const path = references.resolve(given);
    for (const method of METHODS) {
      const operation = member(path, method);
      if (!isFields(operation)) continue;
      checkCount(requests.length);
      requests.push(requestOf(reader, template, path, method, operation));
      losses.settle(requests.length);
    }
  }
  if (requests.length > 0) return requests;
  throw new SluiceError('bad-file', 'There is no operation in this OpenAPI document.');
}
