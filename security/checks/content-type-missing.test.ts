import { testCheck } from '../testing/test-check.ts';
import { contentTypeMissing } from './content-type-missing.ts';

testCheck(contentTypeMissing, {
  tellsValue: true,
  finds: ['200\nX-A: b\n\nhello', '404\nContent-Type:\n\n<p>gone'],
  passes: [
    '200\nContent-Type: text/plain\n\nhello',
    '204',
    '304\nETag: "1"',
    '200\ncontent-type: x\n\nhello',
    '302\nLocation: /',
  ],
});
