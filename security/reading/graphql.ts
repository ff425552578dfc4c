/** What a session says as GraphQL over HTTP or WebSocket: its operations and whether they were answered. Reads queries as text, parses nothing. */
import type { Evidence } from '#model/finding.ts';
import type { CheckInput } from '../check.ts';
import { parameters } from './parameters.ts';

export interface GraphqlOperation {
  readonly query: string;
  readonly evidence: Evidence;
}

export interface Graphql {
  readonly operations: readonly GraphqlOperation[];
  /** The request is an array of operations. */
  readonly batch: boolean;
}

const QUERY =
  /^[\s\ufeff]{0,50}(?:#[^\n]{0,500}\n\s{0,50}){0,20}(?:query|mutation|subscription|fragment)\b|^\s{0,50}\{/;

/** Undefined for other sessions. */
export function graphqlOf(input: CheckInput): Graphql | undefined {
  const operations: GraphqlOperation[] = [];
  const { text, mime } = input.request;
  if (mime === 'application/graphql' && text !== undefined && QUERY.test(text)) {
    operations.push({ query: text, evidence: { part: 'request-body', start: 0, end: text.length } });
  }
  let batch = false;
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (
      side !== 'request' ||
      name !== 'query' ||
      !['json', 'query', 'form'].includes(place) ||
      !QUERY.test(value)
    )
      continue;
    if (!/[{}]/.test(value)) continue;
    if (/^\[[1-9]/.test(path)) batch = true;
    operations.push({ query: value, evidence });
    if (operations.length >= 200) break;
  }
  return operations.length > 0 ? { operations, batch } : undefined;
}

/** How deep the braces of a query go, and how many fields are renamed; strings and comments left out. */
export function shapeOf(query: string): { readonly depth: number; readonly aliases: number } {
  const plain = query
    .slice(0, 200_000)
    .replace(/"""[\s\S]{0,20000}?"""|"(?:[^"\\\n]|\\.){0,2000}"|#[^\n]{0,1000}/g, ' ')
    .replace(/\([^()]{0,2000}\)/g, ' ');
  let depth = 0;
  let deepest = 0;
  for (const char of plain) {
    if (char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === '}') depth -= 1;
  }
  return {
    depth: deepest,
    aliases: plain.match(/[A-Za-z_]\w{0,80}\s{0,3}:\s{0,3}[A-Za-z_]\w{0,80}/g)?.length ?? 0,
  };
}

/** Whether the answer has data. */
export const answersData = (input: CheckInput): boolean =>
  parameters(input).some(
    ({ side, place, path }) => side === 'response' && place === 'json' && /^(?:\[\d+\]\.)?data\./.test(path),
  ) || /"data"\s{0,3}:\s{0,3}\{\s{0,3}"/.test(input.response.text?.slice(0, 2000) ?? '');
