import { testCheck } from '../testing/test-check.ts';
import { graphqlNoLimit } from './graphql-no-limit.ts';

const ask = (body: object, answer: string, status = 200) =>
  `POST /graphql\nContent-Type: application/json\n\n${JSON.stringify(body)}\n---\n${status}\nContent-Type: application/json\n\n${answer}`;
const deep = (levels: number) => `${'{ friend '.repeat(levels)}{ id }${' }'.repeat(levels)}`;
const DATA = '{"data":{"friend":{"id":1}}}';

testCheck(graphqlNoLimit, {
  tellsValue: true,
  finds: [
    ask({ query: deep(12) }, DATA),
    ask(
      { query: `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: me { id }`).join(' ')} }` },
      '{"data":{"a0":{"id":1}}}',
    ),
    ask([{ query: '{ a }' }, { query: '{ b }' }], '[{"data":{"a":1}},{"data":{"b":1}}]'),
  ],
  passes: [
    ask({ query: '{ me { id friends { id } } }' }, DATA),
    ask({ query: deep(12) }, '{"errors":[{"message":"too deep"}]}', 400),
    ask([{ query: '{ a }' }], '[{"data":{"a":1}}]'),
    ask({ query: `{ me { id } } # ${'{'.repeat(30)}` }, DATA),
    '200\nContent-Type: application/json\n\n{"data":{"a":1}}',
  ],
});
