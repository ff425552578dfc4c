/** GraphQL servers that tell their schema: by introspection, or by suggesting names that were nearly right. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { graphqlOf } from '../reading/graphql.ts';
import { inBody } from '../reading/html-tags.ts';
import { messageEvidence } from '../reading/messages.ts';
import { API, cheatSheet, TOP } from '../taxonomy.ts';

const ASKED = /\b__schema\b|\b__type\s{0,3}\(/;
const SUGGESTION =
  /Did you mean (?:(?:to use an inline fragment on )?\\?["'`][\w]{1,80}|the (?:field|type|argument))/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const graphql = graphqlOf(input);
  if (text !== undefined && text !== '') {
    const asked = graphql?.operations.some(({ query }) => ASKED.test(query)) ?? false;
    const schema = /"__schema"\s{0,3}:\s{0,3}\{|"__type"\s{0,3}:\s{0,3}\{/.exec(text);
    if (schema !== null && (asked || /^\s{0,10}\{\s{0,10}"data"/.test(text))) {
      yield {
        parameter: 'introspection',
        detail: 'The server answered a question about its schema.',
        evidence: [inBody({ start: schema.index, end: schema.index + schema[0].length })],
      };
    }
    const suggestion = graphql !== undefined || /"errors"/.test(text) ? SUGGESTION.exec(text) : null;
    if (suggestion !== null && (graphql !== undefined || /graphql/i.test(input.session.row.path))) {
      yield {
        parameter: 'suggestions',
        detail: 'The server suggests names of its schema where one was nearly right.',
        evidence: [inBody({ start: suggestion.index, end: suggestion.index + suggestion[0].length })],
        severity: 'low',
      };
    }
  }
  for (const message of input.messages) {
    const found = message.side === 'response' ? /"__schema"\s{0,3}:\s{0,3}\{/.exec(message.text) : null;
    if (found === null) continue;
    yield {
      parameter: 'introspection',
      detail: 'The server answered a question about its schema.',
      evidence: [messageEvidence(message, found.index, found.index + found[0].length)],
    };
  }
}

export const graphqlIntrospection: Check = {
  info: {
    id: 'graphql-introspection',
    title: 'GraphQL tells its schema',
    severity: 'medium',
    cwe: [200],
    owasp: [API[8], TOP[5]],
    what: 'A GraphQL server answers introspection, or suggests names of its schema in errors.',
    why: 'The whole interface can be read, with what no client uses: types, arguments, mutations for administrators.',
    fix: 'Switch introspection and suggestions off in production, or allow them to those who develop clients.',
    references: [cheatSheet('GraphQL'), 'https://graphql.org/learn/introspection/'],
  },
  confidence: 'high',
  run,
};
