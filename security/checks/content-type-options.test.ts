import { testCheck } from '../testing/test-check.ts';
import { contentTypeOptions } from './content-type-options.ts';

testCheck(contentTypeOptions, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: application/json\n\n{}',
    '200\nContent-Type: text/html\nX-Content-Type-Options: «sniff»\n\n<p>',
    '201\nContent-Type: text/plain\nX-Content-Type-Options:\n\nhi',
  ],
  passes: [
    '200\nX-Content-Type-Options: nosniff\n\n{}',
    '200\nx-content-type-options: NoSniff\n\n{}',
    '200\nX-Content-Type-Options: nosniff, nosniff\n\n{}',
    '204',
    '304\nETag: "1"',
    '500\nContent-Type: text/plain\n\nno',
  ],
  lowOnly: ['404\nContent-Type: text/plain\n\nno'],
});
