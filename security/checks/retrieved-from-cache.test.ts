import { testCheck } from '../testing/test-check.ts';
import { retrievedFromCache } from './retrieved-from-cache.ts';

testCheck(retrievedFromCache, {
  tellsValue: true,
  finds: ['200\nAge: «42»', '200\nX-Cache: «HIT from proxy»', '200\ncf-cache-status: «HIT»'],
  passes: [
    '200\nAge: 0',
    '200\nX-Cache: MISS',
    '200\ncf-cache-status: DYNAMIC',
    '200\nX-Cache: Miss from cloudfront',
    'GET /x\nAge: 42\n---\n200',
  ],
});
