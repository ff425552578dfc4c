import { testCheck } from '../testing/test-check.ts';
import { hashDisclosure } from './hash-disclosure.ts';

const json = (body: object) => `200\nContent-Type: application/json\n\n${JSON.stringify(body)}`;
const BCRYPT = ['$2b$10$', 'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'].join('');
const MD5 = '5d41402abc4b2a76b9719d911017c592';

testCheck(hashDisclosure, {
  finds: [
    json({ user: { name: 'mia', hash: `«${BCRYPT}»` } }),
    json({ password: `«${MD5}»` }),
    json([{ passwordHash: `«${MD5}${MD5}»` }]),
    `200\nContent-Type: text/plain\n\nroot:«$6$saltsalt$${'a1B.'.repeat(21)}xy»:19000:0`,
    json({ p: '«$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b1dWRWJTmaaJObG»' }),
  ],
  passes: [
    json({ sha: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12', etag: MD5 }),
    json({ gravatar: `https://a.test/avatar/${MD5}` }),
    json({ id: '123e4567-e89b-12d3-a456-426614174000' }),
    json({ price: '$2.10', password: 'changed' }),
    '200\nContent-Type: text/html\n\n<script nonce="5d41402abc4b2a76b9719d911017c592"></script>',
    json({ passwordChangedAt: '2025', csrf: MD5 }),
  ],
  lowOnly: [json({ etag: MD5 })],
});
