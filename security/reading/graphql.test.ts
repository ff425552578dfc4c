import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf } from '../testing/run-check.ts';
import { answersData, graphqlOf, shapeOf } from './graphql.ts';

const read = (body: string, type = 'application/json') =>
  inputOf(makeSession(sessionText(`POST /graphql\nContent-Type: ${type}\n\n${body}\n---\n200`).session));

it('reads operations however they are sent', () => {
  expect(graphqlOf(read('{"query":"query A { me { id } }"}'))).toMatchObject({
    batch: false,
    operations: [{ query: 'query A { me { id } }' }],
  });
  expect(graphqlOf(read('[{"query":"{ a }"},{"query":"{ b }"}]'))).toMatchObject({
    batch: true,
    operations: [{}, {}],
  });
  expect(graphqlOf(read('{ me { id } }', 'application/graphql'))?.operations).toHaveLength(1);
  expect(
    graphqlOf(inputOf(makeSession({ url: 'https://a.test/graphql?query=%7Bme%7Bid%7D%7D' })))?.operations,
  ).toHaveLength(1);
});

it('takes no other query for one', () => {
  expect(graphqlOf(read('{"query":"shoes"}'))).toBeUndefined();
  expect(graphqlOf(read('{"query":"query shoes"}'))).toBeUndefined();
});

it('measures queries', () => {
  expect(shapeOf('{ a { b { c } } }')).toEqual({ depth: 3, aliases: 0 });
  expect(shapeOf('query A($x: Int) { x: a(b: "{{{") { id } y: a { id } }').depth).toBe(2);
  expect(shapeOf('{ x: a y: a z: a }').aliases).toBe(3);
});

it('knows an answer', () => {
  const answer = (body: string) => answersData(inputOf(makeSession({ responseBody: body })));
  expect(answer('{"data":{"me":{"id":1}}}')).toBe(true);
  expect(answer('{"data":null,"errors":[]}')).toBe(false);
  expect(answer('{"errors":[{"message":"no"}]}')).toBe(false);
});
