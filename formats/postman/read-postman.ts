/**
 * Requests out of a Postman collection (schema v2.1, and v2.0 which differs little): folders, variables, inherited credentials, bodies.
 * Scripts are never run; they, saved answers and files are reported as lost.
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
import { isFields, listIn, listOf, member, textIn } from '../requests/json-values.ts';
import { createVariables, type Variables } from '../requests/variables.ts';
import { postmanAuth } from './postman-auth.ts';
import { postmanBody } from './postman-body.ts';
import { postmanUrl } from './postman-url.ts';

/** Folders within folders. */
const DEEPEST = 50;

export const isPostman = (document: unknown): boolean =>
  /schema\.(?:get)?postman\.com\/json\/collection/.test(textIn(member(document, 'info'), 'schema')) ||
  (isFields(member(document, 'info')) && Array.isArray(member(document, 'item')));

/** What a folder hands down to what is in it. */
interface Inherited {
  readonly folder: readonly string[];
  readonly auth: unknown;
  readonly values: ReadonlyMap<string, string>;
  /** Made of `values`, once a folder. */
  readonly variables: Variables;
}

function withVariables(values: ReadonlyMap<string, string>, holder: unknown): ReadonlyMap<string, string> {
  const own = listIn(holder, 'variable').filter((one) => member(one, 'disabled') !== true);
  if (own.length === 0) return values;
  return new Map([
    ...values,
    ...own.map((one) => [textIn(one, 'key') || textIn(one, 'id'), textIn(one, 'value')] as const),
  ]);
}

function headersOf(given: unknown, fill: (text: string) => string): ImportedHeader[] {
  // An old collection has them as one text.
  const fields =
    typeof given === 'string'
      ? given
          .split(/\r?\n/)
          .map((line) => ({ key: line.split(':', 1)[0], value: line.replace(/^[^:]*:?\s*/, '') }))
      : listOf(given);
  return fields
    .map((field) => ({
      ...header(fill(textIn(field, 'key')).trim(), fill(textIn(field, 'value'))),
      on: member(field, 'disabled') !== true,
    }))
    .filter(({ name }) => name !== '');
}

function requestOf(item: unknown, from: Inherited, losses: Losses): ImportedRequest {
  const given = member(item, 'request');
  const { fill } = createFill(item, from, losses);
  const auth = member(given, 'auth') ?? from.auth;
  const { headers: proof, query } = postmanAuth(auth, fill, losses);
  const { type, bytes } = postmanBody(member(given, 'body'), fill, losses);
  const headers = headersOf(member(given, 'header'), fill);
  for (const [name, value] of proof)
    if (!hasHeader(headers, fill(name))) headers.push(header(fill(name), fill(value)));
  if (type !== undefined && !hasHeader(headers, 'content-type')) headers.push(header('Content-Type', type));
  const url = fill(postmanUrl(typeof given === 'string' ? given : member(given, 'url')));
  const asked = query.map(([name, value]) => `${fill(name)}=${encodeURIComponent(fill(value))}`).join('&');
  if (listIn(item, 'event').length > 0) losses.add('script');
  if (listIn(item, 'response').length > 0) losses.add('saved answers');
  return importedRequest(
    {
      name: textIn(item, 'name'),
      folder: from.folder,
      method: textIn(given, 'method') || 'GET',
      url: asked === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${asked}`,
      headers,
      body: bytes,
    },
    losses,
  );
}

function createFill(item: unknown, from: Inherited, losses: Losses): Variables {
  const values = withVariables(from.values, item);
  return values === from.values ? from.variables : createVariables(values, losses);
}

/**
 * The requests in the order of the file, out of the parsed JSON. Losses are settled by the number of the request, from 1.
 * @throws SluiceError `bad-file` when there is none, `too-large`
 */
export function readPostman(document: unknown, losses: Losses): ImportedRequest[] {
  const requests: ImportedRequest[] = [];
  const walk = (holder: unknown, from: Inherited): void => {
    if (from.folder.length > DEEPEST)
      throw new SluiceError('too-large', `Its folders are nested more than ${DEEPEST} deep.`);
    for (const item of listIn(holder, 'item')) {
      if (Array.isArray(member(item, 'item'))) {
        if (listIn(item, 'event').length > 0) losses.addToFile('script', textIn(item, 'name'));
        const values = withVariables(from.values, item);
        walk(item, {
          folder: [...from.folder, textIn(item, 'name')],
          auth: member(item, 'auth') ?? from.auth,
          values,
          variables: values === from.values ? from.variables : createVariables(values, losses),
        });
      } else if (member(item, 'request') !== undefined) {
        checkCount(requests.length);
        requests.push(requestOf(item, from, losses));
        losses.settle(requests.length);
      }
    }
  };
  const values = withVariables(new Map(), document);
  if (listIn(document, 'event').length > 0)
    losses.addToFile('script', textIn(member(document, 'info'), 'name'));
  walk(document, {
    folder: [],
    auth: member(document, 'auth'),
    values,
    variables: createVariables(values, losses),
  });
  if (requests.length > 0) return requests;
  throw new SluiceError('bad-file', 'There is no request in this Postman collection.');
}
