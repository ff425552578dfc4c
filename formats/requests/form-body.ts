/** Bodies of forms: application/x-www-form-urlencoded (URL standard) and multipart/form-data (RFC 7578). Texts are byte strings. */
import { bytesOf } from '#model/head-text.ts';
import { joined } from '../octets.ts';

/** Unreserved characters stay; a space is `%20`, which every decoder knows. */
export const percentEncoded = (bytes: string): string =>
  bytes.replace(/[^A-Za-z0-9\-._~]/g, (unit) => {
    const hex = unit.charCodeAt(0).toString(16).toUpperCase();
    return `%${hex.padStart(2, '0')}`;
  });

export const urlencoded = (fields: readonly (readonly [string, string])[]): string =>
  fields.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&');

export interface FormPart {
  readonly name: string;
  readonly fileName?: string;
  readonly type?: string;
  readonly content: string | Uint8Array;
}

export interface MultipartBody {
  /** The Content-Type that belongs to it. */
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** RFC 7578 §4.2 as the HTML standard writes it. */
const escaped = (text: string) =>
  text.replace(/[\r\n"]/g, (char) => ({ '\r': '%0D', '\n': '%0A' })[char] ?? '%22');

const bytes = (content: string | Uint8Array) => (typeof content === 'string' ? bytesOf(content) : content);

/** The same parts give the same body. The boundary is none that occurs in them. */
export function multipart(parts: readonly FormPart[]): MultipartBody {
  const contents = parts.map(({ content }) => bytes(content));
  const all = parts.map(({ content }) => (typeof content === 'string' ? content : '')).join('');
  let boundary = 'sluice-form-boundary';
  for (let i = 1; all.includes(boundary); i += 1) boundary = `sluice-form-boundary-${i}`;
  const pieces = parts.flatMap(({ name, fileName, type }, i) => {
    const file = fileName === undefined ? '' : `; filename="${escaped(fileName)}"`;
    const typed = type === undefined ? '' : `Content-Type: ${type.replace(/[\r\n]/g, ' ')}\r\n`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n${typed}\r\n`;
    return [bytesOf(head), contents[i] ?? new Uint8Array(), bytesOf('\r\n')];
  });
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: joined([...pieces, bytesOf(`--${boundary}--\r\n`)]),
  };
}
