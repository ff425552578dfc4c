/** The body of a Postman request, whatever its mode, with the type that Postman would give it. Files that it names are not read. */
import { bytesOf } from '#model/head-text.ts';
import type { Losses } from '../losses.ts';
import { utf8ByteString } from '../octets.ts';
import { multipart, urlencoded } from '../requests/form-body.ts';
import { isFields, listIn, member, textIn, textOf } from '../requests/json-values.ts';

export interface PostmanBody {
  /** Absent: Postman gives none either. */
  readonly type?: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
};

const EMPTY: PostmanBody = { bytes: new Uint8Array(0) };
const isOn = (field: unknown) => member(field, 'disabled') !== true;

function graphql(body: unknown, fill: (text: string) => string): PostmanBody {
  const given = member(body, 'graphql');
  const variables = member(given, 'variables');
  const parsed = typeof variables === 'string' ? json(fill(variables)) : variables;
  const message = { query: fill(textIn(given, 'query')), ...(isFields(parsed) ? { variables: parsed } : {}) };
  return { type: 'application/json', bytes: bytesOf(utf8ByteString(JSON.stringify(message))) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function formdata(body: unknown, fill: (text: string) => string, losses: Losses): PostmanBody {
  const parts = listIn(body, 'formdata')
    .filter(isOn)
    .map((field) => {
      const name = utf8ByteString(fill(textIn(field, 'key')));
      const type = textIn(field, 'contentType');
      const typed = type === '' ? {} : { type };
      if (textIn(field, 'type') !== 'file')
        return { name, content: utf8ByteString(fill(textIn(field, 'value'))), ...typed };
      const [source = textIn(field, 'src')] = listIn(field, 'src').map(textOf);
      losses.add('content of a file', source);
      const fileName = utf8ByteString(source.split(/[\\/]/).at(-1) ?? '');
      return { name, fileName, content: '', type: type || 'application/octet-stream' };
    });
  const { type, body: bytes } = multipart(parts);
  return { type, bytes };
}

/** @param fill puts variables in their place */
export function postmanBody(body: unknown, fill: (text: string) => string, losses: Losses): PostmanBody {
  if (member(body, 'disabled') === true) return EMPTY;
  const mode = textIn(body, 'mode');
  switch (mode) {
    case '':
      return EMPTY;
    case 'raw': {
      const bytes = bytesOf(utf8ByteString(fill(textIn(body, 'raw'))));
      const language = textIn(member(member(body, 'options'), 'raw'), 'language');
      const type = LANGUAGES[language] ?? 'text/plain';
      return bytes.length === 0 ? EMPTY : { type, bytes };
    }
    case 'urlencoded': {
      const fields = listIn(body, 'urlencoded').filter(isOn);
      const pairs = fields.map((field): [string, string] => [
        utf8ByteString(fill(textIn(field, 'key'))),
        utf8ByteString(fill(textIn(field, 'value'))),
      ]);
      return { type: 'application/x-www-form-urlencoded', bytes: bytesOf(urlencoded(pairs)) };
    }
    case 'formdata':
      return formdata(body, fill, losses);
    case 'graphql':
      return graphql(body, fill);
    case 'file':
      losses.add('content of a file', textIn(member(body, 'file'), 'src'));
      return EMPTY;
    default:
      losses.add('body of an unknown kind', mode);
      return EMPTY;
  }
}
