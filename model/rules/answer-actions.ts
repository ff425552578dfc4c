/** Definitions of the actions that decide where a request goes, or answer it without asking anybody. */
import * as z from 'zod';
import { FilterText } from './matcher.ts';
import { Fields, HttpUrl, Template } from './parts.ts';

const status = z.int().min(200).max(599);
const file = z.string().min(1);

/** Exactly one source of the body, or none for an empty one. */
const Source = {
  body: z.string().optional(),
  file: file.optional(),
  folder: file.optional(),
  /** A session of the capture that is being recorded, by its number. */
  session: z.int().positive().optional(),
};

export const Answer = z
  .strictObject({
    action: z.literal('answer'),
    status: status.optional(),
    headers: Fields.optional(),
    ...Source,
    /** `body` has places to fill in, see template.ts. */
    template: z.boolean().optional(),
  })
  .superRefine((answer, context) => {
    const given = (['body', 'file', 'folder', 'session'] as const).filter((key) => answer[key] !== undefined);
    if (given.length > 1) {
      const message = `${given.join(' and ')} exclude each other: an answer has one body.`;
      context.addIssue({ code: 'custom', message, path: [given[1] ?? ''] });
    }
    if (!answer.template) return;
    const parsed = Template.safeParse(answer.body ?? '');
    const problem =
      answer.body === undefined ? 'A template stands in "body".' : parsed.error?.issues[0]?.message;
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, path: ['body'] });
  });

/** `to` without a path keeps the request's; with one it takes its place, and a `*` at its end stands for what is behind the rule's prefix. */
export const MapRemote = z.strictObject({
  action: z.literal('map-remote'),
  to: HttpUrl,
  /** The origin is told the name that was asked for. */
  keepHost: z.boolean().optional(),
});

/** A file, or a folder in which the path is looked up; what is not there goes on to the origin. */
export const MapLocal = z
  .strictObject({
    action: z.literal('map-local'),
    file: file.optional(),
    folder: file.optional(),
    /** Taken off the front of the path before it is looked up. */
    strip: z.string().startsWith('/').optional(),
  })
  .refine((map) => (map.file === undefined) !== (map.folder === undefined), 'Give a file or a folder.');

/** What a capture on disk holds for the request, in the order it was recorded. Without one: 404 that says so, or, with `pass`, the origin. */
export const Mock = z.strictObject({
  action: z.literal('mock'),
  capture: file,
  filter: FilterText.optional(),
  pass: z.boolean().optional(),
});

export const Redirect = z.strictObject({
  action: z.literal('redirect'),
  to: Template.min(1),
  status: z
    .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
    .optional(),
});

export const Block = z.strictObject({ action: z.literal('block'), status: status.optional() });
export const Close = z.strictObject({ action: z.literal('close') });
export const Reset = z.strictObject({ action: z.literal('reset') });
export const Hang = z.strictObject({ action: z.literal('hang') });
