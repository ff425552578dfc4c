import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { applicationError } from './application-error.ts';

testCheck(applicationError, {
  tellsValue: true,
  finds: [
    '500 Internal Server Error\nContent-Type: application/json\n\n{"error":"internal"}',
    '200\nContent-Type: text/html\n\n<p>«You have an error in your SQL syntax»; check',
    '500\nContent-Type: text/html\n\n<h1>«Whitelabel Error Page»</h1>',
  ],
  passes: [
    'GET /docs/x\n---\n200\nContent-Type: text/html\n\n<pre>You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version</pre>',
    '404\nContent-Type: application/json\n\n{"error":"not found"}',
    '503\nContent-Type: text/plain\n\nback soon',
    '200\nContent-Type: application/json\n\n{"errors":[]}',
    '200\nContent-Type: application/javascript\n\n"You have an error in your SQL syntax"',
    '400\nContent-Type: application/json\n\n{"message":"syntax of the query is wrong"}',
  ],
});

it('weighs a bare 500 as low, and passes over it at the high threshold', () => {
  const bare = '500\nContent-Type: text/plain\n\noops';
  expect(told(applicationError, bare).findings).toMatchObject([{ severity: 'low' }]);
  expect(told(applicationError, bare, 'high').findings).toEqual([]);
});
