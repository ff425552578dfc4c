/**
 * Searching a capture: what to look for and where, and what is found, as the workbench, the command line and the store's worker say it to
 * each other.
 */
import * as z from 'zod';
import { SessionRow } from './session.ts';

/** Where to look. `head`: start lines, header fields and trailers, as received and as sent on. */
export const SEARCH_PLACES = ['url', 'head', 'request-body', 'response-body', 'message'] as const;
export const SearchPlace = z.enum(SEARCH_PLACES);
export type SearchPlace = z.infer<typeof SearchPlace>;

/** Parts of a session that are searched one by one: no hit reaches from one into another. */
export const SEARCH_PARTS = [
  'url',
  'request-head',
  'request-sent',
  'request-trailers',
  'informational',
  'response-head',
  'response-sent',
  'response-trailers',
  'request-body',
  'response-body',
  'message',
] as const;
export const SearchPart = z.enum(SEARCH_PARTS);
export type SearchPart = z.infer<typeof SearchPart>;

export const MAX_SEARCH_TEXT = 2000;

export const SearchQuery = z.object({
  /** Text, or a pattern of RE2; or `hex:` and octets, which are looked for in bodies of any type. */
  text: z.string().min(1).max(MAX_SEARCH_TEXT),
  regex: z.boolean(),
  caseSensitive: z.boolean(),
  /** The hit begins and ends where a word does. */
  wholeWord: z.boolean(),
  places: z.array(SearchPlace).min(1),
  /** Filter-language text; "" is every session. */
  filter: z.string(),
  newestFirst: z.boolean(),
  /** The search ends with so many hits. */
  limit: z.int().min(1).max(100_000),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** `text` is what stands around the hit, which is [start, end) of it in UTF-16 units. */
export const SearchSnippet = z.object({ text: z.string(), start: z.int(), end: z.int() });
export type SearchSnippet = z.infer<typeof SearchSnippet>;

/** Bytes [start, end) of the part: heads as HTTP/1.1 text (head-text.ts), bodies after content decoding. */
export const SearchHit = z.object({
  part: SearchPart,
  /** The number of the message or of the informational response. */
  index: z.int().optional(),
  start: z.int(),
  end: z.int(),
  snippet: SearchSnippet,
});
export type SearchHit = z.infer<typeof SearchHit>;

/** A session in which something was found. `more`: a part of it holds more hits than are told. */
export const SearchFound = z.object({ row: SessionRow, hits: z.array(SearchHit), more: z.boolean() });
export type SearchFound = z.infer<typeof SearchFound>;

export const SearchProgress = z.object({
  /** `limit`: it ended with as many hits as were asked for. */
  state: z.enum(['running', 'done', 'limit']),
  /** Sessions looked at so far, of all in the capture: those that index or filter rule out count as looked at. */
  looked: z.int(),
  total: z.int(),
  /** Sessions that were read, because the index could not rule them out or does not know them. */
  read: z.int(),
  /** Sessions of which only the beginning of a body was searched. */
  cut: z.int(),
  /** Sessions that could not be read. */
  unreadable: z.int(),
});
export type SearchProgress = z.infer<typeof SearchProgress>;

export const SearchItem = z.object({ found: z.array(SearchFound), progress: SearchProgress });
export type SearchItem = z.infer<typeof SearchItem>;

/** How far the index is: sessions that it knows, of those in the capture. */
export const SearchIndexStatus = z.object({ indexed: z.int(), sessions: z.int(), working: z.boolean() });
export type SearchIndexStatus = z.infer<typeof SearchIndexStatus>;
