/** A sequence of sessions whose later requests use what earlier answers gave: the words for that. */
import * as z from 'zod';
import { SessionId } from '../session.ts';

/** Where in an answer a value stands. */
export const ValueSource = z.discriminatedUnion('kind', [
  /** RFC 9535, of one value. */
  z.object({ kind: z.literal('json'), path: z.string() }),
  /** Of an HTML input or button with this name, or of a meta with it. */
  z.object({ kind: z.literal('input'), name: z.string() }),
  z.object({ kind: z.literal('meta'), name: z.string() }),
  z.object({ kind: z.literal('header'), name: z.string() }),
  z.object({ kind: z.literal('cookie'), name: z.string() }),
  /** Of the query of its Location. */
  z.object({ kind: z.literal('location'), name: z.string() }),
]);
export type ValueSource = z.infer<typeof ValueSource>;

export const Variable = z.object({
  /** Unique in its scenario: "csrf", "sid", "sid 2". */
  name: z.string(),
  /** The session in whose answer it stands first. */
  from: SessionId,
  source: ValueSource,
  /** As recorded. */
  value: z.string(),
  /** Parts of later requests that hold it, by the names of replays. */
  uses: z.array(z.object({ id: SessionId, part: z.string() })),
});
export type Variable = z.infer<typeof Variable>;

const WORDS: Readonly<Record<ValueSource['kind'], string>> = {
  json: 'JSON',
  input: 'HTML input',
  meta: 'HTML meta',
  header: 'header',
  cookie: 'cookie',
  location: 'query of Location',
};

/** "cookie sid", for people. */
export const sourceText = (source: ValueSource): string =>
  `${WORDS[source.kind]} ${source.kind === 'json' ? source.path : source.name}`;
