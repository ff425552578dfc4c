import { testCheck } from '../testing/test-check.ts';
import { weakAuthentication } from './weak-authentication.ts';

testCheck(weakAuthentication, {
  finds: [
    'GET http://a.test/\nAuthorization: «Basic bWlhOnZLOCNxVHohMm0=»\n---\n200',
    'GET http://a.test/\nAuthorization: «Digest username="mia", response="6629fae49393a05397450978507c4ef1"»\n---\n200',
    'GET http://a.test/\n---\n401\nWWW-Authenticate: «Basic realm="x"»',
  ],
  passes: [
    'GET /\nAuthorization: Basic bWlhOnZLOCNxVHohMm0=\n---\n200',
    'GET /\n---\n401\nWWW-Authenticate: Basic realm="x"',
    'GET http://a.test/\nAuthorization: Bearer abcdefgh\n---\n200',
    'GET http://a.test/\n---\n401\nWWW-Authenticate: Bearer realm="basic"',
  ],
});
