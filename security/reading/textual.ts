/** Which bodies checks read: those of textual types, and those that name no type and look like text. Never judges by names of files. */
import { type Headers, headerValue, parseMediaType } from '#model/headers.ts';

const TEXTUAL =
  /^(?:text\/|application\/(?:.*\+)?(?:json|xml)$|application\/(?:(?:x-)?(?:java|ecma)script|x-www-form-urlencoded|graphql|x-ndjson|yaml|x-yaml|sql|toml)$|multipart\/form-data$)/;
const SNIFFED = 512;

/** Essence of the Content-Type. */
export const mimeOf = (headers: Headers): string | undefined =>
  parseMediaType(headerValue(headers, 'content-type'))?.essence;

/** Whether a body of this type is worth reading at all. */
export const mayBeText = (mime: string | undefined): boolean => mime === undefined || TEXTUAL.test(mime);

/** Whether these bytes are text; without a type, text is what has no NUL at its beginning. */
export const isText = (mime: string | undefined, bytes: Uint8Array): boolean =>
  mayBeText(mime) && (mime !== undefined || !bytes.subarray(0, SNIFFED).includes(0));

/** Media that a check looks into all the same: pictures for their metadata, and what may be a serialised object. */
const LOOKED_INTO = /^(?:image\/jpe?g|application\/(?:octet-stream|x-java-serialized-object))$/;

/** Whether there is a check that reads bodies of this type. */
export const mayBeChecked = (mime: string | undefined): boolean =>
  mayBeText(mime) || LOOKED_INTO.test(mime ?? '');
