/** GraphQL servers that take whatever is asked: deep queries, many aliases, many operations in one request. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { answersData, graphqlOf, shapeOf } from '../reading/graphql.ts';
import { factsOf } from '../reading/head-fields.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const DEPTH = 10;
const ALIASES = 20;
const BATCH = 5;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const graphql = graphqlOf(input);
  if (graphql === undefined || !factsOf(input).success || !answersData(input)) return;
  const [first] = graphql.operations;
  if (first === undefined) return;
  const length = Math.min(first.evidence.end - first.evidence.start, 300);
  const evidence = [{ ...first.evidence, end: first.evidence.start + length }];
  if (graphql.batch && /^\s{0,10}\[/.test(input.response.text ?? '')) {
    const many = graphql.operations.length >= BATCH;
    const detail = `The server answered ${graphql.operations.length} operations in one request.`;
    yield { parameter: 'batching', detail, evidence, threshold: many ? 'high' : 'medium' };
  }
  for (const { query } of graphql.operations) {
    // Introspection is deep by nature and has its own check.
    if (/__schema/.test(query)) continue;
    const { depth, aliases } = shapeOf(query);
    if (depth >= DEPTH)
      yield { parameter: 'depth', detail: `The server answered a query of ${depth} levels.`, evidence };
    if (aliases >= ALIASES)
      yield {
        parameter: 'aliases',
        detail: `The server answered a query with ${aliases} aliases.`,
        evidence,
      };
  }
}

export const graphqlNoLimit: Check = {
  info: {
    id: 'graphql-no-limit',
    title: 'GraphQL without a limit of depth or cost',
    severity: 'medium',
    cwe: [770],
    owasp: [API[4], TOP[4]],
    what: 'A GraphQL server answered a very deep query, one with very many aliases, or several operations in one request.',
    why: 'One request makes the server do the work of thousands, and limits that count requests see one: passwords and codes are tried by the hundred.',
    fix: 'Limit depth, aliases and cost of queries, switch batching off or count each operation, and allow known queries only where that can be.',
    references: [cheatSheet('GraphQL'), cweUrl(770)],
  },
  confidence: 'medium',
  run,
};
