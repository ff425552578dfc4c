/**
 * What a body is and therefore which view shows it: by its declared type, and by its first bytes where the type is missing or too general
 * (as WHATWG MIME Sniffing does, without ever upgrading a declared text to something that runs). Nothing here decodes whole bodies.
 */
import { parseMediaType } from '#model/headers.ts';
import type { FormatLanguage } from '../format/format.ts';

/** `form` is application/x-www-form-urlencoded, shown as text with a table beside it. */
export type BodyKind = 'empty' | 'text' | 'image' | 'audio' | 'video' | 'font' | 'binary';

export interface BodyClass {
  readonly kind: BodyKind;
  /** Language of the editor; for text only. */
  readonly language: FormatLanguage | 'plain' | 'yaml' | 'graphql' | 'markdown' | 'form';
  /** Short name for people: "JSON", "PNG image", "binary". */
  readonly label: string;
}

const FORMATTED: readonly FormatLanguage[] = ['json', 'html', 'xml', 'css', 'javascript'];

/** The language a formatter exists for, or undefined. */
export function formatLanguageOf(body: BodyClass): FormatLanguage | undefined {
  return body.kind === 'text' ? FORMATTED.find((language) => language === body.language) : undefined;
}

const LABELS: Readonly<Record<BodyClass['language'], string>> = {
  json: 'JSON',
  html: 'HTML',
  xml: 'XML',
  css: 'CSS',
  javascript: 'JavaScript',
  plain: 'Text',
  yaml: 'YAML',
  graphql: 'GraphQL',
  markdown: 'Markdown',
  form: 'Form',
};

const text = (language: BodyClass['language']): BodyClass => ({
  kind: 'text',
  language,
  label: LABELS[language],
});
const image = (label: string): BodyClass => ({ kind: 'image', language: 'plain', label });
const other = (kind: BodyKind, label: string): BodyClass => ({ kind, language: 'plain', label });
const BINARY: BodyClass = { kind: 'binary', language: 'plain', label: 'Binary' };
const EMPTY: BodyClass = { kind: 'empty', language: 'plain', label: 'Empty' };

/** Images that every browser the workbench runs in can draw. */
const IMAGES: Readonly<Record<string, string>> = {
  'image/png': 'PNG',
  'image/apng': 'PNG',
  'image/jpeg': 'JPEG',
  'image/jpg': 'JPEG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
  'image/bmp': 'BMP',
  'image/x-icon': 'Icon',
  'image/vnd.microsoft.icon': 'Icon',
  'image/svg+xml': 'SVG',
};

const SIGNATURES: readonly (readonly [label: string, offset: number, bytes: string])[] = [
  ['PNG', 0, '\x89PNG\r\n\x1a\n'],
  ['JPEG', 0, '\xff\xd8\xff'],
  ['GIF', 0, 'GIF8'],
  ['WebP', 8, 'WEBP'],
  ['AVIF', 4, 'ftypavif'],
  ['BMP', 0, 'BM'],
  ['Icon', 0, '\x00\x00\x01\x00'],
];

/** What the declared type says; undefined when it says nothing that helps. */
function byType(contentType: string | undefined): BodyClass | undefined {
  const essence = parseMediaType(contentType)?.essence;
  if (essence === undefined || essence === 'application/octet-stream' || essence === 'binary/octet-stream')
    return undefined;
  const known = IMAGES[essence];
  if (known !== undefined) return image(known);
  if (/[/+]json$|^application\/(?:x-ndjson|json-seq|jsonl|.*\+json)$|^text\/x-json$/.test(essence))
    return text('json');
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(essence)) return text('html');
  if (/[/+]xml(?:-dtd)?$/.test(essence)) return text('xml');
  if (essence === 'text/css') return text('css');
  if (/\/(?:x-)?(?:java|ecma)script$/.test(essence)) return text('javascript');
  if (/yaml$/.test(essence)) return text('yaml');
  if (essence === 'application/graphql') return text('graphql');
  if (essence === 'text/markdown') return text('markdown');
  if (essence === 'application/x-www-form-urlencoded') return text('form');
  if (/^audio\//.test(essence)) return other('audio', 'Audio');
  if (/^video\//.test(essence)) return other('video', 'Video');
  if (/^font\/|^application\/(?:x-)?font-/.test(essence)) return other('font', 'Font');
  if (/^image\/|zip|pdf|protobuf|grpc|wasm|msgpack|cbor/.test(essence)) return BINARY;
  return undefined;
}

const ascii = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length));

/** Share of control bytes above which bytes are no text: a type that claims text is given more credit. */
const STRANGE = { claimed: 0.2, guessed: 0.02 };

/** No NUL, and hardly any other control byte, in the beginning: text in some charset. */
export function looksLikeText(bytes: Uint8Array, limit = STRANGE.guessed): boolean {
  const head = bytes.subarray(0, 2048);
  if (ascii(head, 0, 2) === '\xff\xfe' || ascii(head, 0, 2) === '\xfe\xff') return true;
  let strange = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) strange += 1;
  }
  return strange <= head.length * limit;
}

/** Which language a text without a helpful type is in, by how it begins. */
function languageByBeginning(bytes: Uint8Array): BodyClass['language'] {
  const start = ascii(bytes, 0, 512).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (/^(?:\{\s*(?:"|\})|\[\s*(?:["{[\]\d-]|true|false|null)|\)\]\}')/.test(start)) return 'json';
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return 'html';
  if (/^<\?xml\b/i.test(start) || /^<[a-z_][\w:.-]*(?:\s|>|\/>)/i.test(start)) return 'xml';
  return 'plain';
}

/**
 * Classifies a content-decoded body. `start` is its beginning (512 bytes and more are enough), `size` its whole size; `contentType` the
 * header's value. A type that claims an image or text is believed unless the bytes plainly say otherwise.
 */
export function classifyBody(contentType: string | undefined, start: Uint8Array, size: number): BodyClass {
  if (size === 0) return EMPTY;
  const declared = byType(contentType);
  const signature = SIGNATURES.find(([, offset, mark]) => ascii(start, offset, mark.length) === mark);
  if (declared !== undefined && declared.kind !== 'text') return declared;
  if (declared !== undefined) return looksLikeText(start, STRANGE.claimed) ? declared : BINARY;
  if (signature !== undefined && !/^text\//.test(contentType ?? '')) return image(signature[0]);
  const claimed = /^text\//.test(contentType ?? '');
  return looksLikeText(start, claimed ? STRANGE.claimed : STRANGE.guessed)
    ? text(languageByBeginning(start))
    : BINARY;
}
