/** The small pieces that rule definitions are made of, each refusing what could not go on the wire. Pure. */
import * as z from 'zod';
import { parseTemplate } from './template.ts';

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What would end a field line, or lie about it (RFC 9110 §5.5). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const UNSAFE_VALUE = /[\0-\x08\x0a-\x1f\x7f]|[^\0-\xff]/;

/** Fields that say how a message is delimited or what its connection is: Sluice writes them as the message needs. */
const CONNECTION_FIELDS = new Set([
  'connection',
  'content-length',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const isConnectionField = (name: string): boolean => CONNECTION_FIELDS.has(name.toLowerCase());
export const isToken = (text: string): boolean => TOKEN.test(text);
/** Whether `text` can stand as a field's value: a byte string without control characters. */
export const isFieldValue = (text: string): boolean => !UNSAFE_VALUE.test(text);

export const FieldName = z.string().regex(TOKEN, 'This is not the name of a header field.');
/** Of fields that a rule may write. */
export const WritableName = FieldName.refine((name) => !isConnectionField(name), {
  error: ({ input }) => `${String(input)} is kept right by Sluice; rules cannot write it.`,
});
/** Of fields that a rule may take out: not those without which nobody could tell where the message ends. */
export const RemovableName = FieldName.refine((name) => !/^(content-length|transfer-encoding)$/i.test(name), {
  error: ({ input }) => `${String(input)} is kept right by Sluice; rules cannot take it out.`,
});
export const FieldValue = z
  .string()
  .refine(isFieldValue, 'A header value is one line of characters below 256.');

/** Which message of the exchange. */
export const Side = z.enum(['request', 'response']);
export type Side = z.infer<typeof Side>;

/** A regular expression (RE2). Whether it is one is said by whoever compiles it, so that the workbench does without the compiler. */
export const Pattern = z.string().min(1);

export const Template = z.string().superRefine((text, context) => {
  const parsed = parseTemplate(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.problem });
});

/** Text to look for and what to put in its place; `regex` makes a pattern of it, whose groups are `$1` there. */
export const replacing = {
  find: z.string().min(1),
  with: z.string(),
  regex: z.boolean().optional(),
};

/** Header fields: a map, or a list of pairs where a name comes more than once. */
export const Fields = z.union([
  z.record(WritableName, FieldValue),
  z.array(z.tuple([WritableName, FieldValue])),
]);
export type Fields = z.infer<typeof Fields>;

export const fieldPairs = (fields: Fields | undefined): [string, string][] =>
  fields === undefined ? [] : Array.isArray(fields) ? fields : Object.entries(fields);

/** http or https, absolute. */
export const HttpUrl = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^/?#\s\\]+([/?#][^\s]*)?$/i.test(text),
    'This is not an http or https URL.',
  );
