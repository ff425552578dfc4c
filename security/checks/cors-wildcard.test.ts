import { testCheck } from '../testing/test-check.ts';
import { corsWildcard } from './cors-wildcard.ts';

testCheck(corsWildcard, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: application/json\nAccess-Control-Allow-Origin: «*»\n\n{}',
    'OPTIONS /x\nOrigin: https://b.test\n---\n204\naccess-control-allow-origin: «*»',
  ],
  passes: [
    '200\nContent-Type: application/json\nAccess-Control-Allow-Origin: https://app.acme.test\n\n{}',
    '200\nContent-Type: application/json\n\n{}',
    '200\nContent-Type: font/woff2\nAccess-Control-Allow-Origin: *\n\nx',
    '200\nAccess-Control-Allow-Methods: *',
  ],
  lowOnly: ['200\nContent-Type: text/css\nAccess-Control-Allow-Origin: *\n\na{}'],
});
