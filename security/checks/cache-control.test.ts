import { testCheck } from '../testing/test-check.ts';
import { cacheControl } from './cache-control.ts';

testCheck(cacheControl, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: text/html\n\n<p>',
    '200\nContent-Type: application/json\nCache-Control: «private, max-age=60»\n\n{}',
    '200\nContent-Type: application/json\nCache-Control:\n\n{}',
  ],
  passes: [
    '200\nContent-Type: text/html\nCache-Control: no-store\n\n<p>',
    '200\nContent-Type: text/html\nCache-Control: NO-CACHE, must-revalidate\n\n<p>',
    '200\nContent-Type: text/html\nPragma: no-cache\n\n<p>',
    '200\nContent-Type: application/javascript\n\nlet a',
    '404\nContent-Type: text/html\n\n<p>',
    'POST /x\n---\n200\nContent-Type: application/json\n\n{}',
    '200\nContent-Type: application/json\nCache-Control: public, max-age=3600\n\n{}',
    'GET http://a.test/\n---\n200\nContent-Type: text/html\n\n<p>',
  ],
  lowOnly: ['200\nContent-Type: application/json\nCache-Control: public, max-age=3600\n\n{}'],
});
