/** Definitions of the actions that change a part of a message. `in` says which message, the request when it is absent. */
import * as z from 'zod';
import { FieldValue, isToken, RemovableName, replacing, Side, WritableName } from './parts.ts';

const named = { name: z.string().min(1) };
const inSide = { in: Side.optional() };
const withReplacing = <S extends z.core.$ZodShape>(shape: S) => z.strictObject({ ...shape, ...replacing });

export const SetHeader = z.strictObject({
  action: z.literal('set-header'),
  ...inSide,
  name: WritableName,
  value: FieldValue,
});
export const AddHeader = z.strictObject({
  action: z.literal('add-header'),
  ...inSide,
  name: WritableName,
  value: FieldValue,
});
export const RemoveHeader = z.strictObject({
  action: z.literal('remove-header'),
  ...inSide,
  name: RemovableName,
});
export const ReplaceHeader = withReplacing({
  action: z.literal('replace-header'),
  ...inSide,
  name: WritableName,
});

export const SetQuery = z.strictObject({ action: z.literal('set-query'), ...named, value: z.string() });
export const AddQuery = z.strictObject({ action: z.literal('add-query'), ...named, value: z.string() });
export const RemoveQuery = z.strictObject({ action: z.literal('remove-query'), ...named });
export const ReplaceQuery = withReplacing({ action: z.literal('replace-query'), ...named });

/** RFC 6265 §4.1.1; attributes of a response's cookie may follow its value. */
const cookieValue = FieldValue.refine((text) => !/[\r\n]/.test(text));
const cookieName = z.string().refine(isToken, 'This is not the name of a cookie.');
export const SetCookie = z.strictObject({
  action: z.literal('set-cookie'),
  ...inSide,
  name: cookieName,
  value: cookieValue,
});
export const RemoveCookie = z.strictObject({
  action: z.literal('remove-cookie'),
  ...inSide,
  name: cookieName,
});
export const ReplaceCookie = withReplacing({
  action: z.literal('replace-cookie'),
  ...inSide,
  name: cookieName,
});

/** A request line ends at a blank. */
const PATH = /^\/[^\0-\x20\x7f#]*$/;
export const SetPath = z.strictObject({
  action: z.literal('set-path'),
  path: z.string().regex(PATH, 'A path begins with / and has no blanks.'),
});
export const ReplacePath = withReplacing({ action: z.literal('replace-path') });
export const SetMethod = z.strictObject({
  action: z.literal('set-method'),
  method: z
    .string()
    .refine(isToken, 'This is not a method.')
    .refine((method) => method !== 'CONNECT', 'CONNECT opens tunnels; no request can become one.'),
});
export const SetStatus = z.strictObject({
  action: z.literal('set-status'),
  status: z.int().min(200).max(599),
  reason: FieldValue.optional(),
});

export const SetBody = z
  .strictObject({
    action: z.literal('set-body'),
    ...inSide,
    body: z.string().optional(),
    file: z.string().min(1).optional(),
    type: FieldValue.optional(),
  })
  .refine((set) => (set.body === undefined) !== (set.file === undefined), 'Give a body or a file.');
export const ReplaceBody = withReplacing({ action: z.literal('replace-body'), ...inSide });

/** RFC 9535; checked where it is compiled. */
const path = z.string().startsWith('$', 'A JSON path begins with $.');
export const JsonSet = z.strictObject({ action: z.literal('json-set'), ...inSide, path, value: z.json() });
export const JsonRemove = z.strictObject({ action: z.literal('json-remove'), ...inSide, path });

/** RFC 6902 §4. */
const pointer = z.string().regex(/^(\/([^~]|~[01])*)?$/, 'A JSON pointer is empty or begins with /.');
const PatchOperation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path: pointer, value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.literal('replace'), path: pointer, value: z.json() }),
  z.strictObject({ op: z.literal('move'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('copy'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('test'), path: pointer, value: z.json() }),
]);
export const JsonPatch = z.strictObject({
  action: z.literal('json-patch'),
  ...inSide,
  patch: z.array(PatchOperation).min(1),
});

/** Of an application/x-www-form-urlencoded body. */
export const SetForm = z.strictObject({
  action: z.literal('set-form'),
  ...inSide,
  ...named,
  value: z.string(),
});
export const RemoveForm = z.strictObject({ action: z.literal('remove-form'), ...inSide, ...named });

/** Of text messages of a WebSocket and of events of an event stream; `direction` absent: both ways. */
export const ReplaceMessage = withReplacing({
  action: z.literal('replace-message'),
  direction: z.enum(['sent', 'received']).optional(),
});
