import { testCheck } from '../testing/test-check.ts';
import { sensitiveDataInReferer } from './sensitive-data-in-referer.ts';

testCheck(sensitiveDataInReferer, {
  finds: [
    'GET /t.gif\nReferer: https://shop.test/me?email=«mia%40shop.test»\n---\n200',
    'GET /t.gif\nReferer: https://shop.test/reset?token=«q8ZrT2mVbX5nK7wLp3Hd»\n---\n200',
    'GET /t.gif\nreferer: https://shop.test/?a=1&ssn=«536-90-4399»#x\n---\n200',
  ],
  passes: [
    'GET /t.gif\nReferer: https://www.acme.test/me?email=mia%40acme.test\n---\n200',
    'GET /t.gif\nReferer: https://shop.test/me?q=mia\n---\n200',
    'GET /t.gif\nReferer: https://shop.test/mia\n---\n200',
    'GET /t.gif?email=mia@acme.test\n---\n200',
  ],
});
