/**
 * Secrets in a decoded body by its type: JSON, forms, multipart, HTML, XML, event streams, scripts, text. What is no text stays as it is
 * unless a secret stands in it octet for octet; that one is overwritten at its own length, so that lengths in the format stay right.
 */
import { type MediaType, parseMediaType } from '#model/headers.ts';
import { type Masker, sameLength } from './masker.ts';
import { hasControls, latin1, octetsOf, unicode, utf8 } from './octets.ts';
import { rewriteFields } from './rewrite-fields.ts';
import { rewriteJson } from './rewrite-json.ts';
import { rewriteMarkup } from './rewrite-markup.ts';
import { rewriteMultipart } from './rewrite-multipart.ts';
import { rewriteText } from './rewrite-text.ts';
import { looksLikeJson, looksLikeMarkup, rewriteValue } from './rewrite-value.ts';

const JSON_TYPE = /[/+](?:x-)?(?:ndjson|json(?:-seq|lines|l|stream|p)?)$|^application\/graphql$/;
const SCRIPT = /[/](?:x-)?(?:java|ecma)script$|^text\/css$|^application\/(?:x-)?typescript$/;
const MARKUP = /^text\/(?:html|xml)$|[/+]xml$|^image\/svg/;
const BINARY =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/)|[/+](?:zip|gzip|pdf|wasm|protobuf|x-protobuf|grpc(?:\+proto)?|msgpack|cbor|x-7z-compressed)$/;
const SNIFFED = 2048;

/** Whether these octets are text of any ASCII-like encoding, by their beginning. */
const isText = (octets: string): boolean => !hasControls(octets, SNIFFED);

/** Whether a type promises text: then it is read as such, whatever control characters somebody put into it. */
const saysText = (mime: string): boolean =>
  /^text\/|^application\/x-www-form-urlencoded$/.test(mime) ||
  [JSON_TYPE, SCRIPT, MARKUP].some((pattern) => pattern.test(mime));

const readByLooks = (text: string, masker: Masker) => rewriteValue(text, masker);

/** `data:` lines of an event stream (HTML, §9.2.6) by themselves, ids and comments too. */
const rewriteEvents = (text: string, masker: Masker): string =>
  masker.sweep(
    text.replace(
      /^((?:data|id|event)?: ?)(.*)$/gm,
      (_, field: string, value: string) => field + readByLooks(value, masker),
    ),
  );

/** `octets` is the body as a byte string. */
function rewriteOctets(octets: string, type: MediaType | undefined, masker: Masker): string {
  const mime = type?.essence;
  if (BINARY.test(mime ?? '') || !(saysText(mime ?? '') || isText(octets))) {
    if (mime?.startsWith('multipart/')) return multipart(octets, type, masker);
    return masker.sweep(octets, sameLength);
  }
  const inner = (value: string) => rewriteValue(value, masker, 1);
  if (mime === 'application/x-www-form-urlencoded') {
    return looksLikeJson(octets)
      ? readByLooks(octets, masker)
      : masker.sweep(rewriteFields(octets, masker, inner, true));
  }
  if (mime?.startsWith('multipart/')) return multipart(octets, type, masker);
  if (mime === 'text/event-stream') return rewriteEvents(octets, masker);
  if (JSON_TYPE.test(mime ?? '')) return masker.sweep(rewriteJson(octets, masker, inner));
  if (MARKUP.test(mime ?? '') || looksLikeMarkup(octets))
    return masker.sweep(rewriteMarkup(octets, masker, inner));
  if (SCRIPT.test(mime ?? '')) return masker.sweep(rewriteText(octets, 'script', masker));
  return readByLooks(octets, masker);
}

const multipart = (octets: string, type: MediaType | undefined, masker: Masker): string =>
  masker.sweep(
    rewriteMultipart(octets, type?.parameters.get('boundary') ?? '', masker, (content, mime) =>
      // A part that names no type is text (RFC 7578 §4.4).
      mime === undefined && isText(content)
        ? readByLooks(content, masker)
        : rewriteOctets(content, mime?.startsWith('multipart/') ? undefined : parseMediaType(mime), masker),
    ),
  );

/** The text of UTF-16 as UTF-8 octets, and back. */
function wide(type: MediaType | undefined, bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const charset = type?.parameters.get('charset')?.toLowerCase();
  return charset === 'utf-16be'
    ? charset
    : charset === 'utf-16le' || charset === 'utf-16'
      ? 'utf-16le'
      : undefined;
}

/** A decoded body with its secrets masked; the very `bytes` where there is none. `contentType`: the field's value. */
export function rewriteContent(
  bytes: Uint8Array,
  contentType: string | undefined,
  masker: Masker,
): Uint8Array {
  if (bytes.length === 0) return bytes;
  const type = parseMediaType(contentType);
  const charset = wide(type, bytes);
  if (charset !== undefined) {
    const text = new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
    const octets = utf8(text);
    const rewritten = rewriteOctets(octets, type, masker);
    if (rewritten === octets) return bytes;
    const wideBytes = Buffer.from(unicode(rewritten), 'utf16le');
    return new Uint8Array(charset === 'utf-16be' ? wideBytes.swap16() : wideBytes);
  }
  const octets = latin1(bytes);
  const rewritten = rewriteOctets(octets, type, masker);
  return rewritten === octets ? bytes : octetsOf(rewritten);
}
