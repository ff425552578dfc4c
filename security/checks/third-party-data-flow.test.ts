import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { thirdPartyDataFlow } from './third-party-data-flow.ts';

const FROM = 'Referer: https://shop.test/\nOrigin: https://shop.test';

testCheck(thirdPartyDataFlow, {
  finds: [
    `GET https://www.google-analytics.com/collect?uid=«mia%40shop.test»\n${FROM}\n---\n200\nContent-Type: image/gif\n\nx`,
    `POST https://api.segment.io/v1/identify\nContent-Type: application/json\n\n{"traits":{"email":"«mia@shop.test»"}}\n---\n200`,
    `POST https://t.other.test/events\nContent-Type: application/json\n${FROM}\n\n{"phone":"«+49 170 1234567»"}\n---\n204`,
    `GET https://px.other.test/pixel.gif?dl=«https%3A%2F%2Fshop.test%2Freset%3Femail%3Dmia%2540shop.test»\n${FROM}\n---\n200\nContent-Type: image/gif\n\nx`,
  ],
  passes: [
    `POST https://api.shop.test/events\nContent-Type: application/json\n${FROM}\n\n{"email":"mia@shop.test"}\n---\n204`,
    `GET https://www.google-analytics.com/collect?cid=1234.5678&dl=https%3A%2F%2Fshop.test%2F\n${FROM}\n---\n204`,
    `POST https://api.partner.test/users\nContent-Type: application/json\n${FROM}\nAuthorization: Bearer abcdefgh\n\n{"email":"mia@shop.test"}\n---\n201\nContent-Type: application/json\n\n{"id":1}`,
    'POST /users\nContent-Type: application/json\n\n{"email":"mia@shop.test"}\n---\n201',
    '200\nContent-Type: application/json\n\n{"email":"mia@shop.test"}',
  ],
});

it('takes everything outside of the list for somebody else, where there is one', () => {
  const text =
    'POST https://mail.other.test/send\nContent-Type: application/json\n\n{"to":"mia@shop.test"}\n---\n200';
  expect(told(thirdPartyDataFlow, text, 'medium', { firstParty: ['shop.test'] }).findings).toHaveLength(1);
  expect(told(thirdPartyDataFlow, text, 'medium', { firstParty: ['other.test'] }).findings).toEqual([]);
});
