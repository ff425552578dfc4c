/**
 * What a script's hook has decided, read from what its sandbox says. Nothing of that is believed: what could not go on the wire, or would break its framing,
 * is the script's fault and is said so. Pure.
 */
import * as z from 'zod';
import { isConnectionField } from '#model/rules/parts.ts';
import { PausedResolution } from '#model/rules/paused.ts';
import { bytesOfText, textOf } from '#proxy-core/intercept/body-text.ts';
import type { Note } from '#proxy-core/intercept/step.ts';

const Pairs = z.array(z.tuple([z.string(), z.string()]));

const Outcome = z.object({
  method: z.string().optional(),
  url: z.string().optional(),
  status: z.number().optional(),
  reason: z.string().optional(),
  headers: Pairs.optional(),
  text: z.string().optional(),
  answer: z.object({ status: z.number(), headers: Pairs, text: z.string() }).optional(),
  drop: z.literal(true).optional(),
  mark: z.int().min(0).max(5).optional(),
  comment: z.string().optional(),
  value: z.string().optional(),
});
type Outcome = z.infer<typeof Outcome>;

/** In words for whoever wrote the script. */
export class BadOutcome extends Error {}

function read(json: string): Outcome {
  const result = Outcome.safeParse(JSON.parse(json));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BadOutcome(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be used'}`);
}

const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

function checked(resolution: unknown): PausedResolution {
  const result = PausedResolution.safeParse(resolution);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BadOutcome(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be used'}`);
}

export interface Came {
  /** Fields of the message as it came. */
  readonly headers: readonly (readonly [string, string])[];
  /** Its body, where somebody has looked. */
  readonly content: Uint8Array | undefined;
}

/** Fields that Sluice keeps right stay as they came, whatever a script does with them. */
function ownFields(given: [string, string][] | undefined, came: Came): [string, string][] | undefined {
  if (given === undefined) return undefined;
  const kept = came.headers.filter(([name]) => isConnectionField(name));
  return [
    ...given.filter(([name]) => !isConnectionField(name)),
    ...kept.map(([a, b]): [string, string] => [a, b]),
  ];
}

/** Text in the encoding of what it takes the place of. */
const encoded = (text: string, came: Uint8Array | undefined): Uint8Array =>
  new Uint8Array(bytesOfText(text, (came && textOf(Buffer.from(came))) ?? { encoding: 'utf8' }));

const withoutUndefined = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

/** Of a request or a response. @throws BadOutcome */
export function headOutcome(
  json: string,
  bytes: Uint8Array | undefined,
  came: Came,
): { resolution: PausedResolution; note: Note } {
  const { method, url, status, reason, headers, text, answer, drop, mark, comment } = read(json);
  const note: Note = withoutUndefined({ mark, comment });
  if (drop) return { resolution: { kind: 'drop' }, note };
  if (answer !== undefined) {
    const fields = answer.headers.filter(([name]) => !isConnectionField(name));
    const resolution = { kind: 'answer', status: answer.status, headers: fields, content: utf8(answer.text) };
    return { resolution: checked(resolution), note };
  }
  const content = bytes === undefined ? text && encoded(text, came.content) : new Uint8Array(bytes);
  const parts = { method, url, status, reason, headers: ownFields(headers, came) };
  const body = text === '' ? new Uint8Array() : content;
  const go = { kind: 'go', ...withoutUndefined({ ...parts, content: body }) };
  return { resolution: checked(go), note };
}

/** Of a message. @throws BadOutcome */
export function messageOutcome(json: string, bytes: Uint8Array | undefined): PausedResolution {
  const { text, drop } = read(json);
  if (drop) return { kind: 'drop' };
  const content = text === undefined ? bytes && new Uint8Array(bytes) : utf8(text);
  return { kind: 'go', ...(content && { content }) };
}

/** What is noted of a session that has ended. @throws BadOutcome */
export function noteOutcome(json: string): Note {
  const { mark, comment } = read(json);
  return withoutUndefined({ mark, comment });
}

/** What a column or a view shows; undefined for nothing. @throws BadOutcome */
export const valueOutcome = (json: string): string | undefined => read(json).value;
