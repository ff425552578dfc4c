/** Requests out of any text that people have them in: told apart by what it looks like, its name where that does not tell. */
import { SluiceError } from '#model/errors.ts';
import type { LossReport } from '#model/loss-report.ts';
import { looksLikeCurl, readCurl } from '../curl/read-curl.ts';
import { looksLikeHttpFile, readHttpFile } from '../http-file/read-http-file.ts';
import { Losses } from '../losses.ts';
import { parseDocument } from '../openapi/parse-document.ts';
import { isOpenApi, readOpenApi } from '../openapi/read-openapi.ts';
import { isPostman, readPostman } from '../postman/read-postman.ts';
import { checkSize, type ImportedRequest } from './imported-request.ts';
import { member } from './json-values.ts';

export const REQUEST_FORMATS = {
  curl: 'cURL',
  http: 'HTTP file',
  postman: 'Postman collection',
  openapi: 'OpenAPI document',
} as const;
export type RequestFormat = keyof typeof REQUEST_FORMATS;

export interface ReadRequests {
  readonly format: RequestFormat;
  readonly requests: readonly ImportedRequest[];
  /** `session` is the number of the request, from 1. */
  readonly losses: LossReport;
}

/** A document in JSON or YAML. */
const isDocument = (text: string, name: string) =>
  /^\ufeff?\s*[{[]/.test(text) || /\.ya?ml$/i.test(name) || /^(?:openapi|swagger)\s*:/m.test(text);

function ofDocument(document: unknown, losses: Losses): Omit<ReadRequests, 'losses'> {
  if (isOpenApi(document)) return { format: 'openapi', requests: readOpenApi(document, losses) };
  if (isPostman(document)) return { format: 'postman', requests: readPostman(document, losses) };
  if (member(document, 'log') !== undefined) {
    throw new SluiceError(
      'bad-file',
      'This is a HAR: import it into the sessions, and open its requests from there.',
    );
  }
  throw new SluiceError('bad-file', 'This is neither a Postman collection nor an OpenAPI document.');
}

function ofText(text: string, name: string, losses: Losses): Omit<ReadRequests, 'losses'> {
  const isFile = /\.(?:http|rest)$/i.test(name);
  if (!isFile && looksLikeCurl(text)) return { format: 'curl', requests: readCurl(text, losses) };
  if (isFile || looksLikeHttpFile(text)) return { format: 'http', requests: readHttpFile(text, losses) };
  // A script with curl somewhere in it, or a page of notes.
  if (/(?:^|[|;&\s])curl(?:\.exe)?\s/m.test(text))
    return { format: 'curl', requests: readCurl(text, losses) };
  throw new SluiceError(
    'bad-file',
    'There is no request in this: paste a curl command, or choose a .http file, a Postman collection or an OpenAPI document.',
  );
}

/**
 * The requests of `text`. Nothing of it is run and nothing is fetched or sent.
 * @param name of the file it came from, "" for what was pasted
 * @throws SluiceError `bad-file`, `too-large`
 */
export async function readRequests(text: string, name = ''): Promise<ReadRequests> {
  checkSize(text);
  const losses = new Losses();
  const read = isDocument(text, name)
    ? ofDocument(await parseDocument(text), losses)
    : ofText(text, name, losses);
  return { ...read, losses: losses.report() };
}
