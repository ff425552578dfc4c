import { websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { graphqlIntrospection } from './graphql-introspection.ts';

const ask = (query: string, answer: string, status = 200) =>
  `POST /graphql\nContent-Type: application/json\n\n${JSON.stringify({ query })}\n---\n${status}\nContent-Type: application/json\n\n${answer}`;

testCheck(graphqlIntrospection, {
  tellsValue: true,
  finds: [
    ask('{ __schema { types { name } } }', '{"data":{«"__schema":{»"types":[]}}}'),
    ask('{ __type(name: "User") { name } }', '{"data":{«"__type":{»"name":"User"}}}'),
    ask(
      '{ usr }',
      '{"errors":[{"message":"Cannot query field \\"usr\\" on type \\"Query\\". «Did you mean \\"user»\\"?"}]}',
      400,
    ),
    websocket([['received', '{"type":"next","payload":{"data":{"__schema":{"types":[]}}}}']]),
  ],
  passes: [
    ask(
      '{ __schema { types { name } } }',
      '{"errors":[{"message":"GraphQL introspection is not allowed"}]}',
      400,
    ),
    ask('{ me { __typename id } }', '{"data":{"me":{"__typename":"User","id":1}}}'),
    ask('{ usr }', '{"errors":[{"message":"Cannot query field \\"usr\\""}]}', 400),
    '200\nContent-Type: text/html\n\n<p>Did you mean "shoes"?</p>',
    websocket([['sent', '{"query":"{ __schema { types { name } } }"}']]),
  ],
});
